import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { pictureFile } from '../../../src/images/renditions/picture-file.ts';
import { makePdfImage } from '../../../src/images/renditions/print-image.ts';
import type { PdfImage } from '../../../src/model/pdf-parts.ts';
import { flatDrawing, gradientDrawing, originalOf, photograph } from '../pictures.ts';

async function make(picture: Sharp): Promise<PdfImage> {
  const spec = { maxWidthPx: 4000, maxHeightPx: 4000, frame: 1, mode: 'print' } as const;
  return makePdfImage(await originalOf(await picture.png().toBuffer()), spec);
}

const pixelsOf = (picture: Sharp): Promise<Buffer> =>
  picture.clone().toColourspace('srgb').ensureAlpha().raw({ depth: 'uchar' }).toBuffer();

describe('as a file that a browser shows', () => {
  test('a photograph is its JPEG', async () => {
    const image = await make(photograph());
    expect(pictureFile(image)).toEqual({ type: 'image/jpeg', bytes: image.bytes });
  });

  test.each<[string, () => Sharp]>([
    ['of few colours', () => flatDrawing()],
    ['of many colours', () => gradientDrawing()],
    ['in gray', () => gradientDrawing().grayscale()],
    ['in black and white', () => flatDrawing().threshold()],
  ])('a drawing %s is a PNG of the same pixels', async (_what, picture) => {
    const drawn = sharp(await picture().png().toBuffer());
    const { type, bytes } = pictureFile(await make(drawn.clone()));
    const same = Buffer.compare(await pixelsOf(sharp(bytes)), await pixelsOf(drawn));
    expect([type, same]).toEqual(['image/png', 0]);
  });

  test('one with transparency is an SVG that shows as much of it', async () => {
    const picture = sharp(await gradientDrawing().removeAlpha().ensureAlpha(0.4).png().toBuffer());
    const { type, bytes } = pictureFile(await make(picture));
    const [shown, meant] = [await pixelsOf(sharp(bytes)), await pixelsOf(picture)];
    const farthest = shown.reduce((most, level, at) => Math.max(most, Math.abs(level - (meant[at] ?? 0))), 0);
    // Colors lose some levels where they are multiplied by their alpha.
    expect([type, shown.length === meant.length, farthest <= 3]).toEqual(['image/svg+xml', true, true]);
  });

  test('one with fewer pixels than its picture has the natural size of the picture', async () => {
    const { bytes } = pictureFile(await make(photograph(480, 320)), { widthPx: 4800, heightPx: 3200 });
    const { width, height } = await sharp(bytes).metadata();
    expect([width, height]).toEqual([4800, 3200]);
  });
});
