import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { runCase, shows } from '../../support/case-run.ts';

const MARK = { 'package.json': '{ "private": true }\n' };
const picture = (background: string): Promise<Buffer> =>
  sharp({ create: { width: 60, height: 40, channels: 3, background } })
    .png()
    .toBuffer();

describe('a theme and a stylesheet relative to the folder that reveal-md was started in', () => {
  const files = {
    ...MARK,
    'course/decks/a.md':
      '---\ntheme: theme/mine.css\ncss: css/look.css\n---\n\n# One\n\ntext\n\n---\n\n# Two\n',
    'course/css/look.css': '.reveal h1{color:rgb(255,0,0)!important}',
    'course/theme/mine.css':
      ':root{--r-background-color:#fff}.reveal-viewport{background:#ffe}.reveal{font-size:40px;color:#222}',
  };

  test.each([
    ['course', 'decks/a.md'],
    ['.', 'course/decks/a.md'],
  ])('are found from %s', async (cwd, deck) => {
    const run = await runCase(files, [deck, '--only', 'slides'], { cwd });
    expect([run.code, run.diagnostics]).toEqual([0, []]);
    expect(await run.words()).toEqual(['onetext1', 'two2']);
    const page = await run.painted(1);
    expect(page.colorAt(0.05, 0.05)).toBe('#ffffee');
    expect(shows(page, '#ff0000')).toBe(true);
  });

  test('are those of the working folder where it has others than the folder of the deck', async () => {
    const ground = (color: string): string => `.reveal-viewport{background:${color}}`;
    const two = {
      ...MARK,
      'decks/a.md': '---\ntheme: look\ncss: _assets/more.css\n---\n\n# One\n',
      'decks/look.css': ground('#f00'),
      'look.css': ground('#0c0'),
      'more.css': '.reveal h1{background:#00c}',
    };
    const run = await runCase(two, ['decks/a.md', '--only', 'slides']);
    expect([run.code, run.diagnostics]).toEqual([0, []]);
    const page = await run.painted(1);
    expect(page.colorAt(0.05, 0.05)).toBe('#00cc00');
    expect(shows(page, '#0000cc')).toBe(true);
  });

  test('that do not exist are reported with the folders in which they were looked for', async () => {
    const run = await runCase({ ...MARK, 'a/b/c.md': '---\ntheme: own\n---\n\n# A\n' }, ['a/b/c.md']);
    expect(run.stderr).toContain('., a/b, a, themes, static/css');
  });
});

describe('an address with a slash in front', () => {
  const one = (page: { pictures: number }): number => page.pictures;

  test('is one of the nearest folder that has it, and /_assets is the project', async () => {
    const files = {
      ...MARK,
      'slides/unit1/deck.md':
        '# Root of the served folder\n\n![a](/img/a.png)\n\n---\n\n# The _assets folder\n\n![b](/_assets/assets/b.png)\n\n---\n\n<!-- .slide: data-background-image="/img/a.png" -->\n\n# Background\n',
      'slides/img/a.png': await picture('#00cc00'),
      'assets/b.png': await picture('#0000cc'),
    };
    const run = await runCase(files, ['slides/unit1/deck.md', '--only', 'slides']);
    expect([run.code, run.diagnostics]).toEqual([0, []]);
    const pages = await run.pages();
    expect(pages.map(one)).toEqual([1, 1, 1]);
    expect(shows(await run.painted(1), '#00cc00')).toBe(true);
    expect(shows(await run.painted(2), '#0000cc')).toBe(true);
    expect((await run.painted(3)).colorAt(0.02, 0.02)).toBe('#00cc00');
  });

  test('means the same in a stylesheet and in HTML; one that climbs is what it says', async () => {
    const files = {
      ...MARK,
      'talks/x/deck.md':
        '---\ncss: look.css\n---\n\n<img src="/img/a.png" alt="">\n\n---\n\n<img src="../../img/b.png" alt="">\n\n---\n\n<div class="drawn"></div>\n\n<img src="_assets/logo.png" alt="">\n',
      'talks/x/look.css': '.drawn { width: 90px; height: 90px; background: url(/img/c.png) }',
      'talks/img/a.png': await picture('#00cc00'),
      'talks/img/c.png': await picture('#00cccc'),
      'talks/img/b.png': await picture('#cccccc'),
      'img/a.png': await picture('#cccccc'),
      'img/b.png': await picture('#cc0000'),
      'logo.png': await picture('#cc00cc'),
    };
    const run = await runCase(files, ['talks/x/deck.md', '--only', 'slides']);
    expect([run.code, run.diagnostics]).toEqual([0, []]);
    expect(shows(await run.painted(1), '#00cc00')).toBe(true);
    expect(shows(await run.painted(2), '#cc0000')).toBe(true);
    const third = await run.painted(3);
    expect(['#00cccc', '#cc00cc'].map((color) => shows(third, color))).toEqual([true, true]);
  });
});

