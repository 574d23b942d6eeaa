import fc from 'fast-check';
import { expect, test } from 'vitest';
import { slideSize } from '../../../../../src/pipeline/inputs/reveal-md/front-matter/size.ts';
import { randomCases } from '../../../../support/random-cases.ts';

test.each([
  [undefined, undefined, 960, 700],
  [null, null, 960, 700],
  ['100%', '100%', 1280, 720],
  ['100% ', undefined, 1280, 700],
  [1920, 1080, 1920, 1080],
  ['1920', '1080px', 1920, 1080],
  [1000.4, 700.6, 1000, 701],
  [99, 10_001, 960, 700],
  [100, 10_000, 100, 10_000],
  [-5, 0, 960, 700],
  [Number.NaN, Number.POSITIVE_INFINITY, 960, 700],
  ['wide', 'high', 960, 700],
  [{ toString: 1, valueOf: 2 }, [500], 960, 700],
  [true, Object.create(null), 960, 700],
])('width %o and height %o make a slide of %i by %i', (width, height, widthPx, heightPx) => {
  expect(slideSize(width, height)).toEqual({ widthPx, heightPx });
});

test('whatever a deck asks for, a slide has whole sides between 100 and 10000', () => {
  fc.assert(
    fc.property(fc.anything(), fc.anything(), (width, height) => {
      for (const side of Object.values(slideSize(width, height))) {
        expect(Number.isInteger(side) && side >= 100 && side <= 10_000).toBe(true);
      }
    }),
    randomCases(100, 1_000),
  );
});
