import { describe, expect, test } from 'vitest';
import type { Pixels } from '../../../src/images/codec/pixels.ts';
import {
  alphaOf,
  depthOfIndices,
  depthOfLevels,
  grayOf,
  indexed,
  levelsInBits,
} from '../../../src/images/codec/samples.ts';
import { visibleColours } from '../../../src/images/codec/visible-colours.ts';

const row = (...colours: readonly (readonly number[])[]): Pixels => ({
  data: Uint8Array.from(colours.flat()),
  widthPx: colours.length,
  heightPx: 1,
  channels: 4,
});
const grays = (...levels: number[]) => ({
  data: Uint8Array.from(levels),
  widthPx: levels.length,
  heightPx: 1,
});
const colours = (count: number) => Array.from({ length: count }, (_, i) => [i & 255, i >> 8, 0, 255]);

describe('palettes', () => {
  test('what is fully transparent is one colour', () => {
    expect(indexed(visibleColours(row([9, 9, 9, 0], [1, 2, 3, 0])))?.palette.length).toBe(3);
  });

  test('257 colours have none', () => {
    expect(indexed(row(...colours(257)))).toBeUndefined();
  });

  test('256 colours have one', () => {
    expect(indexed(row(...colours(256)))?.palette.length).toBe(768);
  });

  test('positions are by first appearance', () => {
    const [a, b] = [
      [1, 2, 3, 255],
      [4, 5, 6, 255],
    ] as const;
    const { data, palette } = indexed(row(b, a, b, b)) ?? {};
    expect([[...(data ?? [])], [...(palette ?? [])]]).toEqual([
      [0, 1, 0, 0],
      [4, 5, 6, 1, 2, 3],
    ]);
  });

  test.each([
    [2, 1],
    [3, 2],
    [5, 4],
    [17, 8],
  ])('of %d colours take %d bits', (count, bits) => {
    const found = indexed(row(...colours(count)));
    expect(found && depthOfIndices(found)).toBe(bits);
  });
});

describe('levels', () => {
  test.each([
    [[0, 255], 1],
    [[0, 85, 255], 2],
    [[0, 17, 255], 4],
    [[1], 8],
  ] as const)('%j take %d bits', (levels, bits) => {
    expect(depthOfLevels(grays(...levels))).toBe(bits);
  });

  test('are counted in steps of their bits', () => {
    expect([...levelsInBits(grays(0, 85, 170, 255), 2).data]).toEqual([0, 1, 2, 3]);
  });

  test('there are none where something has a colour', () => {
    expect(grayOf(row([7, 7, 7, 255], [7, 8, 7, 255]))).toBeUndefined();
  });
});

test('there is no alpha where everything is opaque', () => {
  expect(alphaOf(row([1, 2, 3, 255]))).toBeUndefined();
});
