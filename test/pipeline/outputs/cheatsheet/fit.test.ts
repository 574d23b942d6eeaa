import { describe, expect, test } from 'vitest';
import {
  fitSheet,
  GOOD_TYPE,
  LEAST_TYPE,
  MOST_TYPE,
  TYPE_SIZES,
} from '../../../../src/pipeline/outputs/cheatsheet/fit.ts';
import type { MeasuredSheet } from '../../../../src/pipeline/outputs/cheatsheet/page/measure-sheet.ts';

const ROOM = 601;

/** So many blocks, each as tall as ten times the size of the type, on pages of two columns. */
function sheetOf(count: number, heightOf = (size: number) => size * 10): MeasuredSheet {
  const types = TYPE_SIZES.map((size) => ({
    size,
    items: Array.from({ length: count }, () => ({ rows: [heightOf(size)], frame: 0, gap: 0 })),
  }));
  return { rooms: { only: ROOM, first: ROOM, middle: ROOM, last: ROOM }, types };
}

const fitted = (sheet: MeasuredSheet, pages: number) =>
  fitSheet(sheet, Array<'block'>(sheet.types[0]?.items.length ?? 0).fill('block'), { pages, columns: 2 });

describe('the type of a cheatsheet', () => {
  test('is tried from ten and a half points to six', () => {
    expect([TYPE_SIZES[0], TYPE_SIZES.at(-1)]).toEqual([MOST_TYPE, LEAST_TYPE]);
    expect([MOST_TYPE, LEAST_TYPE]).toEqual([10.5, 6]);
  });

  test('is not larger than the largest, however little there is', () => {
    expect(fitted(sheetOf(1), 2)).toMatchObject({ typeSize: MOST_TYPE, pages: { length: 1 } });
  });

  test('is the largest with which everything fits on the pages', () => {
    // Seven in a column of 600: 8.5 pt is the last that fits.
    expect(fitted(sheetOf(14), 1)).toMatchObject({ typeSize: 8.5, pages: { length: 1 } });
  });

  test('is the least where everything barely fits with it', () => {
    expect(fitted(sheetOf(20), 1)).toMatchObject({ typeSize: LEAST_TYPE, pages: { length: 1 } });
  });

  test('is the least where it does not fit, and the rest is on further pages', () => {
    const { typeSize, pages } = fitted(sheetOf(21), 1);
    expect(typeSize).toBe(LEAST_TYPE);
    expect(pages.map((columns) => columns.flat().length)).toEqual([20, 1]);
  });

  test('is preferred good on one page to larger on two', () => {
    expect(fitted(sheetOf(14), 2).pages).toHaveLength(1);
  });

  test('is preferred larger on two pages to less than good on one', () => {
    const found = fitted(sheetOf(18), 2);
    expect(found.pages).toHaveLength(2);
    expect(found.typeSize).toBeGreaterThan(GOOD_TYPE);
  });

  test('is smaller for a block alone that is taller than a column', () => {
    const found = fitted(
      sheetOf(1, () => 10 * ROOM),
      1,
    );
    expect(found.pages).toHaveLength(1);
    expect(found.shrunk.get(0)).toBeCloseTo(0.08, 3);
  });
});
