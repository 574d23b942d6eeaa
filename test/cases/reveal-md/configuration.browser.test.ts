import { existsSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import type { Diagnostic } from '../../../src/index.ts';
import { unzipped } from '../../support/archive.ts';
import { readPageLabels, readPdf, withPdf } from '../../support/pdf.ts';
import { type PdfLayout, readLayout } from '../../support/pdf-layout.ts';
import { type Built, deckhand, ranOnce } from '../../support/project.ts';

// What repositories that reveal-md presents hold, in the shapes in which they were found, and others of the same kinds.

const fileOf = (run: Built, deck: string, kind = 'slides'): Promise<Buffer> =>
  readFile(join(run.folder, `output/${deck}/${deck.replace(/.*\//, '')}-${kind}.pdf`));

async function titleOf(run: Built, deck: string): Promise<string> {
  const { info } = await withPdf(await fileOf(run, deck), (document) => document.getMetadata());
  return String((info as { Title?: unknown }).Title);
}

const wordsOf = async (run: Built, deck: string): Promise<string[]> =>
  (await readPdf(await fileOf(run, deck))).map(({ text }) => text.replace(/\s+/g, ' ').trim());

/** Without the number of the slide, which reveal-md shows at its foot, and whatever letters the theme writes it in. */
const textsOf = async (run: Built, deck: string): Promise<string[]> =>
  (await wordsOf(run, deck)).map((words) => words.replace(/ ?[\d./ ]+$/, '').toLowerCase());

const sizesOf = async (run: Built, deck: string): Promise<number[][]> =>
  (await readPdf(await fileOf(run, deck))).map((page) => [page.widthPt, page.heightPt].map(Math.round));

const layoutOf = async (run: Built, deck: string, kind?: string): Promise<PdfLayout[]> =>
  readLayout(await fileOf(run, deck, kind));

async function diagnosticsOf(run: Built, deck?: string): Promise<readonly Diagnostic[]> {
  const { decks } = await run.report();
  return decks.filter(({ path }) => deck === undefined || path === deck).flatMap((one) => one.diagnostics);
}

const severities = async (run: Built, deck?: string) =>
  (await diagnosticsOf(run, deck)).map(({ severity, code, line }) => [severity, code, line]);

/** The color that most of the ink of a text has. */
function inkOf(page: PdfLayout, words: string): string {
  const text = page.texts.find((one) => one.text.toLowerCase().includes(words.toLowerCase()));
  if (!text) throw new Error(`“${words}” is not on the page`);
  const ground = page.colorAt(0.01, 0.01);
  const counts = new Map<string, number>();
  for (let column = 0; column < 60; column++)
    for (let row = 0; row < 12; row++) {
      const x = text.left + ((column + 0.5) * (text.right - text.left)) / 60;
      const y = text.top + ((row + 0.5) * (text.bottom - text.top)) / 12;
      const color = page.colorAt(x / page.width, y / page.height);
      if (color !== ground) counts.set(color, (counts.get(color) ?? 0) + 1);
    }
  return [...counts].sort(([, a], [, b]) => b - a)[0]?.[0] ?? ground;
}

/** Whether something is drawn beside a line of text, within an em of it. */
function hasInkBeside(page: PdfLayout, line: RegExp, side: 'left' | 'right'): boolean {
  const letters = page.texts.filter(({ text }) => line.test(text));
  const em = 40;
  const y = Math.max(...letters.map(({ top, bottom }) => (top + bottom) / 2));
  const row = letters.filter(({ top, bottom }) => top <= y && y <= bottom);
  const [left, right] = [Math.min(...row.map((one) => one.left)), Math.max(...row.map((one) => one.right))];
  const from = side === 'left' ? left - em : right + 3;
  const ground = page.colorAt(0.01, 0.01);
  for (let x = from; x < from + em - 3; x++)
    for (let dy = -8; dy <= 12; dy++)
      if (page.colorAt(x / page.width, (y + dy) / page.height) !== ground) return true;
  return false;
}

describe('separators, theme, styles and title in reveal-md.json', () => {
  const run = ranOnce(['slides.md', '--only=slides'], {
    'package.json': '{"name":"c01"}',
    'reveal-md.json':
      '{"separator":"<!--s-->","verticalSeparator":"<!--v-->","theme":"white","highlightTheme":"github","css":"style.css","title":"Config deck"}',
    'style.css': '.reveal h1{color:rgb(0,128,0)!important}',
    'slides.md':
      '# One\n\ntext\n\n---\n\nbelow the rule, same slide\n\n<!--s-->\n\n# Two\n\n<!--v-->\n\n# Two below\n\n<!--s-->\n\n# Three\n',
  });

  test('are those of the deck', async () => {
    expect(run.code).toBe(0);
    expect(await diagnosticsOf(run)).toEqual([]);
    expect(await textsOf(run, 'slides')).toEqual([
      'one text below the rule, same slide',
      'two',
      'two below',
      'three',
    ]);
    expect(await sizesOf(run, 'slides')).toEqual(Array(4).fill([720, 525]));
    expect(await readPageLabels(await fileOf(run, 'slides'))).toEqual(['1', '2.1', '2.2', '3']);
    expect(await titleOf(run, 'slides')).toBe('Config deck');
  });

  test('colour the slides', async () => {
    const [page] = await layoutOf(run, 'slides');
    expect(page?.colorAt(0.01, 0.01)).toBe('#ffffff');
    expect(inkOf(page as PdfLayout, 'One')).toBe('#008000');
  });
});

describe('separators and styles in the reveal-md.json of a folder of decks', () => {
  const run = ranOnce(['talks', '--only=slides'], {
    'package.json': '{}',
    'talks/reveal-md.json':
      '{"separator": "\\n\\n\\n", "verticalSeparator": "^\\n\\n", "theme": "css/house.css", "css": ["css/more.css"], "glob": "**/*.md"}',
    'talks/css/house.css': '.reveal-viewport { background: rgb(255, 255, 238) }',
    'talks/css/more.css': '.reveal h2 { color: rgb(0, 0, 255); font-size: 90px }',
    'talks/a.md': '## Amber\n\n\n## Birch\n\n\n## Cedar',
    'talks/b.md': '---\nseparator: "@"\ntheme: white\n---\n## Dusk @ ## Elm',
  });

  test('hold for each deck that says nothing else', async () => {
    expect(run.code).toBe(0);
    expect(await diagnosticsOf(run)).toEqual([]);
    expect(await textsOf(run, 'a')).toEqual(['amber', 'birch', 'cedar']);
    expect(await textsOf(run, 'b')).toEqual(['dusk', 'elm']);
    const [[a], [b]] = [await layoutOf(run, 'a'), await layoutOf(run, 'b')];
    expect([a?.colorAt(0.01, 0.01), b?.colorAt(0.01, 0.01)]).toEqual(['#ffffee', '#ffffff']);
    expect([inkOf(a as PdfLayout, 'Amber'), inkOf(b as PdfLayout, 'Dusk')]).toEqual(['#0000ff', '#0000ff']);
  });
});

describe('size, place, numbers and macros in reveal.json', () => {
  const run = ranOnce(['slides.md', '--only=slides,handout'], {
    'package.json': '{"name":"c02"}',
    'reveal.json':
      '{"width":1600,"height":900,"center":false,"slideNumber":"c/t","math":{"TeX":{"Macros":{"RR":"{\\\\mathbb R}"}}}}',
    'slides.md': '# One\n\nA wide slide $x \\in \\RR$\n\n---\n\n# Two\n',
  });

  test('shape the pages', async () => {
    expect(run.code).toBe(0);
    expect(await diagnosticsOf(run)).toEqual([]);
    expect(await sizesOf(run, 'slides')).toEqual(Array(2).fill([1200, 675]));
    const [page] = await layoutOf(run, 'slides');
    expect(page?.texts.find(({ text }) => /one/i.test(text))?.top).toBeLessThan((page?.height ?? 0) / 5);
    const [words = ''] = await wordsOf(run, 'slides');
    expect(words).toMatch(/x ?∈ ?[RℝR]/);
    expect(words).not.toContain('\\RR');
  });

  test('number the handout', async () => {
    const words = (await wordsOf(run, 'slides')).join(' ');
    const [handout = ''] = (await readPdf(await fileOf(run, 'slides', 'handout'))).map(({ text }) => text);
    for (const number of ['1 / 2', '2 / 2']) expect(handout.replace(/\s+/g, ' ')).toContain(number);
    expect(words).toContain('1 / 2');
  });
});

describe('a reveal.json5 next to another configuration', () => {
  const run = ranOnce(['slides.md', '--only=slides'], {
    'package.json': '{}',
    'reveal.json5': '{ /* hall 3 */ width: 1024, height: 768, margin: 0, slideNumber: false, }',
    'reveal-md.json': '{"revealOptions": {"height": 576}}',
    'slides.md': '---\nrevealOptions: { center: false }\n---\n\n# One\n',
  });

  test('applies if no closer source sets the key', async () => {
    expect(await diagnosticsOf(run)).toEqual([]);
    expect(await sizesOf(run, 'slides')).toEqual([[768, 432]]);
    expect(await wordsOf(run, 'slides')).toEqual(['ONE']);
  });
});

test('--explain settings says where each thing that is said of a deck is said', async () => {
  const { stdout } = await deckhand(['a.md', '--only=slides', '-t', 'white', '--explain', 'settings'], {
    'package.json': '{}',
    'reveal-md.json': '{\n"highlightTheme": "github",\n"theme": "black"}',
    'reveal.json': '{"width": 1000}',
    'a.md': '---\ntitle: A\nrevealOptions:\n  center: false\n---\n\n# A\n',
  });
  expect(stdout.trim().split('\n')).toEqual([
    'a.md: read with',
    '  title: A — a.md:2',
    '  theme: white — the command line',
    '  highlightTheme: github — reveal-md.json:2',
    '  revealOptions.width: 1000 — reveal.json:1',
    '  revealOptions.center: false — a.md:4',
  ]);
});

describe('pdfMaxPagesPerSlide of 1 in reveal.json', () => {
  const long = `# Long\n\n${Array.from({ length: 60 }, (_, i) => `- point ${i}`).join('\n')}\n`;
  const run = ranOnce(['slides.md', '--only=slides'], {
    'reveal.json': '{"pdfMaxPagesPerSlide": 1}',
    'slides.md': long,
  });

  test('keeps every slide on one page', async () => {
    expect(await wordsOf(run, 'slides')).toHaveLength(1);
    expect((await wordsOf(run, 'slides'))[0]).toContain('point 59');
  });
});

describe('keys that are misspelt, misplaced or of no use', () => {
  const run = ranOnce(['slides.md', '--only=slides'], {
    'slides.md':
      '---\ntitle: T\nhighlight-theme: github\ntransition: fade\nslideNumber: true\nlayout: post\ntags: [a, b]\npreprocessor: pp.js\nscripts: x.js\n---\n\n# One\n\n---\n\n# Two\n',
  });

  test('are warnings if they may change pages, otherwise one note', async () => {
    expect(run.code).toBe(0);
    expect(await textsOf(run, 'slides')).toEqual(['one', 'two']);
    expect(await severities(run)).toEqual([
      ['warning', 'FRONT_MATTER_UNKNOWN_KEY', 3],
      ['info', 'FRONT_MATTER_UNKNOWN_KEY', 4],
      ['warning', 'FRONT_MATTER_IGNORED_KEY', 8],
      ['warning', 'FRONT_MATTER_IGNORED_KEY', 9],
    ]);
    const [misspelt, note] = await diagnosticsOf(run);
    expect(misspelt?.hint).toBe('did you mean “highlightTheme”?');
    expect(note?.message).toMatch(/“transition”, “slideNumber”, “layout”, “tags”$/);
    expect(note?.hint).toContain('below revealOptions');
  });
});

describe('keys at the wrong level that would change pages', () => {
  const run = ranOnce(['slides.md', '--only=slides'], {
    'package.json': '{}',
    'reveal-md.json': '{\n  "slideNumber": false,\n  "verticalseparator": "<!--v-->"\n}',
    'slides.md': '---\nwidth: 1600\nevent: PyCon\nrevealOptions:\n  theme: sky\n---\n\n# One\n',
  });

  test('are warned of, each in its file', async () => {
    expect(run.code).toBe(0);
    const found = (await diagnosticsOf(run)).map(({ severity, file, line }) => [severity, file, line]);
    expect(found).toEqual([
      ['warning', undefined, 2],
      ['info', undefined, 3],
      ['warning', undefined, 5],
      ['warning', 'reveal-md.json', 2],
      ['warning', 'reveal-md.json', 3],
    ]);
    expect(run.stderr).toContain('reveal-md.json:2: warning: ');
  });
});

describe('a deck from right to left', () => {
  const arabic = 'مرحبا بالعالم';
  const run = ranOnce(['slides.md', 'config.md', '--only=slides,handout', '--per-page=4'], {
    'reveal.json': '{"rtl":true}',
    'config.md': `# ${arabic}\n\n- البند الأول\n- البند الثاني\n`,
    'slides.md': `---\nlang: ar\nrevealOptions:\n  rtl: true\n---\n\n# ${arabic}\n\n- البند الأول\n- البند الثاني\n\n---\n\n## الشريحة الثانية\n\nنص $x^2$ و \`code\`\n`,
  });

  test('is one by its front matter or by reveal.json', async () => {
    expect(run.code).toBe(0);
    expect(await diagnosticsOf(run)).toEqual([]);
    expect((await sizesOf(run, 'slides')).length).toBe(2);
    expect((await sizesOf(run, 'config')).length).toBe(1);
    for (const deck of ['slides', 'config']) {
      const [page] = await layoutOf(run, deck);
      expect(hasInkBeside(page as PdfLayout, /[ولﻷاﺪﻨﺒﻟﻲﻧﺎﺜ]/, 'right'), deck).toBe(true);
      expect(hasInkBeside(page as PdfLayout, /[ولﻷاﺪﻨﺒﻟﻲﻧﺎﺜ]/, 'left'), deck).toBe(false);
    }
  });

  test('has its slides from right to left on the handout', async () => {
    const [sheet] = await layoutOf(run, 'slides', 'handout');
    const place = (word: RegExp) => sheet?.texts.findLast(({ text }) => word.test(text));
    const [first, second] = [place(/^1$/), place(/^2$/)];
    expect(first?.left).toBeGreaterThan(second?.left ?? Number.NaN);
    expect(first?.top).toBeCloseTo(second?.top ?? Number.NaN, 0);
  });
});

describe('a deck from right to left by reveal-md.json', () => {
  const run = ranOnce(['slides.md', '--only=slides'], {
    'reveal-md.json': '{"revealOptions": {"rtl": true}}',
    'reveal.json': '{"rtl": false}',
    'slides.md': '# שלום\n\n- אחת\n- שתיים\n',
  });

  test('has its bullets on the right', async () => {
    expect(await diagnosticsOf(run)).toEqual([]);
    const [page] = await layoutOf(run, 'slides');
    expect(hasInkBeside(page as PdfLayout, /[שםיתאח]/, 'right')).toBe(true);
  });
});

describe('a reveal-md.json5', () => {
  const run = ranOnce(['slides.md', '--only=slides'], {
    'reveal-md.json5': "{ theme: 'white', separator: '^===$' }",
    'reveal-md.json': '{"theme": "black"}',
    'slides.md': '# One\n\n===\n\n# Two\n',
  });

  test('is read before the one without the 5', async () => {
    expect(run.code).toBe(0);
    expect(await diagnosticsOf(run)).toEqual([]);
    expect(await textsOf(run, 'slides')).toEqual(['one', 'two']);
    const [page] = await layoutOf(run, 'slides');
    expect(page?.colorAt(0.01, 0.01)).toBe('#ffffff');
  });
});

describe('a reveal-md.json that is broken', () => {
  const run = ranOnce(['one.md', '--only=slides'], {
    'reveal-md.json': '{\n  "theme": "white",\n  "separator": "---"\n  "css": []\n}\n',
    'one.md': '# One\n',
  });

  test('is an error with file and line', () => {
    expect(run.code).toBe(1);
    expect(run.stderr).toMatch(
      /^reveal-md\.json:4: error: reveal-md\.json cannot be used: .* \[REVEAL_MD_CONFIG_INVALID\]$/m,
    );
    expect(existsSync(join(run.folder, 'output/one'))).toBe(false);
  });
});

const COURSE = {
  'package.json': '{"name":"c10"}',
  'preproc.js':
    "const fs=require('fs');module.exports = async (md)=>md.replace(/^FILE: (.+)$/mg,(m,f)=>fs.readFileSync(f,'utf8'));",
  'part1.md': '# Part 1\n\n---\n\n# Part 1b\n',
  'part2.md': '# Part 2\n',
  'start.md':
    '---\npreprocessor: preproc.js\n---\n\n# Course\n\n---\n\nFILE: part1.md\n\n---\n\nFILE: part2.md\n',
};

describe('a preprocessor that the front matter names', () => {
  const run = ranOnce(['start.md', '--only=slides'], COURSE);

  test('is not run, which a warning says', async () => {
    expect(run.code).toBe(0);
    expect(await textsOf(run, 'start')).toEqual(['course', 'file: part1.md', 'file: part2.md']);
    expect(await diagnosticsOf(run)).toMatchObject([
      {
        code: 'FRONT_MATTER_IGNORED_KEY',
        severity: 'warning',
        line: 2,
        message: 'the preprocessor preproc.js is not run, so slides are printed without it',
        hint: 'if you trust it, build with --preprocessor preproc.js',
      },
    ]);
  });
});

describe('a preprocessor that the command line names', () => {
  const run = ranOnce(['start.md', '--only=slides,archive', '--preprocessor=preproc.js'], COURSE);

  test('is run in the working directory', async () => {
    expect(run.code).toBe(0);
    expect(await wordsOf(run, 'start')).toEqual(['COURSE 1', 'PART 1 2', 'PART 1B 3', 'PART 2 4']);
    expect(run.stderr).not.toContain(' warning: ');
  });

  test('has done its work on the Markdown of the archive', async () => {
    const bag = unzipped(await readFile(join(run.folder, 'output/start/start-archive.zip')));
    const text = Buffer.from(bag.get('start-archive/data/source/start.md') ?? []).toString();
    expect(text).toContain('# Part 1b');
    expect(text).toContain('preprocessor: preproc.js');
  });
});

describe('a preprocessor that makes slides of headings', () => {
  const run = ranOnce(['talks/talk.md', '--only=slides', '--preprocessor', 'tools/headings.mjs'], {
    'package.json': '{}',
    'tools/headings.mjs':
      "export default (markdown, { title }) => markdown.split('\\n').map((line, i) => (/^#/.test(line) && i > 1 ? '---\\n\\n' + line + ' of ' + title : line)).join('\\n');",
    'talks/talk.md': '---\ntitle: Talk\n---\n\n# One\n\n## Two\n\n![lost](gone.png)\n\n## Three\n',
  });

  test('gives slides whose diagnostics have the lines of the deck', async () => {
    expect(await textsOf(run, 'talk')).toMatchObject([
      'one',
      expect.stringMatching(/^two of talk/),
      'three of talk',
    ]);
    expect(await diagnosticsOf(run)).toMatchObject([{ code: 'IMAGE_NOT_FOUND', slide: '2', line: 9 }]);
  });
});

describe('front matter that is not quite YAML', () => {
  const run = ranOnce(
    [
      'tab.md',
      'bool.md',
      'list.md',
      'colon.md',
      'dup.md',
      'leading.md',
      'date.md',
      'authors.md',
      '--only=slides',
    ],
    {
      'tab.md': '---\ntitle: A\nrevealOptions:\n\ttransition: fade\n---\n\n# One\n',
      'bool.md': '---\ntheme: white\nrevealOptions: true\n---\n\n# One\n',
      'list.md':
        '---\nscripts:\n- a.js\ncss:\n- a.css\nverticalSeparator:\nseparator: "---"\n---\n\n# One\n\n---\n\n# Two\n',
      'colon.md': '---\ntitle: Week 1: intro\n---\n\n# One\n',
      'dup.md': '---\ntitle: A\ntheme: white\ntitle: B\n---\n\n# One\n',
      'leading.md': '\n---\ntitle: A\n---\n\n# One\n\n---\n\n# Two\n',
      // Of the same kind.
      'date.md': '---\ndate: 2022/3/14\ntheme: [a]\n---\n\n# One\n',
      'authors.md': '---\nauthor:\n  - Ada Lovelace\n  - Grace Hopper\n---\n\n# One\n',
    },
  );

  test.each<[string, string[], (string | number | undefined)[][]]>([
    ['tab', ['one'], [['warning', 'FRONT_MATTER_INVALID', 4]]],
    ['bool', ['one'], [['warning', 'FRONT_MATTER_INVALID', 3]]],
    [
      'list',
      ['one', 'two'],
      [
        ['warning', 'FRONT_MATTER_IGNORED_KEY', 2],
        ['warning', 'STYLE_NOT_FOUND', 4],
      ],
    ],
    ['leading', ['one', 'two'], [['warning', 'FRONT_MATTER_INVALID', 2]]],
    [
      'date',
      ['one'],
      [
        ['warning', 'FRONT_MATTER_INVALID', 3],
        ['warning', 'DATE_INVALID', 2],
      ],
    ],
    ['authors', ['one'], [['warning', 'FRONT_MATTER_INVALID', 2]]],
  ])('is built all the same, with a warning: %s', async (deck, texts, expected) => {
    expect(await textsOf(run, deck)).toEqual(texts);
    expect(await severities(run, `${deck}.md`)).toEqual(expected);
  });

  test('gives what can be read of it', async () => {
    expect([await titleOf(run, 'tab'), await titleOf(run, 'leading')]).toEqual(['A', 'A']);
    const [page] = await layoutOf(run, 'bool');
    expect(page?.colorAt(0.01, 0.01)).toBe('#ffffff');
  });

  test.each([
    ['colon', 2, 'put quotes around “Week 1: intro”'],
    ['dup', 4, ''],
  ])('fails the deck if it cannot be understood: %s', async (deck, line, hint) => {
    expect(run.code).toBe(1);
    expect(await diagnosticsOf(run, `${deck}.md`)).toMatchObject([
      { code: 'FRONT_MATTER_INVALID', severity: 'error', line, hint: expect.stringContaining(hint) },
    ]);
  });
});
