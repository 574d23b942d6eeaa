import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pLimit from 'p-limit';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { PAPERS } from '../../src/paper/paper.ts';
import { handout } from '../../src/pipeline/outputs/handout/handout.ts';
import { courseBuiltOnce, writeFiles } from '../support/course.ts';
import { pairs } from '../support/pairs.ts';
import { type PdfLayout, readLayout } from '../support/pdf-layout.ts';
import { type PrintedDeck, printDeck, putTogether } from '../support/print.ts';

const KNOTS = 'variants/knots.md';
const COUNT = 13;

const slide = (i: number): string => `${i % 4 === 1 ? `# Section ${i}` : `## Slide ${i}`}\n\nmarker-${i}-end`;
const knots = Array.from({ length: COUNT }, (_, i) => slide(i + 1));
/** Stacks of four: 1.1 … 1.4, 2.1 … 2.4, 3.1 … 3.4, 4. */
const body = knots
  .map((one, i) => (i === 0 ? one : `${i % 4 === 0 ? '\n---\n' : '\n----\n'}\n${one}`))
  .join('\n');
const source = `---\ntitle: Thirteen <knots> & bends\nauthor: Ada Windward\ntheme: white\n---\n\n${body}\n`;

describe('the handout', () => {
  const course = courseBuiltOnce(
    { only: 'handout', decks: ['variants', 'decks/things.md', 'decks/structure.md'] },
    {
      [KNOTS]: source,
      'variants/long-title.md': `---\ntitle: ${'A very long title of a deck '.repeat(10)}\n---\n\n# ${'Long section '.repeat(20)}\n`,
      'variants/tall.md':
        '---\nrevealOptions: { width: 400, height: 900 }\n---\n\n# Tall\n\n---\n\n# Second\n',
    },
  );

  test('has six slides on a sheet', async () => {
    const sheets = await course.pages(KNOTS, 'handout');
    const counts = sheets.map(({ text }) => text.match(/marker-\d+-end/g)?.length);
    expect(counts).toEqual([6, 6, 1]);
  });

  test('has each slide once, in order', async () => {
    const text = (await course.pages(KNOTS, 'handout')).map((sheet) => sheet.text).join('\n');
    expect(text.match(/marker-\d+-end/g)).toEqual(knots.map((_, i) => `marker-${i + 1}-end`));
  });

  test('is on A4 paper', async () => {
    for (const { widthPt, heightPt } of await course.pages(KNOTS, 'handout')) {
      const sides = [widthPt, heightPt].sort((a, b) => a - b);
      expect(sides[0]).toBeCloseTo(595.3, 0);
      expect(sides[1]).toBeCloseTo(841.9, 0);
    }
  });

  test('numbers each slide as reveal.js does, below it', async () => {
    const [first, , last] = await course.layout(KNOTS, 'handout');
    const numbers = (layout: PdfLayout | undefined, form: RegExp) =>
      (layout?.texts ?? []).filter(({ text }) => form.test(text.trim()));
    const below = numbers(first, /^\d+\.\d+$/).map(({ text }) => text.trim());
    expect(below).toEqual(['1.1', '1.2', '1.3', '1.4', '2.1', '2.2']);
    const [inSlide, belowSlide, ...others] = numbers(last, /^4$/);
    expect(others).toEqual([]);
    expect(inSlide?.bottom).toBeLessThan(belowSlide?.top ?? Number.NaN);
  });

  test('has the title of the deck on top of every sheet', async () => {
    for (const { text } of await course.pages(KNOTS, 'handout'))
      expect(text.startsWith('Thirteen <knots> & bends')).toBe(true);
  });

  test('has the sections of its slides on top of each sheet', async () => {
    const heads = (await course.pages(KNOTS, 'handout')).map(({ text }) => text.split('\n')[0]);
    expect(heads[0]).toContain('Section 1 · Section 5');
    expect(heads[2]).toContain('Section 13');
  });

  test('counts its pages at the foot', async () => {
    const texts = (await course.pages(KNOTS, 'handout')).map(({ text }) => text);
    expect(texts.map((text) => text.match(/\d+ \/ \d+/g)?.at(-1))).toEqual(['1 / 3', '2 / 3', '3 / 3']);
  });

  test('names the author at the foot', async () => {
    for (const { text } of await course.pages(KNOTS, 'handout')) expect(text).toContain('Ada Windward');
  });

  test('has no speaker notes', async () => {
    const text = (await course.pages('decks/structure.md', 'handout')).map((sheet) => sheet.text).join();
    expect(text).not.toContain('SECRET-NOTE');
  });

  test('keeps a long title inside the sheet', async () => {
    const [sheet] = await course.layout('variants/long-title.md', 'handout');
    const head = sheet?.texts.filter(({ top }) => top < 80) ?? [];
    expect(head.length).toBeGreaterThan(0);
    for (const { right } of head) expect(right).toBeLessThanOrEqual(sheet?.width ?? 0);
  });

  test('of upright slides keeps their shape', async () => {
    const [sheet] = await course.layout('variants/tall.md', 'handout');
    const titles = sheet?.texts.filter(({ text }) => /TALL|SECOND/.test(text)) ?? [];
    expect(titles[0]?.top).toBeCloseTo(titles[1]?.top ?? Number.NaN, 0);
  });

  test('keeps the backgrounds of its slides', async () => {
    const first = await course.painted('decks/things.md', 1, 'handout');
    const title = first.texts.find(({ text }) => text === 'ON A COLOUR');
    expect(
      first.colorAt(((title?.left ?? 0) - 20) / first.width, ((title?.top ?? 0) - 20) / first.height),
    ).toBe('#0b7285');
  });
});

