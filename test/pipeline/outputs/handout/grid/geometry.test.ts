import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Box } from '../../../../../src/model/model.ts';
import { mm, PAPERS } from '../../../../../src/paper/paper.ts';
import {
  type Cell,
  type PlacedEntry,
  placeRows,
} from '../../../../../src/pipeline/outputs/handout/grid/cells.ts';
import {
  chooseGeometry,
  type Geometry,
  type GeometryOptions,
} from '../../../../../src/pipeline/outputs/handout/grid/geometry.ts';
import { areaOrigin } from '../../../../../src/pipeline/outputs/handout/grid/page-frame.ts';
import {
  type Entry,
  fillPages,
  leastHeight,
  type Row,
} from '../../../../../src/pipeline/outputs/handout/grid/rows.ts';
import { wishMaker } from '../../../../../src/pipeline/outputs/handout/grid/wishes.ts';
import { randomCases } from '../../../../support/random-cases.ts';
import { laidOutSlide } from '../../../../support/sample.ts';

const OPTIONS: GeometryOptions = {
  paper: 'a4',
  orientation: 'auto',
  margin: 12,
  perPage: 6,
  notes: 'lines',
  binding: 'none',
  gutter: 8,
  booklet: false,
};
/** Less than a printer can show. */
const EPSILON = 0.01;

const side = fc.integer({ min: 100, max: 10_000 });
const sizes = fc.record({ widthPx: side, heightPx: side });
const options: fc.Arbitrary<GeometryOptions> = fc.record({
  paper: fc.constantFrom(...PAPERS),
  orientation: fc.constantFrom('auto', 'portrait', 'landscape'),
  margin: fc.constantFrom(0, 5, 12),
  perPage: fc.constantFrom(1, 2, 3, 4, 6, 9),
  notes: fc.constantFrom('lines', 'none'),
  binding: fc.constantFrom('none', 'long', 'short'),
  gutter: fc.constantFrom(0, 8, 12),
  booklet: fc.boolean(),
});

/** Sizes of the smallest type of some slides; 0: the usual one. */
const types = fc.array(fc.constantFrom(0, 0, 8, 12, 18, 24), { minLength: 1, maxLength: 20 });

function entriesOf(geometry: Geometry, smallest: readonly number[]): Entry[] {
  const wishFor = wishMaker(geometry, 5);
  return smallest.map((smallestTextPx, index) => {
    const page = { html: '', pictures: [], painted: [], links: [], words: '', smallestTextPx };
    const slide = laidOutSlide({ index, pages: [page] });
    return { slide, page, wish: wishFor(slide, page) };
  });
}

function fullPage(geometry: Geometry): Row[] {
  const count = geometry.columns * geometry.rows;
  return fillPages(entriesOf(geometry, new Array(count).fill(0)), geometry)[0] ?? [];
}

function cells(geometry: Geometry, bandPx = 0, rows: readonly Row[] = fullPage(geometry)): Cell[] {
  return placeRows(geometry, rows, bandPx).map(([, cell]) => cell);
}

function everyGeometry(check: (geometry: Geometry, some: GeometryOptions) => void): void {
  fc.assert(
    fc.property(sizes, options, (size, some) => check(chooseGeometry(size, some), some)),
    randomCases(100, 500),
  );
}

/** Slides whose type is too small for the usual cell among others, page by page. */
function everyPage(check: (rows: readonly Row[], geometry: Geometry, some: GeometryOptions) => void): void {
  fc.assert(
    fc.property(sizes, options, types, fc.boolean(), (size, some, smallest, hasLinks) => {
      const geometry = chooseGeometry(size, some, { hasLinks });
      for (const rows of fillPages(entriesOf(geometry, smallest), geometry)) check(rows, geometry, some);
    }),
    randomCases(100, 500),
  );
}

function boxesOf({ slide, caption, notes, ruled }: Cell): Box[] {
  return [slide, caption, ...(notes.height > 0 ? [notes] : []), ...ruled];
}

function expectWithin(box: Box, outer: Box): void {
  expect(box.x).toBeGreaterThanOrEqual(outer.x - EPSILON);
  expect(box.y).toBeGreaterThanOrEqual(outer.y - EPSILON);
  expect(box.x + box.width).toBeLessThanOrEqual(outer.x + outer.width + EPSILON);
  expect(box.y + box.height).toBeLessThanOrEqual(outer.y + outer.height + EPSILON);
}

