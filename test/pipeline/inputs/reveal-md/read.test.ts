import { execFileSync } from 'node:child_process';
import { mkdir, rm, symlink, utimes, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { DeckError } from '../../../../src/model/diagnostics.ts';
import { ORIGIN } from '../../../../src/pipeline/inputs/reveal-md/model/addresses.ts';
import type { ReadOptions } from '../../../../src/pipeline/read/read-deck.ts';
import { randomCases } from '../../../support/random-cases.ts';
import { readMarkdown } from '../../../support/read-markdown.ts';
import { writeTree } from '../../../support/sample.ts';
import { temporaryFolder } from '../../../support/temporary.ts';

async function read(text: string | Uint8Array, options: ReadOptions = {}, others = {}) {
  const root = await temporaryFolder();
  await writeTree(root, { 'package.json': '', ...others });
  await writeFile(join(root, 'deck.md'), text);
  return readMarkdown({ path: 'deck.md', file: join(root, 'deck.md'), outputName: 'week1/deck' }, options);
}

const deckOf = async (text: string, options?: ReadOptions) => (await read(text, options)).value;
const failure = (promise: Promise<unknown>) =>
  promise.then(
    () => [],
    (error: unknown) => {
      if (error instanceof DeckError) return error.diagnostics;
      throw error;
    },
  );

describe('reading a deck', () => {
  test('takes Windows line ends, and those of old Macs, for line ends', async () => {
    const { stacks } = await deckOf('---\r\ntitle: A\r\n---\r\na\r\n\r\n---\r\n\r\nb\r\n\r\n---\r\rc');
    expect(stacks.flat().map(({ markdown, line }) => [markdown, line])).toEqual([
      ['a', 4],
      ['b', 8],
      ['c', 12],
    ]);
  });

  test('passes over a byte order mark', async () => {
    expect((await deckOf('\uFEFF---\ntitle: A\n---\n# B')).metadata.title).toBe('A');
  });

  test('finds no images on hidden slides', async () => {
    const hidden = '<!-- .slide: data-visibility="hidden" -->\n![](b.png)';
    const { references } = await deckOf(`![](a.png)\n\n---\n\n${hidden}\n\n---\n\n![](c.png)`);
    expect(references).toMatchObject([
      { url: 'a.png', line: 1, slide: '1' },
      { url: 'c.png', line: 10, slide: '2' },
    ]);
  });

  test('counts lines of images from the top of the file', async () => {
    expect((await deckOf('---\ntitle: A\n---\n\n# A\n\n![](a.png)')).references[0]?.line).toBe(7);
  });

  test('lets the size that was asked for win over the deck’s own', async () => {
    const size = { widthPx: 1600, heightPx: 900 };
    expect((await deckOf('---\nrevealOptions: {width: 500}\n---\n# A', { size })).size).toEqual(size);
  });

  test('keeps of the options of reveal.js only those that change a page', async () => {
    const options =
      '{center: false, rtl: "yes", transition: fade, slideNumber: c/t, markdown: {breaks: true, x: y}}';
    expect((await deckOf(`---\nrevealOptions: ${options}\n---\n# A`)).printed).toEqual({
      center: false,
      slideNumber: 'c/t',
      markdown: { breaks: true },
    });
  });

  test.each(['markdown: 5', 'markdown: ~', 'markdown: [a]', 'width: {toString: 1}', 'slideNumber: []'])(
    'is not confused by the option %s',
    async (option) => {
      const deck = await deckOf(`---\nrevealOptions:\n  ${option}\n---\n# A`);
      expect(deck.size.widthPx).toBe(960);
    },
  );

  test('warns of a missing stylesheet, and continues', async () => {
    const { value, diagnostics } = await read(
      '---\ncss: [gone.css, here.css]\n---\n# A',
      {},
      { 'here.css': '' },
    );
    expect(diagnostics).toMatchObject([{ code: 'STYLE_NOT_FOUND', deck: 'deck.md', url: 'gone.css' }]);
    expect(value.css.map(({ name }) => name)).toEqual(['here.css']);
  });
});

describe('what a deck asks for', () => {
  test.each([
    [
      'with line ends of Windows',
      '---\r\ntitle: A\r\n---\r\n\r\n# A\r\n\r\n---\r\n\r\n> x\r\n> ![a](a.png)\r\n',
    ],
    ['with a byte order mark', '\uFEFF---\ntitle: A\n---\n\n![a](a.png)'],
    ['without front matter', '# A\n\n---\n\n   ![a](a.png)'],
    ['with vertical slides', '# A\n\n----\n\n# B\n\n----\n\n![a](a.png)'],
  ])('stands in its text at its place, %s', async (_kind, written) => {
    const { sources, references } = await deckOf(written);
    const text = sources[0].content;
    expect(text).toBe(written.replace(/^\uFEFF/, '').replaceAll('\r\n', '\n'));
    expect(references.map(({ span }) => span && text.slice(...span))).toEqual(['a.png']);
  });

  test('includes stylesheets on the web, at their places', async () => {
    const yaml = 'theme: //example.com/t.css\nhighlightTheme: "https://example.com/h.css"';
    const css = 'css:\n  - https://example.com/a.css\n  - https://example.com/a.css';
    const { sources, references } = await deckOf(`---\n${yaml}\n${css}\n---\n# A`);
    const text = sources[0].content;
    const placed = (url: string, line: number, from: number) => {
      const start = text.indexOf(url, from);
      return { kind: 'stylesheet', url, line, span: [start, start + url.length] };
    };
    expect(references).toEqual([
      placed('//example.com/t.css', 2, 0),
      placed('https://example.com/h.css', 3, 0),
      placed('https://example.com/a.css', 4, 0),
      placed('https://example.com/a.css', 4, text.lastIndexOf('https:')),
    ]);
  });

  test('includes a stylesheet among others in one text', async () => {
    const { sources, references } = await deckOf('---\ncss: own.css, https://example.com/a.css\n---\n# A');
    const text = sources[0].content;
    expect(references.map(({ span }) => span && text.slice(...span))).toEqual(['https://example.com/a.css']);
  });

  test('includes a stylesheet written with escapes, without its place', async () => {
    const { references } = await deckOf('---\ncss: "https://example.com/\\x61.css"\n---\n# A');
    expect(references).toEqual([{ kind: 'stylesheet', url: 'https://example.com/a.css', line: 2 }]);
  });

  test('includes the background image of all slides', async () => {
    const yaml = 'title: A\nrevealOptions:\n  parallaxBackgroundImage: "a b.png"';
    expect((await deckOf(`---\n${yaml}\n---\n# A`)).references).toEqual([
      { kind: 'image', url: 'a b.png', line: 4, span: [56, 63] },
    ]);
  });

  test('includes what the styles of its project ask for', async () => {
    const yaml = 'title: A\ncss: css/a.css\ntheme: own\nhighlightTheme: code';
    const { value } = await read(
      `---\n${yaml}\n---\n# A`,
      {},
      {
        'css/a.css': '@font-face { src: url(a.woff2) }',
        'themes/own.css': 'p { background: url(../a.png) }',
        'code.css': '@import "https://example.com/a.css"',
      },
    );
    expect(value.references).toEqual([
      { kind: 'image', url: '../a.png', line: 4, via: `${ORIGIN}/themes/own.css` },
      { kind: 'stylesheet', url: 'https://example.com/a.css', line: 5, via: `${ORIGIN}/code.css` },
      { kind: 'font', url: 'a.woff2', line: 3, via: `${ORIGIN}/css/a.css` },
    ]);
  });
});

describe('the title of a deck', () => {
  test.each([
    ['its front matter', '---\ntitle: From above\n---\n# A', 'From above'],
    ['its first heading', 'text\n\n## First\n\n# Second', 'First'],
    ['the heading of a later slide', 'text\n\n---\n\n# Later', 'Later'],
    [
      'a heading without its markup',
      '# *Some* **bold** `code` [link](x) ~~gone~~',
      'Some bold code link gone',
    ],
    ['a heading with underscores in words', '# snake_case and a*b', 'snake_case and a*b'],
    ['a heading without its comments', '# A <!-- .element: class="x" --> <b>B</b>', 'A  B'],
    ['a heading with a picture as its text', '# ![Logo](a.png)', 'Logo'],
    ['no heading that has no text', '# <br>\n\n---\n\n# B', 'B'],
    ['no hidden heading', '# A\n<!-- .slide: data-visibility="hidden" -->\n\n---\n\n# B', 'B'],
    ['no words that the handout withholds', '# Who? <span data-handout="blank">Ada</span>', 'Who?'],
    ['no heading that the handout withholds', '# Ada\n<!-- .element: data-handout="skip" -->\n\n## B', 'B'],
    ['no heading in a part that it withholds', '<div data-handout="skip">\n\n# A\n\n</div>\n\n# B', 'B'],
    ['a title slide that it skips', '# A\n<!-- .slide: data-handout="skip" -->\n\n---\n\n# B', 'A'],
    [
      'no other slide that it skips',
      'a\n\n---\n\n<!-- .slide: data-handout="skip" -->\n# A\n\n---\n\n# B',
      'B',
    ],
    ['no heading in code', '```\n# A\n```', 'deck'],
    ['its file where there is nothing else', 'text', 'deck'],
  ])('comes from %s', async (_place, text, title) => {
    expect((await deckOf(text)).metadata.title).toBe(title);
  });
});

describe('a deck is refused', () => {
  test.each([
    '',
    '\n\n',
    '---\ntitle: A\n---\n',
    '---\n---',
    '\n---\n\n---\n',
    '<!-- .slide: data-visibility="hidden" -->',
  ])('with nothing to show in %j', async (text) => {
    expect(await failure(read(text))).toMatchObject([{ code: 'DECK_EMPTY', deck: 'deck.md' }]);
  });

  test('that is not there', async () => {
    const file = join(await temporaryFolder(), 'gone.md');
    const reading = readMarkdown({ path: 'gone.md', file, outputName: 'gone' }, {});
    expect(await failure(reading)).toMatchObject([{ code: 'DECK_UNREADABLE', deck: 'gone.md' }]);
  });

  test('that is a folder', async () => {
    const file = join(await temporaryFolder(), 'folder.md');
    await mkdir(file);
    const reading = readMarkdown({ path: 'folder.md', file, outputName: 'folder' }, {});
    expect(await failure(reading)).toMatchObject([{ code: 'DECK_UNREADABLE' }]);
  });

  test('that is a device without an end', async () => {
    const file = join(await temporaryFolder(), 'zero.md');
    await symlink('/dev/zero', file);
    const reading = readMarkdown({ path: 'zero.md', file, outputName: 'zero' }, {});
    expect(await failure(reading)).toMatchObject([{ code: 'DECK_UNREADABLE' }]);
  });

  test('that is a pipe nobody writes to', async () => {
    const file = join(await temporaryFolder(), 'pipe.md');
    execFileSync('mkfifo', [file]);
    const reading = readMarkdown({ path: 'pipe.md', file, outputName: 'pipe' }, {});
    expect(await failure(reading)).toMatchObject([{ code: 'DECK_UNREADABLE' }]);
  });

  test.each([
    ['a picture', [0x89, 0x50, 0x4e, 0x47, 0x0d, 0x0a, 0x1a, 0x0a, 0, 0, 0, 13], 'image'],
    ['UTF-16', [0xff, 0xfe, ...Buffer.from('# Ä', 'utf16le')], 'UTF-16: save it as UTF-8'],
    ['UTF-16 from the other end', [0xfe, 0xff, 0, 0x23, 0, 0x20, 0, 0x41], 'UTF-16: save it as UTF-8'],
    ['UTF-16 without a mark', [...Buffer.from('# Ä', 'utf16le')], 'UTF-16: save it as UTF-8'],
    [
      'Latin-1',
      [...Buffer.from('# Ä', 'latin1')],
      'is not UTF-8, perhaps Latin-1 or Windows-1252: save it as UTF-8',
    ],
    ['text with a NUL', [...Buffer.from('# A\0')], 'not text'],
    ['text that breaks off in a character', [...Buffer.from('# Ä').subarray(0, 3)], 'save it as UTF-8'],
  ])('that is %s', async (_kind, bytes, hint) => {
    expect(await failure(read(Uint8Array.from(bytes)))).toEqual([
      {
        code: 'DECK_UNREADABLE',
        severity: 'error',
        message: 'deck.md is not text in UTF-8',
        deck: 'deck.md',
        hint: expect.stringContaining(hint),
      },
    ]);
  });

  test('not because its theme does not exist: that is a warning', async () => {
    const { diagnostics } = await read('---\ntheme: nope\n---\n# A');
    expect(diagnostics).toMatchObject([{ code: 'THEME_UNKNOWN', severity: 'warning', line: 2 }]);
  });

  test('with a DeckError and nothing else, whatever bytes it has', async () => {
    const texts = fc.string({ unit: 'binary', maxLength: 200 }).map((text) => Buffer.from(text));
    const bytesOrText = fc.oneof(fc.uint8Array({ maxLength: 200 }), texts);
    await fc.assert(
      fc.asyncProperty(bytesOrText, fc.boolean(), async (bytes, hasFrontMatter) => {
        const text = hasFrontMatter
          ? Buffer.concat([Buffer.from('---\n'), bytes, Buffer.from('\n---\n# A')])
          : bytes;
        const found = await failure(read(text, { sourceDateEpoch: 0 }));
        for (const { code } of found)
          expect(code).toMatch(/^(?:DECK_EMPTY|DECK_UNREADABLE|FRONT_MATTER_INVALID)$/);
      }),
      randomCases(15, 60),
    );
  });
});

describe('what the front matter says of a deck', () => {
  test.each([
    ['2026-03-31', '2026-03-31T00:00:00Z'],
    ['2026-03-31T09:30:00+02:00', '2026-03-31T07:30:00Z'],
    ['"2026-03-31 09:30"', '2026-03-31T09:30:00Z'],
  ])('dates it: %s', async (written, meant) => {
    expect((await deckOf(`---\ndate: ${written}\n---\na`)).date).toEqual(new Date(meant));
  });

  test.each(['31.3.2026', '2026-02-31', 'yesterday'])('is no date: %s', async (written) => {
    const { diagnostics } = await read(`---\ntitle: A\ndate: ${written}\n---\na`);
    expect(diagnostics).toMatchObject([{ code: 'DATE_INVALID', line: 3 }]);
  });

  test('names its revision', async () => {
    expect((await deckOf('---\nrevision: 1.10\n---\na')).metadata.revision).toBe('1.10');
  });

  test.each(['lang', 'author'] as const)('comes before the option: %s', async (key) => {
    const options = { lang: 'de', author: 'Ada' };
    expect((await deckOf('a', options)).metadata[key]).toBe(options[key]);
    expect((await deckOf(`---\n${key}: fr\n---\na`, options)).metadata[key]).toBe('fr');
  });
});

describe('the date of a deck', () => {
  const DAY = new Date('2024-05-06T07:08:09Z');

  async function committed(): Promise<string> {
    const root = await temporaryFolder();
    await writeTree(root, { 'deck.md': '# A' });
    const env = { ...process.env, GIT_COMMITTER_DATE: DAY.toISOString(), GIT_CONFIG_GLOBAL: '/dev/null' };
    const git = (...args: string[]) =>
      execFileSync('git', ['-c', 'user.name=a', '-c', 'user.email=a@b.c', ...args], { cwd: root, env });
    git('init', '-q');
    git('add', '.');
    git('commit', '-qm', 'A');
    return root;
  }
  const readIn = async (root: string, options: ReadOptions = {}) =>
    (await readMarkdown({ path: 'deck.md', file: join(root, 'deck.md'), outputName: 'deck' }, options)).value;
  const dateIn = async (root: string, options?: ReadOptions) => (await readIn(root, options)).date;

  test('is SOURCE_DATE_EPOCH where that is set', async () => {
    expect(await dateIn(await committed(), { sourceDateEpoch: 86_400 })).toEqual(new Date('1970-01-02'));
  });

  test('also has the name of its last commit', async () => {
    const root = await committed();
    const name = execFileSync('git', ['rev-parse', '--short=10', 'HEAD'], {
      cwd: root,
      encoding: 'utf8',
    }).trim();
    expect((await readIn(root)).commit).toBe(name);
  });

  test('is that of its last commit', async () => {
    expect(await dateIn(await committed())).toEqual(DAY);
  });

  test('is that of its file where it has changed since', async () => {
    const root = await committed();
    await writeFile(join(root, 'deck.md'), '# B');
    await utimes(join(root, 'deck.md'), 1_000, 1_000.75);
    expect(await dateIn(root)).toEqual(new Date(1_000_000));
  });

  test('is that of its file where there is no repository', async () => {
    const root = await committed();
    await rm(join(root, '.git'), { recursive: true });
    await utimes(join(root, 'deck.md'), 5, 5);
    expect(await dateIn(root)).toEqual(new Date(5_000));
  });
});
