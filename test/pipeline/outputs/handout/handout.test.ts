import { describe, expect, test } from 'vitest';
import type { LaidOutSlide, Layout, SheetsPlan } from '../../../../src/model/model.ts';
import type { OutputOptions } from '../../../../src/pipeline/contract/output.ts';
import { handout } from '../../../../src/pipeline/outputs/handout/handout.ts';
import { laidOutSlide, layout, NO_TYPESETTER, outputOptions } from '../../../support/sample.ts';

const slides = (count: number, pages = 1): LaidOutSlide[] =>
  Array.from({ length: count }, (_, index) =>
    laidOutSlide({
      index,
      h: index,
      number: String(index + 1),
      label: String(index + 1),
      title: `T${index + 1}`,
      pages: Array.from({ length: pages }, (_, step) => ({
        painted: [],
        words: '',
        links: [],
        html: `<div class="deckhand-frame">slide ${index + 1} step ${step + 1}</div>`,
        pictures: [
          {
            url: `${index}.png`,
            box: { x: 0, y: 0, width: 960, height: 700 },
            size: { widthPx: 1, heightPx: 1 },
          },
        ],
      })),
    }),
  );

const ofSlides = (all: readonly LaidOutSlide[]): Layout =>
  layout({ slides: all, sections: all.map((_, h) => `S${h + 1}`) });

const plan = (all: readonly LaidOutSlide[], changes: Partial<OutputOptions> = {}) =>
  handout.plan(ofSlides(all), outputOptions(changes), NO_TYPESETTER);

const marked = (count: number, marks: Readonly<Record<number, LaidOutSlide['handout']>>): LaidOutSlide[] =>
  slides(count).map((slide, i) => (marks[i] ? { ...slide, handout: marks[i] } : slide));

/** Numbers of the slides on each page. */
const pagesOf = (planned: SheetsPlan | undefined): number[][] =>
  (planned?.cells ?? []).map((cells) =>
    cells.map(({ frame }) => Number(/slide (\d+) step/.exec(frame.html)?.[1])),
  );

