import { symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Stylesheet } from '../../../../../src/model/model.ts';
import { revealMdPlaces } from '../../../../../src/pipeline/inputs/reveal-md/model/addresses.ts';
import {
  findHighlightTheme,
  findStyles,
  findTheme,
} from '../../../../../src/pipeline/inputs/reveal-md/styles/themes.ts';
import { writeTree } from '../../../../support/sample.ts';
import { temporaryFolder } from '../../../../support/temporary.ts';

async function project(files: Readonly<Record<string, string>> = {}) {
  const root = await temporaryFolder();
  await writeTree(root, { 'root/decks/a.md': '', ...files });
  return {
    ...revealMdPlaces({ file: join(root, 'root/decks/a.md') }, join(root, 'root'), {}),
    placeOf: () => ({ deck: 'decks/a.md', line: 7 }),
    above: root,
  };
}

const fileOf = (style: Stylesheet) => ('file' in style ? style.file : undefined);
const themeOf = (...args: Parameters<typeof findTheme>) => findTheme(...args)[0];
const highlightOf = (...args: Parameters<typeof findHighlightTheme>) => findHighlightTheme(...args)[0];

const USUAL = expect.stringMatching(/reveal\.js\/.*black\.css$/);
function unknownTheme(...args: Parameters<typeof findTheme>) {
  const [style, diagnostics] = findTheme(...args);
  return [fileOf(style), diagnostics.map(({ code }) => code)];
}

describe('a theme', () => {
  test('that a deck does not name is reveal.js’s black', async () => {
    expect(fileOf(themeOf(undefined, await project()))).toMatch(/reveal\.js\/.*black\.css$/);
  });

  test('of Deckhand is found by its name', async () => {
    expect(fileOf(themeOf('evo', await project()))).toMatch(/themes\/evo\.css$/);
  });

  test.each(['decks/own.css', 'themes/own.css', 'static/css/own.css', 'own.css'])(
    'of the project is found as %s',
    async (path) => {
      const places = await project({ [`root/${path}`]: '' });
      expect(fileOf(themeOf('own', places))).toBe(join(places.root, path));
    },
  );

  test('may be a path with its ending', async () => {
    const places = await project({ 'root/css/own.css': '' });
    expect(fileOf(themeOf('css/own.css', places))).toBe(join(places.root, 'css/own.css'));
  });

  test('of the project comes before reveal.js’s own of the same name', async () => {
    const places = await project({ 'root/themes/black.css': '' });
    expect(fileOf(themeOf('black', places))).toBe(join(places.root, 'themes/black.css'));
  });

  test('that is a folder is none', async () => {
    const places = await project({ 'root/themes/own.css/x': '' });
    expect(unknownTheme('own', places)).toEqual([USUAL, ['THEME_UNKNOWN']]);
  });

  test('that is misspelt comes with the nearest there is', async () => {
    const places = await project();
    expect(findTheme('blakc', places)[1][0]?.hint).toContain('did you mean “black”?');
  });

  test('that is unknown is a warning that says where it was looked for', async () => {
    const places = await project();
    expect(findTheme('no', places)[1]).toMatchObject([
      {
        severity: 'warning',
        line: 7,
        message: 'there is no theme “no”; black is used',
        hint: expect.stringContaining('searched in decks, themes, static/css, .'),
      },
    ]);
  });

  test('that is unknown comes with three names at most', async () => {
    const files = Object.fromEntries('abcdef'.split('').map((one) => [`root/themes/own${one}.css`, '']));
    const [, [unknown]] = findTheme('ownx', await project(files));
    expect(unknown?.hint).toMatch(/^did you mean “owna” or “ownb” or “ownc”\? /);
  });

  test('that links out of the project is none', async () => {
    const places = await project({ 'secret.css': '' });
    await symlink(join(places.above, 'secret.css'), join(places.deckFolder, 'x.css'));
    expect(unknownTheme('x', places)).toEqual([USUAL, ['THEME_UNKNOWN']]);
  });

  test.each([
    '../../secret.css',
    '../../secret',
    'a\0b',
    'x'.repeat(5_000),
    '/etc/passwd',
    '',
    '.',
    '..',
    'ftp://example.com/theme.css',
    'https://',
    '%2e%2e/%2e%2e/secret.css',
  ])('with an unsafe name (%#) is unknown', async (name) => {
    const places = await project({ 'secret.css': '' });
    expect(unknownTheme(name, places)).toEqual([USUAL, ['THEME_UNKNOWN']]);
  });
});

