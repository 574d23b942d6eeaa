import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { isSurelyOpaque } from '../../../src/images/codec/surely-opaque.ts';
import { bmpOf, flatDrawing, photograph } from '../pictures.ts';

describe('the header alone tells that all is opaque', () => {
  test.each<[string, boolean, () => Promise<Buffer>]>([
    ['a JPEG', true, () => photograph(48, 32).jpeg().toBuffer()],
    ['a PNG without alpha', true, () => photograph(48, 32).png().toBuffer()],
    ['a PNG with a palette', true, () => flatDrawing(48, 32).removeAlpha().png({ palette: true }).toBuffer()],
    ['a PNG with an alpha channel', false, () => photograph(48, 32).ensureAlpha().png().toBuffer()],
    [
      'a PNG with a transparent colour in its palette',
      false,
      () => photograph(48, 32).ensureAlpha(0.5).png({ palette: true }).toBuffer(),
    ],
    ['a WebP', false, () => photograph(48, 32).webp().toBuffer()],
    ['a BMP', false, () => bmpOf(photograph(48, 32))],
  ])('of %s: %s', async (_what, opaque, make) => {
    const bytes = await make();
    const type = bytes[0] === 0x42 ? 'image/bmp' : `image/${(await sharp(bytes).metadata()).format}`;
    expect(isSurelyOpaque(type, bytes)).toBe(opaque);
  });
});
