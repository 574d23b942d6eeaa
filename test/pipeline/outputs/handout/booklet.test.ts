import { expect, test } from 'vitest';
import { type Spread, saddleStitched } from '../../../../src/pipeline/outputs/handout/booklet.ts';

/** The pages of a folded and stapled booklet, leafed through: each sheet lies within the one before. */
function leafedThrough(sides: readonly Spread[]): number[] {
  const sheets = Array.from(
    { length: sides.length / 2 },
    (_, i) => [sides[2 * i], sides[2 * i + 1]] as const,
  );
  // Towards the middle: the right half of each front, then the left half of its back; then out again.
  const inward = sheets.flatMap(([front, back]) => [front?.[1], back?.[0]]);
  const outward = sheets.toReversed().flatMap(([front, back]) => [back?.[1], front?.[0]]);
  return [...inward, ...outward].map(Number);
}

test.each([4, 8, 12, 40])('a booklet of %i pages reads in order once it is folded', (count) => {
  expect(leafedThrough(saddleStitched(count, false))).toEqual(Array.from({ length: count }, (_, i) => i));
});

test('the front of a booklet of eight shows its first and last page', () => {
  expect(saddleStitched(8, false)[0]).toEqual([7, 0]);
});

test('a booklet from right to left opens on the other side', () => {
  expect(saddleStitched(8, true)).toEqual(saddleStitched(8, false).map(([left, right]) => [right, left]));
});
