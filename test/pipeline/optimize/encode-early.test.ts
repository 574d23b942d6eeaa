import { expect, test } from 'vitest';
import { failed } from '../../../src/images/model/model.ts';
import type { FoundImage } from '../../../src/images/source.ts';
import { type EarlyOptions, encodeEarly } from '../../../src/pipeline/optimize/encode-early.ts';
import { sampleDeck } from '../../support/sample.ts';
import { storedImageOf } from '../../support/stored-image.ts';

const OPTIONS: EarlyOptions = { ink: 'auto', images: { mode: 'print', density: 220 } };

const found = (widthPx: number, heightPx: number, type = 'image/png'): FoundImage => ({
  ok: true,
  image: storedImageOf(Buffer.from('x'), { type, widthPx, heightPx }),
});
const SMALL = found(300, 200);

/** The widths of the images that are encoded early; the slides have 960 × 700 px. */
async function encodedEarly(
  images: readonly FoundImage[],
  changes: Partial<EarlyOptions> = {},
): Promise<number[]> {
  const widths: number[] = [];
  const coming = images.map(async (image) => image);
  await encodeEarly(
    sampleDeck('/p'),
    coming,
    { ...OPTIONS, ...changes },
    {
      pdfImage: async ({ widthPx }) => {
        widths.push(widthPx);
        return failed('IMAGE_BROKEN', 'it is not of interest here');
      },
    },
  );
  return widths;
}

test('small images are encoded before their boxes are known', async () => {
  expect(await encodedEarly([SMALL, found(400, 300)])).toEqual([300, 400]);
});

test.each([
  ['as wide as a slide in print', found(2200, 300)],
  ['as high as a slide in print', found(300, 1600)],
  ['a drawing that stays an SVG', found(300, 200, 'image/svg+xml')],
  ['missing', failed('IMAGE_NOT_FOUND', 'there is no such file')],
])('an image that is %s is not', async (_what, image) => {
  expect(await encodedEarly([SMALL, image])).toEqual([300]);
});

test.each<[string, Partial<EarlyOptions>]>([
  ['gray ink', { ink: 'gray' }],
  ['original images', { images: { mode: 'original', density: 220 } }],
])('with %s there is none', async (_what, changes) => {
  expect(await encodedEarly([SMALL], changes)).toEqual([]);
});
