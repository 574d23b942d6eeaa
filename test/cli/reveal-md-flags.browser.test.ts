import { existsSync } from 'node:fs';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { readPdf, withPdf } from '../support/pdf.ts';
import { readLayout } from '../support/pdf-layout.ts';
import { deckhand, deckhandIn, ranOnce, temporaryProject } from '../support/project.ts';

const DECK = {
  'package.json': '{}',
  'slides.md':
    '---\ntitle: Own\ntheme: black\nseparator: "<!--x-->"\n---\n\n# One\n\n===\n\n# Two\n\n%%%\n\n# Below\n\nN! said\n',
  'house.css': '.reveal-viewport { background: rgb(255, 255, 238) } .reveal h1 { font-size: 90px }',
  'reveal-md.json': '{"theme": "moon"}',
};

describe('flags of the deck', () => {
  const run = ranOnce(
    [
      'slides.md',
      '--only=slides',
      '--title=Said',
      '-t',
      'house.css',
      '-s',
      '^===$',
      '-S',
      '^%%%$',
      '--notes-separator=N!',
    ],
    DECK,
  );

  test('count more than what the deck says of itself', async () => {
    expect(run.stderr).toContain('3 slides → slides 3 pages');
    const bytes = await readFile(join(run.folder, 'output/slides/slides-slides.pdf'));
    const { info } = await withPdf(bytes, (document) => document.getMetadata());
    expect((info as { Title?: string }).Title).toBe('Said');
    const [page] = await readLayout(bytes);
    expect(page?.colorAt(0.01, 0.01)).toBe('#ffffee');
    expect((await readPdf(bytes))[2]?.text).not.toContain('said');
  });
});

describe('--print FILE', () => {
  test('writes the slides to that file, and nothing else', async () => {
    const run = await deckhand(['slides.md', '--print', 'pdf/talk.pdf'], DECK);
    expect(run.code).toBe(0);
    expect(await readdir(join(run.folder, 'pdf'))).toEqual(['talk.pdf']);
    expect(existsSync(join(run.folder, 'output'))).toBe(false);
    expect(run.stderr).toContain('1 deck, 1 file — pdf/talk.pdf');
    expect(await readPdf(await readFile(join(run.folder, 'pdf/talk.pdf')))).toHaveLength(1);
  });

  test('without a name writes what is called like the deck', async () => {
    const run = await deckhand(['slides.md', '--print'], DECK);
    expect([run.code, existsSync(join(run.folder, 'slides.pdf'))]).toEqual([0, true]);
  });

  test('writes the usual files, too, if they are requested', async () => {
    const run = await deckhand(['slides.md', '--print', 'a.pdf', '--only', 'cheatsheet,handout'], DECK);
    expect(existsSync(join(run.folder, 'a.pdf'))).toBe(true);
    expect(await readdir(join(run.folder, 'output/slides'))).toEqual(['slides-handout.pdf']);
  });

  test('is refused for several decks', async () => {
    const folder = await temporaryProject({ ...DECK, 'b.md': '# B' });
    const run = await deckhandIn(folder, ['slides.md', 'b.md', '--print', 'a.pdf']);
    expect(run.code).toBe(2);
    expect(run.stderr).toContain('--print writes the slides PDF of one deck, but there are 2');
    expect(existsSync(join(folder, 'a.pdf'))).toBe(false);
  });

  test('does not write over the deck', async () => {
    const run = await deckhand(['--print', 'slides.md'], DECK);
    expect(run.code).toBe(2);
    expect(await readFile(join(run.folder, 'slides.md'), 'utf8')).toBe(DECK['slides.md']);
  });

  test('says where the file went in its report', async () => {
    const run = await deckhand(['slides.md', '--print', 'a.pdf', '--json'], DECK);
    const { decks } = JSON.parse(run.stdout) as { decks: { outputs: { file: string }[] }[] };
    expect(decks[0]?.outputs).toMatchObject([{ kind: 'slides', status: 'complete', file: '../a.pdf' }]);
  });
});

describe('--print-size', () => {
  const run = ranOnce(['slides.md', '--print=a.pdf', '--print-size=A4', '-s', '^===$'], {
    ...DECK,
    'slides.md':
      '---\ntheme: white\n---\n\n# One\n\n[link](https://example.org/)\n\n![dot](dot.svg)\n\n===\n\n# Two\n',
    'dot.svg':
      '<svg xmlns="http://www.w3.org/2000/svg" width="50" height="50"><rect width="50" height="50"/></svg>',
  });

  test('makes pages of that size, with the slide as large as it goes', async () => {
    expect(run.code).toBe(0);
    const bytes = await readFile(join(run.folder, 'a.pdf'));
    const pages = await readLayout(bytes, { colors: false });
    expect(pages.map(({ width, height }) => [Math.round(width), Math.round(height)])).toEqual([
      [794, 1123],
      [794, 1123],
    ]);
    const [title, number] = [pages[0]?.texts.find(({ text }) => /one/i.test(text)), pages[0]?.texts.at(-1)];
    expect((title?.left ?? 0) + (title?.right ?? 0)).toBeCloseTo(793, -1);
    expect(number?.bottom).toBeLessThan(1123 / 2 + (793 * 700) / 960 / 2);
    expect(pages[0]?.links[0]?.url).toBe('https://example.org/');
    expect(run.stderr).not.toContain('[P');
  });

  test('takes gradients, which lie in the space of their page, along', async () => {
    const built = await deckhand(['slides.md', '--print=a.pdf', '--print-size=10x10in'], {
      'slides.md':
        '---\ntheme: white\n---\n\n<!-- .slide: data-background-gradient="linear-gradient(to right, rgb(255, 255, 0), rgb(0, 0, 255))" -->',
    });
    const [page] = await readLayout(await readFile(join(built.folder, 'a.pdf')));
    expect(page?.colorAt(0.005, 0.5)).toMatch(/^#f.f.0./);
    expect(page?.colorAt(0.995, 0.5)).toMatch(/^#0.0.f./);
    expect(page?.colorAt(0.5, 0.05)).toBe('#ffffff');
  });

  test('of reveal-md.json is followed, and a wrong one is a warning', async () => {
    const of = async (printSize: string) => {
      const built = await deckhand(['slides.md', '--print=a.pdf'], {
        'slides.md': '# One',
        'reveal-md.json': JSON.stringify({ printSize }),
      });
      const [page] = await readPdf(await readFile(join(built.folder, 'a.pdf')));
      return [Math.round(page?.widthPt ?? 0), Math.round(page?.heightPt ?? 0), built.stderr] as const;
    };
    expect((await of('10x10in')).slice(0, 2)).toEqual([720, 720]);
    const [width, height, said] = await of('A77');
    expect([width, height]).toEqual([720, 525]);
    expect(said).toMatch(/^reveal-md\.json:1: warning: printSize “A77” is not a paper size/m);
  });
});

test('--glob, or that of reveal-md.json, chooses the decks of a folder', async () => {
  const files = { 'talks/a/slides.md': '# A', 'talks/a/notes.md': '# N', 'talks/readme.md': '# R' };
  const flagged = await deckhand(['check', 'talks', '--only=slides', '--glob', '**/slides.md'], files);
  expect(flagged.stderr).toContain('checking 1 deck');
  const configured = await deckhand(['check', 'talks', '--only=slides'], {
    ...files,
    'reveal-md.json': '{"glob": "**/{slides,readme}.md"}',
  });
  expect(configured.stderr).toContain('checking 2 decks');
});
