import { describe, expect, test } from 'vitest';
import { courseBuiltOnce, fold } from '../support/course.ts';

const deck = (frontMatter: string, body = '## Title\n\ntext\n\n```js\nconst a = 1;\n```\n'): string =>
  `---\n${frontMatter}\n---\n\n${body}`;

const course = courseBuiltOnce(
  { only: 'slides', decks: 'themes-used' },
  {
    'themes-used/beside.md': deck('theme: beside'),
    'themes-used/beside.css': '.reveal-viewport { background: rgb(95, 61, 196); }',
    'themes-used/orchard.md': deck('theme: orchard'),
    'themes-used/meadow.md': deck('theme: meadow'),
    'themes-used/with-suffix.md': deck('theme: orchard.css'),
    'themes-used/evo.md': deck('theme: evo'),
    'themes-used/league.md': deck('theme: league'),
    'themes-used/none.md': '## Title\n',
    'themes-used/misspelt.md': deck('theme: orcard'),
    'themes-used/escape.md': deck('theme: ../../outside'),
    'themes-used/highlighted.md': deck('highlightTheme: atom-one-light'),
    'themes-used/highlight-misspelt.md': deck('highlightTheme: atom-one-ligth'),
    'themes-used/styled.md': deck('theme: white\ncss:\n  - extra.css\n  - static/css/meadow.css'),
    'themes-used/extra.css':
      "@font-face { font-family: 'Mine'; src: url('no-such.woff2'); }\n.reveal h2 { text-transform: none !important; }\n",
    'themes-used/style-missing.md': deck('css: nowhere.css'),
    'themes-used/style-outside.md': deck('css: ../../outside.css'),
    '../outside.css': '.reveal { display: none }',
  },
);

const of = (name: string): string => `themes-used/${name}.md`;

async function cornerOf(name: string): Promise<string | undefined> {
  const page = await course.painted(of(name), 1);
  return page.colorAt(0.005, 0.005);
}

describe('a theme', () => {
  test.each([
    ['the deck’s folder', 'beside', '#5f3dc4'],
    ['the project’s themes/', 'orchard', '#0b7285'],
    ['the project’s static/css/', 'meadow', '#2b8a3e'],
    ['the project, by its file name', 'with-suffix', '#0b7285'],
    ['the themes that ship', 'evo', '#ffffff'],
    ['reveal.js, and is black for a deck that names none', 'none', '#191919'],
  ])('is found in %s', async (_, name, corner) => {
    expect(await cornerOf(name)).toBe(corner);
  });

  test('of reveal.js that imports web fonts renders with bundled ones', async () => {
    const [page] = await course.pages(of('league'));
    expect(fold(page?.text ?? '')).toContain(fold('TITLE text const a = 1;'));
    expect(course.deck(of('league')).diagnostics).toEqual([]);
  });

  test('that ships keeps the letters of its titles as they are written', async () => {
    expect((await course.pages(of('evo')))[0]?.text).toContain('Title');
  });

  test('that is unknown is a warning with the nearest ones and the folders that were looked in', async () => {
    const [unknown] = course.diagnostics(of('misspelt'), 'THEME_UNKNOWN');
    expect(unknown).toMatchObject({ severity: 'warning', deck: of('misspelt') });
    expect(unknown?.hint).toContain('“orchard”');
    for (const folder of ['themes-used', 'themes', 'static/css']) expect(unknown?.hint).toContain(folder);
    expect(await cornerOf('misspelt')).toBe('#191919');
  });

  test('outside the project is not read', () => {
    expect(course.diagnostics(of('escape'), 'THEME_UNKNOWN')).toHaveLength(1);
  });
});

describe('a highlight theme', () => {
  test('colours the code', async () => {
    const page = await course.painted(of('highlighted'), 1);
    const code = page.texts.find(({ text }) => text.includes('const'));
    const [x, y] = [(code?.left ?? 0) - 3, code?.bottom ?? 0];
    expect(page.colorAt(x / page.width, y / page.height)).toBe('#fafafa');
  });

  test('that is unknown is a warning with the nearest one', () => {
    const [unknown] = course.diagnostics(of('highlight-misspelt'), 'HIGHLIGHT_THEME_UNKNOWN');
    expect(unknown).toMatchObject({
      severity: 'warning',
      hint: expect.stringContaining('“atom-one-light”'),
    });
  });
});

describe('stylesheets in the front matter', () => {
  test('override the theme, from next to the deck and from the project’s root', async () => {
    expect((await course.pages(of('styled')))[0]?.text).toContain('Title');
    expect(await cornerOf('styled')).toBe('#2b8a3e');
  });

  test('that ask for a font which is not there cost nothing but a warning', () => {
    expect(course.deck(of('styled')).outputs).toHaveLength(1);
  });

  test.each(['style-missing', 'style-outside'])('that cannot be read are a warning: %s', async (name) => {
    expect(course.diagnostics(of(name), 'STYLE_NOT_FOUND')).toMatchObject([{ severity: 'warning' }]);
    expect((await course.pages(of(name)))[0]?.text).toContain('TITLE');
  });
});