function overlap(a: Box, b: Box): boolean {
  const apart = (a1: number, a2: number, b1: number, b2: number) => a2 <= b1 + EPSILON || b2 <= a1 + EPSILON;
  return !apart(a.x, a.x + a.width, b.x, b.x + b.width) && !apart(a.y, a.y + a.height, b.y, b.y + b.height);
}

describe('a page of any handout', () => {
  test('has a cell for each slide that was asked for', () => {
    everyGeometry((geometry, { perPage }) => {
      expect(cells(geometry)).toHaveLength(perPage);
    });
  });

  test('keeps slides, numbers and lines in its body', () => {
    everyPage((rows, geometry) => {
      for (const box of cells(geometry, 0, rows).flatMap(boxesOf)) expectWithin(box, geometry.body);
    });
  });

  test('keeps them above the links that its free height has room for', () => {
    everyPage((rows, geometry) => {
      const band = Math.max(0, geometry.body.height - leastHeight(rows, geometry));
      const body = { ...geometry.body, height: geometry.body.height - band };
      for (const box of cells(geometry, band, rows).flatMap(boxesOf)) expectWithin(box, body);
    });
  });

  test('lets no two things overlap', () => {
    everyPage((rows, geometry) => {
      const boxes = cells(geometry, 0, rows).flatMap(boxesOf);
      boxes.forEach((a, i) => {
        for (const b of boxes.slice(i + 1)) expect(overlap(a, b)).toBe(false);
      });
    });
  });

  test('prints no type smaller than it should be, where the page is large enough for that', () => {
    everyPage((rows, geometry) => {
      const whole = Math.min(
        geometry.body.width / geometry.slide.widthPx,
        (geometry.body.height * (1 - geometry.notesShare) - mm(5)) / geometry.slide.heightPx,
      );
      for (const [{ page }, { scale }] of placeRows(geometry, rows, 0)) {
        const legible = page.smallestTextPx ? (5 * 96) / 72 / page.smallestTextPx : 0;
        expect(scale).toBeGreaterThanOrEqual(Math.min(legible, whole) / 1.011);
      }
    });
  });

  test('leaves less room at its foot than two lines take, where there is a place to write', () => {
    everyPage((rows, geometry) => {
      if (geometry.notes === 'none') return;
      const boxes = cells(geometry, 0, rows).flatMap(boxesOf);
      const lowest = Math.max(...boxes.map(({ y, height }) => y + height));
      expect(geometry.body.y + geometry.body.height - lowest).toBeLessThan(2 * mm(7) + mm(3) + 2);
    });
  });

  test('never has more slides than were asked for', () => {
    everyPage((rows, _, { perPage }) => {
      expect(rows.flat().length).toBeLessThanOrEqual(perPage);
    });
  });

  test('keeps the shape of the slides', () => {
    everyPage((rows, geometry) => {
      for (const { slide, scale } of cells(geometry, 0, rows)) {
        expect(slide.width).toBeCloseTo(geometry.slide.widthPx * scale, 6);
        expect(slide.height).toBeCloseTo(geometry.slide.heightPx * scale, 6);
      }
    });
  });

  test('is read from left to right, then down', () => {
    everyPage((rows, geometry) => {
      const places = cells(geometry, 0, rows).map(({ slide }) => [Math.round(slide.y), slide.x] as const);
      expect(places.toSorted(([y1, x1], [y2, x2]) => y1 - y2 || x1 - x2)).toEqual(places);
    });
  });

  test('prints a large slide no smaller than a usual one', () => {
    everyGeometry((geometry) => {
      const slide = laidOutSlide({ handout: 'large' });
      const page = slide.pages[0] as Entry['page'];
      const rows = [[{ slide, page, wish: wishMaker(geometry, 0)(slide, page) }]];
      const [cell] = cells(geometry, 0, rows);
      expect(cell?.scale).toBeGreaterThanOrEqual(geometry.scale - 1e-9);
      expectWithin(cell?.slide as Box, geometry.body);
    });
  });

  test('has its area within its margins, on both sides of the paper', () => {
    everyGeometry((geometry, some) => {
      for (const number of [1, 2]) {
        const origin = areaOrigin(geometry, some, number);
        const margin = mm(some.margin);
        expectWithin(
          { ...origin, width: geometry.area.widthPx, height: geometry.area.heightPx },
          {
            x: margin,
            y: margin,
            width: geometry.page.widthPx - 2 * margin,
            height: geometry.page.heightPx - 2 * margin,
          },
        );
      }
    });
  });
});

