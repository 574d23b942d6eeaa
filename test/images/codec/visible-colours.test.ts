import { expect, test } from 'vitest';
import { visibleColours } from '../../../src/images/codec/visible-colours.ts';

const [A, B, HIDDEN] = [
  [10, 20, 30, 255],
  [40, 50, 60, 1],
  [1, 2, 3, 0],
] as const;

function coloursOf(rows: readonly (readonly (readonly number[])[])[]): number[] {
  const pixels = { widthPx: rows[0]?.length ?? 0, heightPx: rows.length, channels: 4 } as const;
  const { data } = visibleColours({ ...pixels, data: Uint8Array.from(rows.flat(2)) });
  return [...data].filter((_, at) => at % 3 === 0);
}

test('what is visible keeps its colour, however little of it is seen', () => {
  expect(coloursOf([[A, B]])).toEqual([10, 40]);
});

test('a hidden pixel next to a visible one has its color', () => {
  expect(coloursOf([[HIDDEN, B]])).toEqual([40, 40]);
});

test('what is hidden above something visible has its colour', () => {
  expect(coloursOf([[HIDDEN], [A]])).toEqual([10, 10]);
});

test('what is hidden further away has the colour of the pixel before it', () => {
  expect(coloursOf([[A, HIDDEN, HIDDEN, HIDDEN]])).toEqual([10, 10, 10, 10]);
});

test('what is hidden before anything is visible is white', () => {
  expect(coloursOf([[HIDDEN, HIDDEN, A]])).toEqual([255, 10, 10]);
});

test('a picture of which nothing is visible has one colour', () => {
  expect(
    coloursOf([
      [HIDDEN, HIDDEN],
      [HIDDEN, HIDDEN],
    ]),
  ).toEqual([255, 255, 255, 255]);
});