describe('a stylesheet that a slide links to', () => {
  const link = (href: string): string => `<link rel="stylesheet" href="${href}">`;

  test('is found next to the deck and below _assets', async () => {
    const files = {
      'slides.md': `# One\n\n${link('css/x.css')}\n${link('/_assets/css/x.css')}\n\n---\n\n# Two\n`,
      'css/x.css': '.reveal h1{color:rgb(255,0,0)!important}',
    };
    const run = await runCase(files, ['slides.md', '--only', 'slides']);
    expect([run.code, run.diagnostics]).toEqual([0, []]);
    for (const number of [1, 2]) expect(shows(await run.painted(number), '#ff0000')).toBe(true);
  });

  test('that is not there is named with its line, its slide and its path as written', async () => {
    const files = { 'slides.md': `# One\n\n---\n\n# Two\n\n${link('/_assets/css/gone.css')}\n` };
    const run = await runCase(files, ['slides.md', '--only', 'slides']);
    expect(run.code).toBe(0);
    expect(run.diagnostics).toMatchObject([
      { code: 'STYLE_NOT_FOUND', line: 7, slide: '2', url: '/_assets/css/gone.css' },
    ]);
    expect(run.stderr).not.toContain('deck.invalid');
  });

  test('is one of the folder that assetsDir stands for', async () => {
    const files = {
      ...MARK,
      'talks/deck.md': `---\nassetsDir: static\n---\n\n# One\n\n${link('/static/css/x.css')}\n`,
      'css/x.css': '.reveal-viewport { background: rgb(0, 0, 204) !important }',
    };
    const run = await runCase(files, ['talks/deck.md', '--only', 'slides']);
    expect([run.code, run.diagnostics]).toEqual([0, []]);
    expect((await run.painted(1)).colorAt(0.05, 0.05)).toBe('#0000cc');
  });
});

describe('a font that a stylesheet names and that does not exist', () => {
  test('is reported with the path as it is written', async () => {
    const files = {
      ...MARK,
      'deck.md': '---\ncss: css/look.css\n---\n\n# One\n',
      'css/look.css':
        '@font-face { font-family: own; src: url(/fonts/own.woff2) } .reveal h1 { font-family: own }',
    };
    const run = await runCase(files, ['deck.md', '--only', 'slides']);
    expect(run.diagnostics.map(({ message }) => message)).toEqual([
      'the page requested a font that is not allowed: /fonts/own.woff2 (requested by css/look.css)',
    ]);
  });
});

describe('the name of a file', () => {
  test('is found in another case, another form of its accents, and with what an address ends at', async () => {
    const files = {
      ...MARK,
      'deck.md': [
        '![a](Img/Sea.PNG)',
        `![b](img/${'crème'.normalize('NFD')}.png)`,
        '![c](img/tag#2.png)',
        '![d](img/why?.png)',
        '![e](img/100%.png)',
      ].join('\n\n---\n\n'),
      'img/sea.png': await picture('#cc0000'),
      [`img/${'crème'.normalize('NFC')}.png`]: await picture('#00cc00'),
      'img/tag#2.png': await picture('#0000cc'),
      'img/why?.png': await picture('#cccc00'),
      'img/100%.png': await picture('#00cccc'),
    };
    const run = await runCase(files, ['deck.md', '--only', 'slides']);
    expect([run.code, run.diagnostics]).toEqual([0, []]);
    const colors = ['#cc0000', '#00cc00', '#0000cc', '#cccc00', '#00cccc'];
    for (const [i, color] of colors.entries()) expect(shows(await run.painted(i + 1), color)).toBe(true);
    const notes = run.notes.filter(({ code }) => code === 'FILE_NAME_DIFFERS');
    expect(notes.map(({ slide }) => slide)).toEqual(['1', '2', '3', '4']);
  });

  test('is missed where two files might be meant', async () => {
    const files = {
      ...MARK,
      'deck.md': '![a](SEA.png)\n',
      'sea.png': await picture('#cc0000'),
      'Sea.png': await picture('#00cc00'),
    };
    const run = await runCase(files, ['deck.md', '--only', 'slides']);
    expect(run.diagnostics.map(({ code }) => code)).toEqual(['IMAGE_NOT_FOUND']);
  });
});

describe('decks of one name in several folders', () => {
  test.each([['unit1/slides.md unit2/slides.md'.split(' ')], [['unit*/slides.md']]])(
    'named as %j are written below their folders',
    async (patterns) => {
      const files = { 'unit1/slides.md': '# Unit 1\n', 'unit2/slides.md': '# Unit 2\n' };
      const run = await runCase(files, [...patterns, '--only', 'slides']);
      expect([run.code, run.files]).toEqual([
        0,
        ['unit1/slides/slides-slides.pdf', 'unit2/slides/slides-slides.pdf'],
      ]);
    },
  );
});
