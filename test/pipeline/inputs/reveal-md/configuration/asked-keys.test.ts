import { mkdir, writeFile } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { DeckError } from '../../../../../src/model/diagnostics.ts';
import type { ReadOptions } from '../../../../../src/pipeline/read/read-deck.ts';
import { readMarkdown } from '../../../../support/read-markdown.ts';
import { temporaryFolder } from '../../../../support/temporary.ts';

type Files = Readonly<Record<string, string>>;

/** Reads `decks/deck.md` of a project, from its root. */
async function read(files: Files, options: ReadOptions = {}, cwd = '.') {
  const root = await temporaryFolder();
  const all: Files = { 'package.json': '{}', 'decks/deck.md': '# A\n\n---\n\n# B\n', ...files };
  for (const [path, text] of Object.entries(all)) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
  const file = join(root, 'decks/deck.md');
  return readMarkdown(
    { path: 'decks/deck.md', file, outputName: 'deck' },
    { cwd: join(root, cwd), ...options },
  );
}

const nameOfTheme = async (...args: Parameters<typeof read>) => (await read(...args)).value.theme.name;
const front = (yaml: string) => ({ 'decks/deck.md': `---\n${yaml}\n---\n\n# A\n\n---\n\n# B\n` });

describe('configuration files of reveal-md', () => {
  test.each(['reveal-md.json', 'reveal-md.json5', 'decks/reveal-md.json', 'decks/reveal-md.json5'])(
    'are read: %s',
    async (path) => {
      expect(await nameOfTheme({ [path]: '{"theme": "white"}' })).toBe('white');
    },
  );

  test('of the working directory come before one nearer to the deck', async () => {
    const files = { 'reveal-md.json': '{theme: "white"}', 'decks/reveal-md.json': '{theme: "moon"}' };
    expect(await nameOfTheme(files)).toBe('white');
    expect(await nameOfTheme(files, {}, 'decks')).toBe('moon');
  });

  test('are looked for up to the root of the project where the working directory has none', async () => {
    expect(await nameOfTheme({ 'reveal-md.json': '{theme: "white"}', 'else/a': '' }, {}, 'else')).toBe(
      'white',
    );
  });

  test('are JSON5, which comes before JSON', async () => {
    const files = { 'reveal-md.json5': "{ /* x */ theme: 'moon', }", 'reveal-md.json': '{"theme": "white"}' };
    expect(await nameOfTheme(files)).toBe('moon');
  });

  test.each([
    ['reveal-md.json', '{\n  "theme": "white"\n  "css": []\n}', 3],
    ['reveal.json5', "{\n\n  width: '\n}", 3],
    ['reveal.json', '[1]', 1],
    ['reveal-md.json', '', 1],
    ['reveal-md.json', '{"title": "A",\n"separator": 5}', 2],
  ])('that are broken end the deck, with file and line: %s %j', async (path, text, line) => {
    const failure = await read({ [path]: text }).catch((error: unknown) => error);
    expect(failure).toBeInstanceOf(DeckError);
    expect((failure as DeckError).diagnostics).toMatchObject([
      { code: 'REVEAL_MD_CONFIG_INVALID', severity: 'error', deck: 'decks/deck.md', file: path, line },
    ]);
  });

  test('with a value of the wrong form are read without it, with a warning at its place', async () => {
    const { value, diagnostics } = await read({ 'reveal-md.json': '{"theme": "white",\n"title": {}}' });
    expect(value.theme.name).toBe('white');
    expect(diagnostics).toMatchObject([
      { code: 'REVEAL_MD_CONFIG_INVALID', severity: 'warning', file: 'reveal-md.json', line: 2 },
    ]);
  });

  test('say nothing that only reveal-md’s server follows', async () => {
    const server = { port: 80, host: 'x', watch: true, static: '_site', staticDirs: ['a'], view: 'scroll' };
    expect((await read({ 'reveal-md.json': JSON.stringify(server) })).diagnostics).toEqual([]);
  });

  test('count as what the deck was made from', async () => {
    const files = { 'reveal-md.json': '{}', 'reveal.json': '{}' };
    const names = (await read(files)).value.sources.map(({ file }) => file.replace(/.*\//, ''));
    expect(names).toEqual(['deck.md', 'reveal-md.json', 'reveal.json']);
  });

  test('may name what is not there, with a warning at its place', async () => {
    const config = '{\n"theme": "whit",\n"highlightTheme": "none",\n"css": "gone.css",\n"scripts": ["a.js"]}';
    const { diagnostics } = await read({ 'reveal-md.json': config });
    expect(diagnostics.map(({ code, file, line }) => [code, file, line])).toEqual([
      ['FRONT_MATTER_IGNORED_KEY', 'reveal-md.json', 5],
      ['THEME_UNKNOWN', 'reveal-md.json', 2],
      ['HIGHLIGHT_THEME_UNKNOWN', 'reveal-md.json', 3],
      ['STYLE_NOT_FOUND', 'reveal-md.json', 4],
    ]);
  });

  test('may name stylesheets on the web, which have their place in them', async () => {
    const config =
      '{\n"css": "https://example.org/a.css",\n"revealOptions": {\n"parallaxBackgroundImage": "b.png"}}';
    expect((await read({ 'reveal-md.json': config })).value.references).toEqual([
      { kind: 'stylesheet', url: 'https://example.org/a.css', file: 'reveal-md.json', line: 2 },
      { kind: 'image', url: 'b.png', file: 'reveal-md.json', line: 4 },
    ]);
  });

  test('do not reach the prototype of objects', async () => {
    const options = '{"__proto__": {"center": false}, "constructor": {"prototype": {"polluted": 1}}}';
    const { value } = await read({ 'reveal.json': options });
    expect(value.reveal.center).toBeUndefined();
    expect(Object.hasOwn(Object.prototype, 'polluted')).toBe(false);
  });
});

describe('what is said of a deck in several places', () => {
  const config = {
    'reveal-md.json': '{"theme": "moon", "css": ["a.css", "b.css"]}',
    'a.css': '',
    'b.css': '',
    'c.css': '',
  };

  test('counts in the order of reveal-md: command line, front matter, reveal-md.json', async () => {
    expect(await nameOfTheme(config)).toBe('moon');
    expect(await nameOfTheme({ ...config, ...front('theme: white') })).toBe('white');
    expect(await nameOfTheme({ ...config, ...front('theme: white') }, { flags: { theme: 'sky' } })).toBe(
      'sky',
    );
  });

  // lodash's defaultsDeep, with which reveal-md merges, takes lists for objects with numbers for keys.
  test.each([
    ['css: [c.css]', ['c.css', 'b.css']],
    ['css: c.css', ['c.css']],
    ['title: A', ['a.css', 'b.css']],
  ])('has lists merged place by place: %s', async (yaml, expected) => {
    const { css } = (await read({ ...config, ...front(yaml) })).value;
    expect(css.map(({ name }) => name)).toEqual(expected);
  });

  test('has the options of reveal.js from front matter, reveal-md.json and reveal.json, in this order', async () => {
    const files = {
      'reveal.json': '{"width": 1000, "height": 500, "margin": 0.2}',
      'reveal-md.json': '{"revealOptions": {"width": 1100, "height": 600}}',
      ...front('revealOptions: {width: 1200}'),
    };
    const { size, printed } = (await read(files)).value;
    expect(size).toEqual({ widthPx: 1200, heightPx: 600 });
    expect(printed.margin).toBe(0.2);
  });

  test('splits slides at the separators of reveal-md.json', async () => {
    const files = { 'reveal-md.json': '{"separator": "<!--s-->", "verticalSeparator": "<!--v-->"}' };
    const text = '# A\n\n---\n\n<!--s-->\n# B\n<!--v-->\n# C';
    const { stacks } = (await read({ ...files, 'decks/deck.md': text })).value;
    expect(stacks.map((stack) => stack.map(({ markdown }) => markdown))).toEqual([
      ['# A\n\n---'],
      ['# B', '# C'],
    ]);
  });

  test('names the deck as reveal-md.json has it, unless it has a title', async () => {
    const files = { 'reveal-md.json': '{"title": "Course"}' };
    expect((await read(files)).value.metadata.title).toBe('Course');
    expect((await read({ ...files, ...front('title: Own') })).value.metadata.title).toBe('Own');
  });
});

describe('keys at the wrong place', () => {
  test.each([
    ['reveal-md.json', '{"highlight-theme": "github"}', 'did you mean “highlightTheme”?'],
    ['reveal-md.json', '{"height": 800}', 'it belongs below revealOptions'],
    [
      'reveal-md.json',
      '{"revealOptions": {"theme": "moon"}}',
      'theme belongs next to revealOptions, not below it',
    ],
    ['reveal.json', '{"theme": "moon"}', 'theme belongs in reveal-md.json'],
    ['reveal.json', '{"heigth": 800}', 'did you mean “height”?'],
  ])('are warnings: %s %s', async (path, text, hint) => {
    expect((await read({ [path]: text })).diagnostics).toMatchObject([
      { code: 'FRONT_MATTER_UNKNOWN_KEY', severity: 'warning', file: path, line: 1, hint },
    ]);
  });

  test('are passed over in reveal.json where a plugin may have them', async () => {
    expect((await read({ 'reveal.json': '{"chalkboard": {}, "math": {}}' })).diagnostics).toEqual([]);
  });
});

describe('programs of a project', () => {
  test('are not run, with a warning for each that says what that means', async () => {
    const { diagnostics } = await read(front('preprocessor: lib/pp.js\nscripts: [a.js, b.js]'));
    expect(diagnostics).toMatchObject([
      {
        code: 'FRONT_MATTER_IGNORED_KEY',
        line: 2,
        message: expect.stringContaining('lib/pp.js is not run, so slides are printed without it'),
        hint: 'if you trust it, build with --preprocessor lib/pp.js',
      },
      {
        code: 'FRONT_MATTER_IGNORED_KEY',
        line: 3,
        message: expect.stringContaining('a.js, b.js are not run'),
      },
    ]);
  });
});

test('pdfMaxPagesPerSlide is kept, because with 1 no slide continues on another page', async () => {
  const { reveal } = (await read({ 'reveal.json': '{"pdfMaxPagesPerSlide": 1}' })).value;
  expect(reveal.pdfMaxPagesPerSlide).toBe(1);
});
