import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  columnsHeight,
  fillColumns,
  stacked,
} from '../../../../../src/pipeline/outputs/handout/text/columns.ts';
import { randomCases } from '../../../../support/random-cases.ts';

const heights = fc.array(fc.integer({ min: 1, max: 50 }), { minLength: 1, maxLength: 12 });
const counts = fc.integer({ min: 1, max: 5 });

/** The lowest columns, found by trying every height. */
function lowest(all: readonly number[], count: number): number {
  for (let room = 1; ; room++)
    if (room >= Math.max(...all) && stacked(all, room).length <= count) return room;
}

describe('filling columns', () => {
  test('puts each thing somewhere, in order', () => {
    fc.assert(
      fc.property(heights, counts, (all, count) => {
        expect(fillColumns(all, count, 10_000)?.flat()).toEqual(all.map((_, i) => i));
      }),
      randomCases(100, 1_000),
    );
  });

  test('makes the highest column as low as it can be', () => {
    fc.assert(
      fc.property(heights, counts, (all, count) => {
        const columns = fillColumns(all, count, 10_000) ?? [];
        expect(columns.length).toBeLessThanOrEqual(count);
        expect(columnsHeight(columns, all)).toBe(lowest(all, count));
      }),
      randomCases(100, 1_000),
    );
  });

  test('gives nothing where there is no room', () => {
    expect(fillColumns([10, 10, 10], 2, 19)).toBeUndefined();
  });

  test('gives nothing where one thing alone is higher than the room', () => {
    expect(fillColumns([17, 5, 5, 17], 4, 14)).toBeUndefined();
  });

  test('takes room that is just enough', () => {
    expect(fillColumns([10, 10, 10], 2, 20)).toEqual([[0, 1], [2]]);
  });
});

describe('stacking columns', () => {
  test('begins a new one where the next thing does not fit', () => {
    expect(stacked([4, 4, 4, 9, 1], 10)).toEqual([[0, 1], [2], [3, 4]]);
  });

  test('gives what is too high one for itself', () => {
    expect(stacked([4, 40, 4], 10)).toEqual([[0], [1], [2]]);
  });
});