describe('the plan of a handout', () => {
  test.each([
    [1, 1],
    [6, 1],
    [7, 2],
    [12, 2],
    [13, 3],
  ])('puts %i slides on %i pages', async (count, pages) => {
    expect((await plan(slides(count)))?.pageCount).toBe(pages);
  });

  test('shows every slide once, in order', async () => {
    expect(pagesOf(await plan(slides(20))).flat()).toEqual(Array.from({ length: 20 }, (_, i) => i + 1));
  });

  test('gives each page of a slide a cell of its own', async () => {
    expect(pagesOf(await plan(slides(3, 3)))).toEqual([
      [1, 1, 1, 2, 2, 2],
      [3, 3, 3],
    ]);
  });

  test('leads bookmarks to the first page of their slides', async () => {
    const bookmarks = (await plan(slides(5, 3)))?.bookmarks;
    expect(bookmarks?.map(({ page }) => page)).toEqual([0, 0, 1, 1, 2]);
  });

  test('places each page of its slides on the sheet that keeps a place for it', async () => {
    const planned = await plan(slides(7));
    const placed = planned?.cells?.map((cells) => cells.map(({ placeholder }) => placeholder)) ?? [];
    const kept = (planned?.html ?? '')
      .split('<div class="sheet"')
      .slice(1)
      .map((sheet) => [...sheet.matchAll(/aria-label="([^"]*)"/g)].map(([, label]) => label));
    expect(placed.map((cells) => cells.length)).toEqual([6, 1]);
    expect(placed).toEqual(kept);
  });

  test('names title, author and sections as text, whatever is in them', async () => {
    const evil = '<script>"&';
    const metadata = { title: evil, author: evil, keywords: [] };
    const deck = { ...ofSlides(slides(1)), metadata, sections: [evil] };
    const planned = await handout.plan(deck, outputOptions({ stamp: evil }), NO_TYPESETTER);
    expect(planned?.html).not.toContain('<script>');
  });

  test('has lines to write on, unless there are to be none', async () => {
    const lines = async (notes: 'lines' | 'none') =>
      ((await plan(slides(3), { notes, perPage: 3 }))?.html ?? '').split('class="line"').length - 1;
    expect(await lines('lines')).toBeGreaterThan(10);
    expect(await lines('none')).toBe(0);
  });

  test('says where there is no room for the lines that were asked for', async () => {
    const wide = { ...ofSlides(slides(9)), size: { widthPx: 1280, heightPx: 720 } };
    const codes = async (changes: Partial<OutputOptions>) => {
      const planned = await handout.plan(wide, outputOptions({ perPage: 9, ...changes }), NO_TYPESETTER);
      return planned?.diagnostics?.map(({ code }) => code);
    };
    expect(await codes({ notes: 'lines' })).toEqual(['HANDOUT_NO_LINES']);
    expect(await codes({ notes: 'auto' })).toEqual([]);
  });

  test('says how many pages have no slide, and what its stamp lacks', async () => {
    const all = slides(5).map((slide, i) => ({ ...slide, h: Math.floor(i / 2) }));
    const planned = await plan(all, { sectionStart: 'right', stamp: '{commit}' });
    expect(planned?.diagnostics?.map(({ code, message }) => [code, message.slice(0, 12)])).toEqual([
      ['HANDOUT_BLANK_PAGES', '2 of 5 pages'],
      ['STAMP_FIELD_EMPTY', 'the stamp na'],
    ]);
  });

  test('does not name a section after an omitted slide', async () => {
    const all = [
      laidOutSlide({ index: 0, h: 0, title: 'The answer', handout: 'skip' }),
      laidOutSlide({ index: 1, h: 0, v: 1, title: 'The question' }),
    ];
    const deck = { ...ofSlides(all), sections: ['The answer'] };
    const planned = await handout.plan(deck, outputOptions(), NO_TYPESETTER);
    expect(planned?.html).toContain('The question');
    expect(planned?.html).not.toContain('The answer');
  });

  test('names sections of one title once at the head of a page', async () => {
    const all = slides(3);
    const deck = { ...ofSlides(all), sections: ['Merge', 'Merge', 'Merge'] };
    const planned = await handout.plan(deck, outputOptions(), NO_TYPESETTER);
    expect(planned?.html.split('Merge')).toHaveLength(2);
  });

  test('is printed light by itself where most of its slides are dark', () => {
    const dark = (one: LaidOutSlide, isDark: boolean): LaidOutSlide => ({
      ...one,
      pages: one.pages.map((page) => ({ ...page, isDark })),
    });
    const inkOf = (count: number) =>
      handout.usualInk?.(ofSlides(slides(4).map((one, i) => dark(one, i < count))));
    expect([inkOf(2), inkOf(3)]).toEqual(['full', 'save']);
  });

  test('leaves out what is marked to be skipped, and counts it', async () => {
    const planned = await plan(marked(4, { 1: 'skip' }));
    expect([pagesOf(planned), planned?.slides]).toEqual([[[1, 3, 4]], { shown: 3, skipped: 1 }]);
  });

  test('is none where everything is skipped', async () => {
    expect(await plan(marked(1, { 0: 'skip' }))).toBeUndefined();
  });

  test('gives a large slide two rows for itself', async () => {
    const planned = await plan(marked(7, { 1: 'large' }));
    // One, a gap beside it, and the large one; then the other five.
    expect(pagesOf(planned)).toEqual([
      [1, 2],
      [3, 4, 5, 6, 7],
    ]);
  });

  test('prints its largest slide at the scale that it tells', async () => {
    const all = marked(3, { 1: 'large' });
    const scales = (await plan(all))?.cells?.flat().map(({ scale }) => scale) ?? [];
    expect(Math.max(...scales)).toBeCloseTo(handout.printScale(ofSlides(all), outputOptions()), 6);
  });

  test('begins sections on new pages where that is wanted', async () => {
    const all = slides(5).map((slide, i) => ({ ...slide, h: Math.floor(i / 2) }));
    expect(pagesOf(await plan(all, { sectionStart: 'page' }))).toEqual([[1, 2], [3, 4], [5]]);
  });

  test('begins sections on right-hand pages where that is wanted', async () => {
    const all = slides(5).map((slide, i) => ({ ...slide, h: Math.floor(i / 2) }));
    expect(pagesOf(await plan(all, { sectionStart: 'right' }))).toEqual([[1, 2], [], [3, 4], [], [5]]);
  });

  test('has as many pages in a booklet as its sheets have', async () => {
    const planned = await plan(slides(13), { booklet: true });
    expect([planned?.pageCount, pagesOf(planned).map((side) => side[0] ?? 0)]).toEqual([2, [1, 7]]);
  });

  test('names each side of a booklet after the pages on it', async () => {
    expect((await plan(slides(13), { booklet: true }))?.pageLabels).toEqual(['4, 1', '2, 3']);
  });

  test('counts its pages without the sides of a booklet', async () => {
    const html = (await plan(slides(13), { booklet: true }))?.html ?? '';
    expect([...html.matchAll(/>(\d) \/ 4<\/bdi>/g)].map(([, page]) => page)).toEqual(['4', '1', '2', '3']);
  });

  test.each([
    ['auto', true],
    ['none', false],
  ] as const)('with notes: %s, has lines on pages without slides: %s', async (notes, hasLines) => {
    const planned = await plan(slides(9), { booklet: true, perPage: 3, notes });
    const [last = ''] = (planned?.html ?? '').split('class="booklet-half"').slice(1);
    expect(last.includes('class="line"')).toBe(hasLines);
    expect(last.includes('class="cell"')).toBe(false);
  });
});