describe('the gutter', () => {
  const wide = { widthPx: 1600, heightPx: 900 };
  const originOf = (changes: Partial<GeometryOptions>, number: number, isRightToLeft = false) => {
    const some = { ...OPTIONS, ...changes };
    const { x, y } = areaOrigin(chooseGeometry(wide, some, { isRightToLeft }), some, number);
    return [Math.round((x * 25.4) / 96), Math.round((y * 25.4) / 96)];
  };

  test.each<[string, Partial<GeometryOptions>, number, boolean, number[]]>([
    ['none', { binding: 'none', orientation: 'portrait' }, 1, false, [12, 12]],
    ['left on a right-hand page', { binding: 'long', orientation: 'portrait' }, 1, false, [20, 12]],
    ['right on a left-hand page', { binding: 'long', orientation: 'portrait' }, 2, false, [12, 12]],
    [
      'right on the first page from right to left',
      { binding: 'long', orientation: 'portrait' },
      1,
      true,
      [12, 12],
    ],
    [
      'left on the second page from right to left',
      { binding: 'long', orientation: 'portrait' },
      2,
      true,
      [20, 12],
    ],
    [
      'above on a front, bound at the short edge',
      { binding: 'short', orientation: 'portrait' },
      1,
      false,
      [12, 20],
    ],
    [
      'below on a back, bound at the short edge',
      { binding: 'short', orientation: 'portrait' },
      2,
      false,
      [12, 12],
    ],
    [
      'left on a landscape front, bound at the short edge',
      { binding: 'short', orientation: 'landscape' },
      1,
      false,
      [20, 12],
    ],
    [
      'above on a landscape front, bound at the long edge',
      { binding: 'long', orientation: 'landscape' },
      1,
      false,
      [12, 20],
    ],
  ])('is %s', (_what, changes, number, isRightToLeft, origin) => {
    expect(originOf(changes, number, isRightToLeft)).toEqual(origin);
  });
});