describe('a style sheet on the web', () => {
  test.each([
    ['https://example.com/a.css', 'https://example.com/a.css'],
    ['HTTP://example.com/a b', 'http://example.com/a%20b'],
    ['//example.com/a.css', 'https://example.com/a.css'],
  ])('may be a theme: %s', async (name, url) => {
    expect(findTheme(name, await project())).toEqual([{ name, url }, []]);
  });

  test('may be a highlight theme', async () => {
    const name = 'https://example.com/a.css';
    expect(findHighlightTheme(name, await project())).toEqual([{ name, url: name }, []]);
  });

  test.each([
    ['https://a.example/a.css,/b.css', ['https://a.example/a.css', '/b.css']],
    ['https://a.example/css?f=A:wght@1,2&g=B', ['https://a.example/css?f=A:wght@1,2&g=B']],
    ['https://a.example/css?f=A:1,2, //b.example/c', ['https://a.example/css?f=A:1,2', '//b.example/c']],
    ['https://a.example/?f=A,https://b.example/c', ['https://a.example/?f=A', 'https://b.example/c']],
    ['https://a.example/?f=A,b.css', ['https://a.example/?f=A', 'b.css']],
  ])('may stand among others: %s', async (text, names) => {
    const places = await project({ 'root/b.css': '', 'root/decks/b.css': '' });
    expect(findStyles([text], places)[0].map(({ name }) => name)).toEqual(names);
  });
});

describe('a highlight theme', () => {
  test.each([
    [undefined, 'base16/zenburn.css'],
    ['github', 'styles/github.css'],
    ['base16/zenburn', 'base16/zenburn.css'],
    ['zenburn', 'base16/zenburn.css'],
  ])('called %j is %s', async (name, file) => {
    expect(fileOf(highlightOf(name, await project()))?.endsWith(file)).toBe(true);
  });

  test('may be a file next to the deck', async () => {
    const places = await project({ 'root/decks/mine.css': '' });
    expect(fileOf(highlightOf('mine', places))).toBe(join(places.deckFolder, 'mine.css'));
  });

  test.each(['nope', '../../../package.json', 'a\0'])('called %j is unknown', async (name) => {
    const places = await project();
    const [style, diagnostics] = findHighlightTheme(name, places);
    expect(fileOf(style)).toMatch(/base16\/zenburn\.css$/);
    expect(diagnostics).toMatchObject([{ code: 'HIGHLIGHT_THEME_UNKNOWN', severity: 'warning', line: 7 }]);
  });
});

describe('stylesheets of a deck', () => {
  test('are looked for next to the deck, then from the root', async () => {
    const places = await project({ 'root/decks/a.css': '', 'root/a.css': '', 'root/css/b.css': '' });
    const [styles] = findStyles(['a.css', '/css/b.css'], places);
    expect(styles.map(fileOf)).toEqual([join(places.root, 'decks/a.css'), join(places.root, 'css/b.css')]);
  });

  test('may stand in one text with commas', async () => {
    const places = await project({ 'root/decks/a.css': '', 'root/decks/b.css': '' });
    expect(findStyles(['a.css, b.css,'], places)[0]).toHaveLength(2);
  });

  test.each(['gone.css', '../../secret.css', '../../../../../../../etc/passwd', 'a\0.css', 'y'.repeat(300)])(
    'with a name that leads nowhere good (%#) are missed with a warning',
    async (name) => {
      const places = await project({ 'secret.css': '' });
      expect(findStyles([name], places)).toMatchObject([
        [],
        [{ code: 'STYLE_NOT_FOUND', url: name, line: 7 }],
      ]);
    },
  );
});
