import { describe, expect, test } from 'vitest';
import {
  type FitItem,
  fitSheet,
  GOOD_TYPE,
  LEAST_TYPE,
  MOST_TYPE,
  TYPE_SIZES,
} from '../../../../src/pipeline/outputs/cheatsheet/fit.ts';
import type { MeasuredSheet } from '../../../../src/pipeline/outputs/cheatsheet/page/measure-sheet.ts';

const ROOM = 601;
const block: FitItem = { kind: 'block', isPicture: false };

/** So many blocks, each as tall as ten times the size of the type, on pages of two columns. */
function sheetOf(
  count: number,
  heightOf = (size: number) => size * 10,
  wrappedShare = (_: number) => 0,
): MeasuredSheet {
  const types = TYPE_SIZES.map((size) => ({
    size,
    wrappedShare: wrappedShare(size),
    items: Array.from({ length: count }, () => ({ rows: [heightOf(size)], frame: 0, gap: 0 })),
  }));
  return { rooms: { only: ROOM, first: ROOM, middle: ROOM, last: ROOM }, types };
}

const fitted = (sheet: MeasuredSheet, pages: number, item: FitItem = block) =>
  fitSheet(sheet, Array<FitItem>(sheet.types[0]?.items.length ?? 0).fill(item), { pages, columns: 2 });

describe('the type of a cheatsheet', () => {
  test('is tried from ten and a half points to where code still has six', () => {
    expect([TYPE_SIZES[0], TYPE_SIZES.at(-1)]).toEqual([MOST_TYPE, LEAST_TYPE]);
    expect([MOST_TYPE, LEAST_TYPE]).toEqual([10.5, 7.25]);
  });

  test('is not larger than the largest, however little there is', () => {
    expect(fitted(sheetOf(1), 2)).toMatchObject({ typeSize: MOST_TYPE, pages: { length: 1 } });
  });

  test('is the largest with which everything fits on the pages', () => {
    // Seven in a column of 600: 8.5 pt is the last that fits.
    expect(fitted(sheetOf(14), 1)).toMatchObject({ typeSize: 8.5, pages: { length: 1 } });
  });

  test('is smaller where fewer rows wrap with it, as long as it is good', () => {
    const wraps = (size: number) => (size > 9 ? 0.5 : 0);
    expect(fitted(sheetOf(1, undefined, wraps), 1)).toMatchObject({ typeSize: 9 });
    const always = (size: number) => (size > 7.5 ? 0.5 : 0);
    expect(fitted(sheetOf(1, undefined, always), 1)).toMatchObject({ typeSize: MOST_TYPE });
  });

  test('is the least where everything barely fits with it', () => {
    const tight = sheetOf(16, (size) => size * 10.3);
    expect(fitted(tight, 1)).toMatchObject({ typeSize: LEAST_TYPE, pages: { length: 1 } });
  });

  test('is the least where it does not fit, and the rest is on further pages', () => {
    const { typeSize, pages } = fitted(sheetOf(17), 1);
    expect(typeSize).toBe(LEAST_TYPE);
    expect(pages.map((columns) => columns.flat().length)).toEqual([16, 1]);
  });

  test('is preferred good on one page to larger on two', () => {
    expect(fitted(sheetOf(14), 2).pages).toHaveLength(1);
  });

  test('is preferred larger on two pages to less than good on one', () => {
    const found = fitted(sheetOf(16), 2);
    expect(found.pages).toHaveLength(2);
    expect(found.typeSize).toBeGreaterThan(GOOD_TYPE);
  });
});

describe('what is taller than a column', () => {
  const tall = sheetOf(1, () => 10 * ROOM);

  test('is smaller where it is a picture', () => {
    const found = fitted(tall, 1, { kind: 'block', isPicture: true });
    expect(found.pages).toHaveLength(1);
    expect(found.shrunk.get(0)).toBeCloseTo(0.08, 3);
  });

  test('is left out where it has words, with the headings that have nothing else below them', () => {
    const heights = [10, 10, 10 * ROOM, 10, 10];
    const types = TYPE_SIZES.map((size) => ({
      size,
      wrappedShare: 0,
      items: heights.map((height) => ({ rows: [height], frame: 0, gap: 0 })),
    }));
    const kinds = ['section', 'topic', 'block', 'topic', 'block'] as const;
    const items = kinds.map((kind) => ({ kind, isPicture: false }));
    const sheet = { rooms: { only: ROOM, first: ROOM, middle: ROOM, last: ROOM }, types };
    const found = fitSheet(sheet, items, { pages: 1, columns: 2 });
    expect([...found.left].sort()).toEqual([1, 2]);
    expect(found.pages.flat(2).map(({ item }) => item)).toEqual([0, 3, 4]);
  });
});
