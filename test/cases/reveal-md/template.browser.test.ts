import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { unzipped } from '../../support/archive.ts';
import { type PdfLayout, readLayout } from '../../support/pdf-layout.ts';
import { type Built, deckhandIn, ranOnce, temporaryProject } from '../../support/project.ts';

const BEGIN = `<!doctype html><html lang="en"><head><meta charset="utf-8"><title>{{{title}}}</title>
<link rel="stylesheet" href="{{{base}}}/dist/reset.css"><link rel="stylesheet" href="{{{base}}}/dist/reveal.css">
<link rel="stylesheet" href="{{{themeUrl}}}" id="theme"><link rel="stylesheet" href="{{{base}}}{{{highlightThemeUrl}}}">
{{#cssPaths}}<link rel="stylesheet" href="{{{.}}}">{{/cssPaths}}`;
const SLIDES =
  '<div class="slides"><section data-markdown {{{slidifyAttributes}}}><textarea data-template>{{{markdown}}}</textarea></section></div>';

const drawing = (colour: string): string =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="80" height="40"><rect width="80" height="40" fill="${colour}"/></svg>`;

/** A page with a logo, a footer and styles of its own, whose size the scripts of the page know. */
const HOUSE = {
  'package.json': '{}',
  'reveal-md.json': '{"template": "tools/page.html", "theme": "white"}',
  'tools/page.html': `${BEGIN}
<style>footer { position: absolute; left: 0; bottom: 0; font-size: 20px } .logo { position: absolute; top: 0; right: 0 }</style>
<style>.reveal h1 { color: rgb(0, 0, 255) }</style>
</head><body>
<div class="reveal">${SLIDES}
<footer>{{author}}, {{event}}</footer></div>
<img class="logo" src="/tools/logo.svg" width="80" height="40" alt="logo">
<script src="{{{base}}}/dist/reveal.js"></script>
<script>
var defaultOptions = { width: 1280, height: 720, slideNumber: false, center: true, plugins: [RevealMarkdown] };
var options = Object.assign({}, defaultOptions, {{{revealOptionsStr}}});
Reveal.initialize(options);
</script>
<script src="_assets/tools/clock.js"></script>
</body></html>`,
  'tools/logo.svg': drawing('#ff0000'),
  'tools/clock.js': 'document.body.innerHTML = "";',
  'decks/a.md': '---\nauthor: Ada\nevent: Conf 2026\n---\n\n# Harbour\n\n---\n\n# Quay\n',
  'decks/b.md': '---\nauthor: Bea\nrevealOptions: { height: 960 }\n---\n\n# Pier\n',
};

const pagesOf = async (run: Built, deck: string): Promise<PdfLayout[]> =>
  readLayout(await readFile(join(run.folder, `output/${deck}/${deck}-slides.pdf`)));

const textOf = ({ texts }: PdfLayout): string =>
  texts
    .map(({ text }) => text)
    .join(' ')
    .replace(/\s+/g, ' ');

describe('a template with a logo and a footer', () => {
  const run = ranOnce(['decks', '--only=slides,archive', '--offline'], HOUSE);

  test('is around every slide', async () => {
    expect(run.code).toBe(0);
    const pages = await pagesOf(run, 'a');
    expect(pages).toHaveLength(2);
    for (const page of pages) {
      expect(textOf(page)).toContain('Ada, Conf 2026');
      expect(page.colorAt(1 - 20 / page.width, 20 / page.height)).toBe('#ff0000');
      expect(page.colorAt(0.5, 0.02)).toBe('#ffffff');
    }
  });

  test('has options that decks may change', async () => {
    const [[a], [b]] = [await pagesOf(run, 'a'), await pagesOf(run, 'b')];
    expect([a, b].map((page) => [page?.width, page?.height].map((one) => Math.round(one ?? 0)))).toEqual([
      [1280, 720],
      [1280, 960],
    ]);
    expect(textOf(a as PdfLayout)).not.toMatch(/\b1\b/);
  });

  test('has scripts that are not run, which a warning says with file and line', async () => {
    const { decks } = await run.report();
    const warnings = decks.map(({ diagnostics }) =>
      diagnostics.filter(({ severity }) => severity === 'warning'),
    );
    for (const found of warnings)
      expect(found).toMatchObject([
        {
          code: 'TEMPLATE_SCRIPTS_LEFT_OUT',
          file: 'tools/page.html',
          line: 17,
          message: expect.stringContaining('_assets/tools/clock.js'),
        },
      ]);
  });

  test('is in the archive, in its source and around its presentation', async () => {
    const bag = unzipped(await readFile(join(run.folder, 'output/a/a-archive.zip')));
    const paths = [...bag.keys()].map((path) => path.replace(/^.*?\/data\//, ''));
    expect(paths).toEqual(
      expect.arrayContaining(['source/reveal-md.json', 'source/tools/page.html', 'source/tools/logo.svg']),
    );
    const [, presentation] = [...bag].find(([path]) => path.endsWith('presentation/index.html')) ?? [];
    const html = String(presentation);
    expect(html).toContain('<footer>Ada, Conf 2026</footer>');
    expect(html).toContain('src="../source/tools/logo.svg"');
    expect(html).toContain('.reveal h1 { color: rgb(0, 0, 255) }');
    expect(html).not.toContain('clock.js');
  });
});

describe('an archive of a deck that flags, configuration and a template shape', () => {
  const day = { env: { SOURCE_DATE_EPOCH: '1700000000' } };

  test('is built again to the same bytes', async () => {
    const folder = await temporaryProject({ ...HOUSE, 'reveal.json': '{"margin": 0.1}' });
    const flags = ['--title=Said', '--css=tools/more.css', '--print-size=10x8in', '--separator=^@@$'];
    await writeFile(join(folder, 'tools/more.css'), '.reveal h1 { font-style: italic }');
    const built = await deckhandIn(
      folder,
      ['decks/a.md', '--only=slides,archive', '--offline', ...flags],
      day,
    );
    expect(built.code).toBe(0);
    const bag = unzipped(await readFile(join(folder, 'output/a/a-archive.zip')));
    const source = Object.fromEntries(
      [...bag].flatMap(([path, bytes]) => {
        const [, own] = /^a-archive\/data\/source\/(.*)$/.exec(path) ?? [];
        return own ? [[own, bytes]] : [];
      }),
    );
    const again = await temporaryProject(source);
    await deckhandIn(again, ['--only=slides'], day);
    const pdf = (root: string) => readFile(join(root, 'output/a/a-slides.pdf'));
    expect((await pdf(again)).equals(await pdf(folder))).toBe(true);
  });
});

describe('a template that knows its own theme and options only', () => {
  const run = ranOnce(['a.md', '--only=slides', '--template', 'page.html'], {
    'package.json': '{}',
    // Of another version of reveal.js, whose scripts are not run.
    'old-reveal.css':
      '.reveal .controls {} .reveal .slides>section.past {} .reveal .slides { left: 50%; top: 50% }',
    'page.html': `<html><head><link rel="stylesheet" href="old-reveal.css"><link rel="stylesheet" href="/dist/reveal.css"><link rel="stylesheet" href="/dist/theme/white.css"><link rel="stylesheet" href="house.css"></head>
