import { writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { afterAll, describe, expect, test } from 'vitest';
import { DeckError } from '../../../src/model/diagnostics.ts';
import { parseDeck } from '../../../src/pipeline/inputs/reveal-md/read.ts';
import { createParserPool, type ParserPool, parseApart } from '../../../src/pipeline/read/deck-parser.ts';
import { sharedParsers } from '../../support/shared-browser.ts';
import { temporaryFolder } from '../../support/temporary.ts';

const small = createParserPool({ processes: 1, memoryBytes: 256 * 2 ** 20 });
afterAll(() => small.close());

async function deckFile(text: string) {
  const root = await temporaryFolder();
  const file = join(root, 'deck.md');
  await writeFile(join(root, 'package.json'), '{}');
  await writeFile(file, text);
  return { path: 'deck.md', file, outputName: 'deck' };
}

async function parse(text: string, timeoutMs = 60_000, pool: ParserPool = sharedParsers()) {
  return parseApart(pool, timeoutMs)(await deckFile(text), {});
}

const told = (parsing: Promise<unknown>) =>
  parsing.then(
    () => [],
    (error: unknown) => {
      if (error instanceof DeckError) return error.diagnostics;
      throw error;
    },
  );

const SLIDE = '# One\n\n---\n\n![a](a.png)\n\n';

describe('a deck that is parsed in another process', () => {
  test('is what it is in this one', async () => {
    const source = await deckFile('---\ntitle: A\ndate: 2026-01-02\n---\n# One\n\n![](a.png)\n\n---\n\nb');
    const apart = await parseApart(sharedParsers(), 60_000)(source, {});
    expect(apart).toEqual(await parseDeck(source, {}));
  });

  test('fails in the same way', async () => {
    expect(await told(parse('---\nseparator: "("\n---\n# A'))).toMatchObject([{ code: 'SEPARATOR_INVALID' }]);
  });

  test.each([
    ['unfinished emphasis', '*a **a '.repeat(30_000)],
    ['lists in lists', Array.from({ length: 1_000 }, (_, i) => `${'  '.repeat(i)}- a`).join('\n')],
  ])('costs nothing but itself where it takes too long: %s', async (_, text) => {
    expect(await told(parse(`${SLIDE}${text}`, 1000))).toMatchObject([
      { code: 'DECK_TOO_COMPLEX', line: 5, message: expect.stringMatching(/takes longer than 1 s/) },
    ]);
    expect((await parse('# Another')).value.metadata.title).toBe('Another');
  });

  test('costs nothing but itself where it takes too much memory', async () => {
    const text = `${SLIDE}${'- a `b` *c* [d](e)\n'.repeat(200_000)}`;
    expect(await told(parse(text, 60_000, small))).toMatchObject([
      { code: 'DECK_TOO_COMPLEX', message: expect.stringMatching(/more than 256 MiB of memory/) },
    ]);
    expect((await parse('# Another', 60_000, small)).value.metadata.title).toBe('Another');
  });

  test('is given up when the run ends', async () => {
    const reason = new Error('stop');
    const controller = new AbortController();
    const source = await deckFile('*a **a '.repeat(30_000));
    const pool = createParserPool({ processes: 1 });
    const parsing = parseApart(pool, 60_000, controller.signal)(source, {});
    controller.abort(reason);
    await expect(parsing).rejects.toBe(reason);
    await pool.close();
  });
});

describe('what was quadratic is read at once', () => {
  test.each([
    ['spaces in the address of a picture', `![](<http://x/${' '.repeat(300_000)}a>)`],
    ['brackets in the address of a picture', `![](<http://x/${'|'.repeat(300_000)}>)`],
    ['fragments in a paragraph', 'a <!-- .element: class="fragment" -->\n'.repeat(5_000)],
    ['a long name in a comment', `<!-- .slide: ${'a'.repeat(300_000)} -->`],
    ['a long bare name in a comment', `<!-- .slide: ${'data-'.repeat(60_000)}= -->`],
    ['dollars', '\\$$ '.repeat(5_000)],
    ['tags that never end', '<a '.repeat(10_000)],
    ['blank lines before a heading', `${'a\n\n'.repeat(50_000)}\n# A`],
    ['commas of a srcset', `<img alt="" srcset="a${','.repeat(300_000)}b">`],
    ['white space in a heading', `<h1>a${' '.repeat(300_000)}b</h1>`],
  ])('%s', async (_, text) => {
    expect(await told(parse(`# A\n\n${text}`, 30_000))).toEqual([]);
  });
});
