import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { imageLock, type LockEntry } from '../../src/images/lock.ts';
import { readDeck } from '../../src/pipeline/read/read-deck.ts';
import { requestedUrl } from '../../src/pipeline/site/picture-url.ts';
import { type Rewritten, rewriteDeck } from '../../src/vendoring/rewrite.ts';
import { temporaryFolder } from '../support/temporary.ts';

const URL_A = 'https://a.example/one.png';
const URL_B = 'https://a.example/two.png?x=1&y=2';
const PATH_A = '../static/img/remote/one-1.png';
const PATH_B = '../static/img/remote/two-2.png';

function entry(address: string, file: string): LockEntry {
  const url = requestedUrl(address);
  const sha256 = 'a'.repeat(64);
  return { url, file, sha256, type: 'image/png', bytes: 1, fetchedAt: '', fetchedFrom: url, decks: [] };
}

/** A deck in `decks/` of a project that has vendored both images, rewritten. */
async function rewrite(text: string): Promise<Rewritten> {
  const root = await temporaryFolder();
  const file = join(root, 'decks/deck.md');
  await mkdir(dirname(file), { recursive: true });
  await writeFile(join(root, 'package.json'), '{}');
  await writeFile(file, text);
  const { value: deck } = await readDeck({ path: 'decks/deck.md', file, outputName: 'deck' }, {});
  return rewriteDeck(text, deck, imageLock(root, [entry(URL_A, 'one-1.png'), entry(URL_B, 'two-2.png')]));
}

describe('a rewritten deck', () => {
  test.each([
    ['in Markdown', `# A\n\n![x](${URL_A} "title")\n`, `# A\n\n![x](${PATH_A} "title")\n`],
    ['in angle brackets', `![x](<${URL_A}>)\n`, `![x](<${PATH_A}>)\n`],
    ['with entities', `<img src="${URL_B.replace('&', '&amp;')}">\n`, `<img src="${PATH_B}">\n`],
    [
      'of a background',
      `<!-- .slide: data-background-image="${URL_A}" -->\n# A\n`,
      `<!-- .slide: data-background-image="${PATH_A}" -->\n# A\n`,
    ],
    [
      'in a definition',
      `![x][pic] ![y][pic]\n\n[pic]: ${URL_A}\n`,
      `![x][pic] ![y][pic]\n\n[pic]: ${PATH_A}\n`,
    ],
    [
      'beside the same address in text and code',
      `See ${URL_A} or \`![](${URL_A})\`: ![${URL_A}](${URL_A})\n`,
      `See ${URL_A} or \`![](${URL_A})\`: ![${URL_A}](${PATH_A})\n`,
    ],
    [
      'with Windows line ends',
      `# A\r\n\r\n![x](${URL_A})\r\n\r\n---\r\n\r\n![y](${URL_B})\r\n`,
      `# A\r\n\r\n![x](${PATH_A})\r\n\r\n---\r\n\r\n![y](${PATH_B})\r\n`,
    ],
    ['behind a byte order mark', `\uFEFF![x](${URL_A})\n`, `\uFEFF![x](${PATH_A})\n`],
    ['behind front matter', `---\ntitle: T\n---\n![x](${URL_A})\n`, `---\ntitle: T\n---\n![x](${PATH_A})\n`],
    ['behind emoji', `# 🐳🐳\n\n🐳 ![x](${URL_A}) 🐳\n`, `# 🐳🐳\n\n🐳 ![x](${PATH_A}) 🐳\n`],
    [
      'in a style block',
      `# A\n\n<style>p { background: url(${URL_A}) }</style>\n`,
      `# A\n\n<style>p { background: url(${PATH_A}) }</style>\n`,
    ],
  ])('has the path of an image %s, and every other byte as it was', async (_where, before, after) => {
    expect((await rewrite(before)).text).toBe(after);
  });

  test('is left alone where nothing is vendored', async () => {
    const text = '![x](https://elsewhere.example/one.png)\n';
    expect(await rewrite(text)).toEqual({ text, places: 0, left: [] });
  });

  test('is left alone a second time', async () => {
    const { text } = await rewrite(`![x](${URL_A})\n\n<img src='${URL_A}'>\n`);
    expect((await rewrite(text)).text).toBe(text);
  });
});
