import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Box } from '../../../src/pipeline/model.ts';
import { chooseGeometry, handout } from '../../../src/pipeline/outputs/handout.ts';
import { mm, PAPERS } from '../../../src/print/paper.ts';
import { laidOutSlide, layout } from '../../support/sample.ts';

const PER_PAGE = [1, 2, 3, 4, 6, 9];
const OPTIONS = { paper: 'a4', perPage: 6 } as const;
/** Less than a printer can show. */
const EPSILON = 0.01;

const side = fc.integer({ min: 100, max: 10_000 });
const sizes = fc.record({ widthPx: side, heightPx: side });
const options = fc.record({ paper: fc.constantFrom(...PAPERS), perPage: fc.constantFrom(...PER_PAGE) });
const everyGeometry = (
  check: (geometry: ReturnType<typeof chooseGeometry>, size: { widthPx: number; heightPx: number }) => void,
) =>
  fc.assert(
    fc.property(sizes, options, (size, some) => check(chooseGeometry(size, some), size)),
    { numRuns: 500 },
  );

function overlap(a: Box, b: Box): boolean {
  const apart = (a1: number, a2: number, b1: number, b2: number) => a2 <= b1 + EPSILON || b2 <= a1 + EPSILON;
  return !apart(a.x, a.x + a.width, b.x, b.x + b.width) && !apart(a.y, a.y + a.height, b.y, b.y + b.height);
}

describe('a sheet of any handout', () => {
  test('has a cell for each slide that was asked for', () => {
    fc.assert(
      fc.property(sizes, options, (size, some) => {
        expect(chooseGeometry(size, some).cells).toHaveLength(some.perPage);
      }),
    );
  });

  test('keeps slides and lines inside its margins, head and foot', () => {
    everyGeometry(({ paper, cells }) => {
      for (const box of cells.flatMap(({ slide, lines }) => (lines.height > 0 ? [slide, lines] : [slide]))) {
        expect(box.x).toBeGreaterThanOrEqual(mm(12) - EPSILON);
        expect(box.y).toBeGreaterThanOrEqual(mm(12 + 9) - EPSILON);
        expect(box.x + box.width).toBeLessThanOrEqual(paper.widthPx - mm(12) + EPSILON);
        expect(box.y + box.height).toBeLessThanOrEqual(paper.heightPx - mm(12 + 7) + EPSILON);
      }
    });
  });

  test('leaves room below each slide for its number', () => {
    everyGeometry(({ paper, cells }) => {
      for (const { slide } of cells)
        expect(slide.y + slide.height + mm(5.5)).toBeLessThanOrEqual(paper.heightPx - mm(12 + 7) + EPSILON);
    });
  });

  test('lets no two things overlap', () => {
    everyGeometry(({ cells }) => {
      const boxes = cells.flatMap(({ slide, lines }) => [
        { ...slide, height: slide.height + mm(5.5) * Number(lines.x === slide.x) },
        ...(lines.height > 0 ? [lines] : []),
      ]);
      boxes.forEach((a, i) => {
        for (const b of boxes.slice(i + 1)) expect(overlap(a, b)).toBe(false);
      });
    });
  });

  test('keeps the shape of the slides', () => {
    everyGeometry(({ cells, scale }, { widthPx, heightPx }) => {
      for (const { slide } of cells) {
        expect(slide.width).toBeCloseTo(widthPx * scale, 6);
        expect(slide.height).toBeCloseTo(heightPx * scale, 6);
      }
    });
  });

  test('shows every slide at a size that can be seen', () => {
    everyGeometry(({ cells }) => {
      for (const { slide } of cells) expect(Math.max(slide.width, slide.height)).toBeGreaterThan(mm(20));
    });
  });

  test('is read from left to right, then down', () => {
    everyGeometry(({ cells }) => {
      const places = cells.map(({ slide }) => [Math.round(slide.y), slide.x] as const);
      expect(places.toSorted(([y1, x1], [y2, x2]) => y1 - y2 || x1 - x2)).toEqual(places);
    });
  });
});