<body class="dark"><div class="frame"><div class="reveal">${SLIDES}</div></div>
<script>Reveal.initialize({ width: 1000, height: 500, slideNumber: 'c/t', plugins: [RevealMarkdown] });</script></body></html>`,
    'house.css': '.frame { height: 100vh } body.dark .frame > .reveal { background: rgb(255, 255, 238) }',
    'a.md': '---\ntheme: black\nrevealOptions: { width: 1600 }\n---\n\n# Harbour\n',
  });

  test('is followed, since the room sees nothing else', async () => {
    const { decks } = await run.report();
    expect(decks.flatMap(({ diagnostics }) => diagnostics)).toEqual([]);
    const [page] = await pagesOf(run, 'a');
    expect([Math.round(page?.width ?? 0), Math.round(page?.height ?? 0)]).toEqual([1000, 500]);
    expect(page?.colorAt(0.01, 0.01)).toBe('#ffffee');
    expect(textOf(page as PdfLayout)).toContain('1 / 1');
    const title = page?.texts.find(({ text }) => /harbour/i.test(text));
    expect(((title?.left ?? 0) + (title?.right ?? 0)) / 2).toBeCloseTo(500, -1);
  });
});

describe('a template that is of no use', () => {
  const run = ranOnce(['gone.md', 'no-slides.md', 'broken.md', '--only=slides'], {
    'package.json': '{}',
    'no-slides.html': '<html><body><main></main></body></html>',
    'broken.html': '<div class="slides">{{#open}}</div>',
    'gone.md': '---\ntemplate: gone.html\n---\n\n# One\n',
    'no-slides.md': '---\ntemplate: no-slides.html\n---\n\n# One\n',
    'broken.md': '---\ntemplate: broken.html\n---\n\n# One\n',
  });

  test('is a warning at its place, and the deck is built', async () => {
    expect(run.code).toBe(0);
    const { decks } = await run.report();
    expect(decks.map(({ diagnostics }) => diagnostics.map(({ code, line }) => [code, line]))).toEqual(
      Array(3).fill([['TEMPLATE_UNUSABLE', 2]]),
    );
  });
});