describe('each paper and number of slides a page', () => {
  const CHOSEN = pairs(PAPERS, [1, 2, 3, 4, 6, 9] as const);
  let folder = '';
  let deck: PrintedDeck;
  let sheets: Map<string, PdfLayout[]>;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'deckhand-handout-'));
    await writeFiles(folder, { 'knots.md': source });
    deck = await printDeck(join(folder, 'knots.md'));
    const limit = pLimit(2);
    const printed = CHOSEN.map(([paper, perPage]) =>
      limit(async (): Promise<[string, PdfLayout[]]> => {
        const print = await deck.withOptions({ paper, perPage }).print(handout, true);
        return [`${paper} ${perPage}`, await readLayout(await putTogether(print), { colors: false })];
      }),
    );
    sheets = new Map(await Promise.all(printed));
  });
  afterAll(() => rm(folder, { recursive: true, force: true }));

  test.each(CHOSEN)('%s with %i a page gives whole pages, each slide once', (paper, perPage) => {
    const pages = sheets.get(`${paper} ${perPage}`) ?? [];
    expect(pages).toHaveLength(Math.ceil(COUNT / perPage));
    const markers = pages.map(({ texts }) => texts.filter(({ text }) => text.includes('marker-')).length);
    expect(markers.slice(0, -1).every((count) => count === perPage)).toBe(true);
    expect(markers.reduce((sum, count) => sum + count, 0)).toBe(COUNT);
  });

  test.each(CHOSEN)('%s with %i a page leaves a margin of a centimetre around all text', (paper, perPage) => {
    const centimetre = 96 / 2.54;
    const tooFar = (sheets.get(`${paper} ${perPage}`) ?? []).flatMap(({ texts, width, height }) =>
      texts.filter(
        (one) =>
          one.left < centimetre ||
          one.top < centimetre ||
          one.right > width - centimetre ||
          one.bottom > height - centimetre,
      ),
    );
    expect(tooFar).toEqual([]);
  });

  test.each(CHOSEN)('%s with %i a page lets no slide cover another', (paper, perPage) => {
    for (const { texts } of sheets.get(`${paper} ${perPage}`) ?? []) {
      const markers = texts.filter(({ text }) => text.includes('marker-'));
      for (const [i, a] of markers.entries())
        for (const b of markers.slice(i + 1))
          expect(a.right < b.left || b.right < a.left || a.bottom < b.top || b.bottom < a.top).toBe(true);
    }
  });
});
