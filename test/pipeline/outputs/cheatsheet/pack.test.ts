import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Item, pack, type Span } from '../../../../src/pipeline/outputs/cheatsheet/pack.ts';
import { randomCases } from '../../../support/random-cases.ts';

const block = (...rows: number[]): Item => ({ rows, frame: 0, gap: 0, kind: 'block' });
const head = (kind: 'section' | 'topic', height: number): Item => ({
  rows: [height],
  frame: 0,
  gap: 0,
  kind,
});
const lines = (count: number): Item => block(...Array<number>(count).fill(1));
const whole = (item: number): Span => ({ item, from: 0, to: 1 });

const anyItem = fc.oneof(
  fc.constantFrom(head('section', 2), head('topic', 1)),
  fc.record({
    rows: fc.array(fc.integer({ min: 1, max: 6 }), { minLength: 1, maxLength: 30 }),
    frame: fc.integer({ min: 0, max: 3 }),
    gap: fc.integer({ min: 0, max: 2 }),
    kind: fc.constant<'block'>('block'),
    head: fc.integer({ min: 0, max: 3 }),
  }),
);
const anyInput = fc.record({
  items: fc.array(anyItem, { minLength: 1, maxLength: 25 }),
  columns: fc.array(fc.integer({ min: 20, max: 60 }), { minLength: 1, maxLength: 9 }),
  breaks: fc.constantFrom<'rarely' | 'often' | 'anywhere'>('rarely', 'often', 'anywhere'),
});

describe('packing columns', () => {
  test('places every row once and in order', () => {
    fc.assert(
      fc.property(anyInput, ({ items, columns, breaks }) => {
        const packed = pack(items, columns, { breaks });
        if (!packed) return;
        const placed = packed
          .flat()
          .flatMap(({ item, from, to }) => items[item]?.rows.slice(from, to).map((_, i) => [item, from + i]));
        expect(placed).toEqual(items.flatMap(({ rows }, item) => rows.map((_, row) => [item, row])));
      }),
      randomCases(100, 1_000),
    );
  });

  test('never fills a column beyond its height, the frame of each piece included', () => {
    fc.assert(
      fc.property(anyInput, ({ items, columns, breaks }) => {
        pack(items, columns, { breaks })?.forEach((spans, c) => {
          const used = spans.map(({ item, from, to }, i) => {
            const { rows, frame, gap, head = 0 } = items[item] as Item;
            const atTop = head > 0 ? head + gap : 0;
            const above = i === 0 ? atTop : from === 0 ? gap : 0;
            return rows.slice(from, to).reduce((sum, row) => sum + row, frame + above);
          });
          expect(used.reduce((sum, height) => sum + height, 0)).toBeLessThanOrEqual(columns[c] as number);
        });
      }),
      randomCases(100, 1_000),
    );
  });

  test('leaves no heading alone at the end of a column', () => {
    fc.assert(
      fc.property(anyInput, ({ items, columns, breaks }) => {
        const packed = breaks === 'anywhere' ? undefined : pack(items, columns, { breaks });
        const lasts = (packed ?? [])
          .flatMap((spans) => spans.slice(-1))
          .filter(({ item }) => item < items.length - 1);
        for (const { item } of lasts) expect(items[item]?.kind).toBe('block');
      }),
      randomCases(100, 1_000),
    );
  });

  test('fits what exactly fits', () => {
    expect(pack([lines(10), lines(10)], [10, 10], { breaks: 'rarely' })).toEqual([
      [{ item: 0, from: 0, to: 10 }],
      [{ item: 1, from: 0, to: 10 }],
    ]);
  });

  test('tears no short box for the sake of even columns, but a tall one', () => {
    const box = (...heights: number[]): Item[] => [
      head('section', 1),
      ...heights.map((height) => ({ ...block(height), head: 1 })),
    ];
    const columnsOf = (items: readonly Item[]) =>
      pack(items, [100, 100], { breaks: 'rarely' })?.map((spans) => spans.length);
    expect(columnsOf(box(10, 10))).toEqual([3, 0]);
    expect(columnsOf(box(45, 45))).toEqual([2, 1]);
  });

  test('does not fit what is one row too much', () => {
    expect(pack([lines(10), lines(11)], [10, 10], { breaks: 'often' })).toBeUndefined();
  });

  test('keeps a short block whole and breaks a tall one', () => {
    const items = [lines(17), lines(5), lines(15)];
    const packed = pack(items, [20, 20], { breaks: 'rarely' });
    expect(packed?.map((spans) => spans.map(({ item, from, to }) => [item, to - from]))).toEqual([
      [[0, 17]],
      [
        [1, 5],
        [2, 15],
      ],
    ]);
    const tall = pack([lines(35)], [20, 20], { breaks: 'rarely' });
    expect(tall?.map((spans) => spans.length)).toEqual([1, 1]);
  });

  test('leaves at least three rows of what it breaks on either side', () => {
    const broken = pack([block(18), lines(12)], [20, 20], { breaks: 'rarely' });
    expect(broken).toEqual([[whole(0)], [{ item: 1, from: 0, to: 12 }]]);
  });

  test('makes columns equally full', () => {
    const packed = pack(Array<Item>(6).fill(block(5)), [30, 30, 30], { breaks: 'rarely' });
    expect(packed?.map((spans) => spans.length)).toEqual([2, 2, 2]);
  });

  test('fills all other columns before those that are spare', () => {
    const packed = pack(Array<Item>(5).fill(block(5)), [10, 10, 10], { breaks: 'rarely', spare: 1 });
    expect(packed?.map((spans) => spans.length)).toEqual([2, 2, 1]);
  });
});