describe('the geometry of a handout', () => {
  test('lies across where slides are printed larger so', () => {
    const { paper } = chooseGeometry({ widthPx: 1600, heightPx: 900 }, { paper: 'a4', perPage: 4 });
    expect(paper.widthPx).toBeGreaterThan(paper.heightPx);
  });

  test('stands upright for usual slides, six a sheet', () => {
    const { paper } = chooseGeometry({ widthPx: 960, heightPx: 700 }, OPTIONS);
    expect(paper.widthPx).toBeLessThan(paper.heightPx);
  });

  test('has lines beside the slides with three a sheet', () => {
    const { cells } = chooseGeometry({ widthPx: 960, heightPx: 700 }, { paper: 'a4', perPage: 3 });
    expect(cells.every(({ slide, lines }) => lines.x > slide.x + slide.width && lines.height > 0)).toBe(true);
  });

  test('has lines below a slide that leaves room for them', () => {
    const { cells } = chooseGeometry({ widthPx: 1600, heightPx: 900 }, { paper: 'a4', perPage: 1 });
    expect(cells[0]?.lines.height).toBeGreaterThan(mm(14));
  });

  test('has no line where there is room for one only', () => {
    const { cells } = chooseGeometry({ widthPx: 960, heightPx: 2000 }, { paper: 'a4', perPage: 1 });
    expect(cells[0]?.lines.height).toBe(0);
  });
});

describe('the plan of a handout', () => {
  const slides = (count: number, pages = 1) =>
    Array.from({ length: count }, (_, index) =>
      laidOutSlide({
        index,
        h: index,
        number: String(index + 1),
        title: `T${index + 1}`,
        pages: Array.from({ length: pages }, (_, step) => ({
          painted: [],
          html: `<div class="pdf-page">slide ${index + 1} step ${step + 1}</div>`,
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
  const ofSlides = (count: number, pages?: number) =>
    layout({ slides: slides(count, pages), sections: Array.from({ length: count }, (_, h) => `S${h + 1}`) });

  test.each([
    [1, 1],
    [6, 1],
    [7, 2],
    [12, 2],
    [13, 3],
  ])('puts %i slides on %i sheets', (count, sheets) => {
    expect(handout.plan(ofSlides(count), OPTIONS)?.pageCount).toBe(sheets);
  });

  test('gives each page of a slide a cell of its own', () => {
    const plan = handout.plan(ofSlides(3, 3), OPTIONS);
    expect(plan?.pageCount).toBe(2);
    expect(plan?.html.match(/slide \d step \d/g)?.slice(0, 4)).toEqual([
      'slide 1 step 1',
      'slide 1 step 2',
      'slide 1 step 3',
      'slide 2 step 1',
    ]);
  });

  test('leads the bookmark of a slide of many pages to the first', () => {
    expect(handout.bookmarks(ofSlides(5, 3), OPTIONS).map(({ page }) => page)).toEqual([0, 0, 1, 1, 2]);
  });

  test('shows every slide once, in order', () => {
    const html = handout.plan(ofSlides(20), OPTIONS)?.html ?? '';
    expect(html.match(/slide \d+ step/g)).toEqual(
      Array.from({ length: 20 }, (_, i) => `slide ${i + 1} step`),
    );
  });

  test('expects a picture that fills its slide to fill its cell', () => {
    const plan = handout.plan(ofSlides(7), OPTIONS);
    const { cells } = chooseGeometry({ widthPx: 960, heightPx: 700 }, OPTIONS);
    const rounded = (box: Box | undefined) => Object.values(box ?? {}).map((value) => Math.round(value));
    expect(plan?.pictures?.map((sheet) => sheet.map(({ box }) => rounded(box)))).toEqual([
      cells.map(({ slide }) => rounded(slide)),
      [rounded(cells[0]?.slide)],
    ]);
  });

  test('numbers its sheets and heads each with the sections on it', () => {
    const html = handout.plan(ofSlides(7), OPTIONS)?.html ?? '';
    expect(html.match(/<span>[^<]*<\/span>/g)).toEqual([
      '<span>S1 · S2 · S3 · S4 · S5 · S6</span>',
      '<span></span>',
      '<span>1 / 2</span>',
      '<span>S7</span>',
      '<span></span>',
      '<span>2 / 2</span>',
    ]);
  });

  test('names title, author and sections as text, whatever is in them', () => {
    const evil = '<script>"&';
    const metadata = { title: evil, author: evil, keywords: [] };
    const plan = handout.plan({ ...ofSlides(1), metadata, sections: [evil] }, OPTIONS);
    expect(plan?.html).not.toContain('<script>');
  });

  test('leads its bookmarks to the sheets of their slides', () => {
    const bookmarks = handout.bookmarks(ofSlides(13), OPTIONS);
    expect(bookmarks.map(({ page }) => page)).toEqual([0, 0, 0, 0, 0, 0, 1, 1, 1, 1, 1, 1, 2]);
  });
});