describe('the geometry of a handout', () => {
  const usual = { widthPx: 960, heightPx: 700 };

  const millimetres = (px: number): number => (px * 25.4) / 96;
  const wide = { widthPx: 1280, heightPx: 720 };

  test.each([
    [6, 95],
    [9, 85],
  ] as const)(
    'prints wide slides, %i a page, at least %i mm wide, with links and without',
    (perPage, least) => {
      for (const hasLinks of [false, true]) {
        const { scale } = chooseGeometry(wide, { ...OPTIONS, margin: 9, perPage }, { hasLinks });
        expect(millimetres(scale * wide.widthPx)).toBeGreaterThanOrEqual(least);
      }
    },
  );

  test.each([1, 2, 3, 4, 6] as const)('has two lines or more for each slide, %i a page', (perPage) => {
    const geometry = chooseGeometry(wide, { ...OPTIONS, margin: 9, perPage });
    for (const { notes } of cells(geometry)) expect(notes.height).toBeGreaterThanOrEqual(mm(14) - EPSILON);
  });

  test.each([
    ['4:3', 1024, 768],
    ['16:10', 1280, 800],
    ['square', 800, 800],
    ['9:16', 540, 960],
  ] as const)('has two lines or more for each %s slide, below it or next to it', (_, widthPx, heightPx) => {
    for (const perPage of [1, 2, 3, 4] as const) {
      const geometry = chooseGeometry({ widthPx, heightPx }, { ...OPTIONS, perPage }, { hasLinks: true });
      for (const { notes, ruled } of cells(geometry))
        expect(Math.max(...[notes, ...ruled].map(({ height }) => height))).toBeGreaterThanOrEqual(
          mm(14) - EPSILON,
        );
    }
  });

  test('has lines next to narrow slides if these become larger by it', () => {
    const geometry = chooseGeometry({ widthPx: 1024, heightPx: 768 }, { ...OPTIONS, margin: 9, perPage: 4 });
    const [cell] = cells(geometry);
    expect(millimetres(cell?.slide.width ?? 0)).toBeGreaterThan(100);
    expect(millimetres(cell?.ruled[0]?.width ?? 0)).toBeGreaterThan(25);
  });

  test.each([
    [6, 720, 2],
    [9, 960, 3],
  ] as const)(
    'has one column of lines next to %i slides that leave enough width',
    (perPage, widthPx, rows) => {
      const landscape = { ...OPTIONS, margin: 9, perPage, orientation: 'landscape' } as const;
      const placed = cells(chooseGeometry({ widthPx, heightPx: 800 }, landscape));
      const beside = placed.flatMap(({ ruled }) => ruled).filter(({ width }) => width >= mm(26));
      expect(beside.length).toBe(rows);
      const right = Math.max(...placed.map(({ slide }) => slide.x + slide.width));
      for (const { x } of beside) expect(x).toBeGreaterThan(right);
    },
  );

  test('keeps rows together if only the room below all of them is enough for lines', () => {
    const geometry = chooseGeometry(usual, { ...OPTIONS, margin: 9 });
    const boxes = cells(geometry);
    expect(Math.max(...boxes.map(({ notes }) => notes.height))).toBeLessThan(mm(14));
    expect(boxes.at(-1)?.ruled[0]?.height).toBeGreaterThan(mm(14));
  });

  test('enlarges a slide alone in its row if others on its page are larger, and nobody is to write', () => {
    const geometry = chooseGeometry(wide, { ...OPTIONS, notes: 'none' });
    const [page] = fillPages(entriesOf(geometry, [0, 8]), geometry);
    const [[, first], [, second]] = placeRows(geometry, page ?? [], 0) as [PlacedEntry, PlacedEntry];
    expect(second.scale).toBeGreaterThan(geometry.scale);
    expect(first.scale).toBeGreaterThan(1.2 * geometry.scale);
  });

  test('is landscape if slides are printed larger like this', () => {
    const { page } = chooseGeometry({ widthPx: 1600, heightPx: 900 }, { ...OPTIONS, perPage: 4 });
    expect(page.widthPx).toBeGreaterThan(page.heightPx);
  });

  test('is portrait for usual slides, six per page', () => {
    const { page } = chooseGeometry(usual, OPTIONS);
    expect(page.widthPx).toBeLessThan(page.heightPx);
  });

  test.each(['portrait', 'landscape'] as const)('is %s where that was asked for', (orientation) => {
    const { page } = chooseGeometry(usual, { ...OPTIONS, orientation });
    expect(page.widthPx > page.heightPx).toBe(orientation === 'landscape');
  });

  test('has lines next to the slides with three per page', () => {
    const geometry = chooseGeometry(usual, { ...OPTIONS, perPage: 3 });
    expect(
      cells(geometry).every(({ slide, notes }) => notes.x > slide.x + slide.width && notes.height > 0),
    ).toBe(true);
  });

  test('leaves a third of the cell to the notes of a single slide', () => {
    const [cell] = cells(chooseGeometry({ widthPx: 700, heightPx: 960 }, { ...OPTIONS, perPage: 1 }));
    expect(cell?.notes.height).toBeGreaterThan(mm(80));
  });

  test('prints a single slide without notes as large as the page is', () => {
    const [cell] = cells(
      chooseGeometry({ widthPx: 700, heightPx: 960 }, { ...OPTIONS, perPage: 1, notes: 'none' }),
    );
    expect(cell?.notes.height).toBe(0);
  });

  test('mirrors its cells for decks that are read from right to left', () => {
    const some = { ...OPTIONS, perPage: 3 } as const;
    const [cell] = cells(chooseGeometry(usual, some, { isRightToLeft: true }));
    expect(cell && cell.notes.x + cell.notes.width < cell.slide.x).toBe(true);
  });

  test('halves the sheet for the pages of a booklet', () => {
    const { page } = chooseGeometry(usual, { ...OPTIONS, booklet: true, orientation: 'portrait' });
    expect([page.widthPx, page.heightPx].map((px) => Math.round((px * 25.4) / 96))).toEqual([149, 210]);
  });
});
