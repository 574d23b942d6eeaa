import { describe, expect, test } from 'vitest';
import { decodeBmp, isBmp } from '../../../src/images/codec/bmp.ts';
import { bmp, bmpOf, photograph } from '../pictures.ts';
import { BMP_FORMS, numbers } from './bmp-forms.ts';

describe('a compressed BMP', () => {
  test.each(BMP_FORMS.slice(-2))('of %s is transparent where it jumps', (_name, width, height, options) => {
    const { data } = decodeBmp(bmp(width, height, options));
    const transparent = Array.from({ length: width * height }, (_, i) => data[4 * i + 3] === 0);
    expect(transparent.filter(Boolean).length).toBe(width * height === 12 ? 9 : 3);
  });
});

describe('a BMP', () => {
  test('of a photograph has the pixels of the photograph', async () => {
    const picture = photograph(61, 40);
    const { data } = decodeBmp(await bmpOf(picture));
    expect(Buffer.compare(data, await picture.clone().ensureAlpha().raw().toBuffer())).toBe(0);
  });

  test('needs no padding after its last row', () => {
    expect(decodeBmp(bmp(3, 2, { bits: 24, pixels: numbers(21) })).data.length).toBe(24);
  });

  test.each(BMP_FORMS)('with %s is broken if its end is missing', (_name, width, height, options) => {
    const whole = bmp(width, height, options);
    const cut = whole.subarray(0, whole.length - Math.ceil(options.pixels.length / 2) - 1);
    expect(() => decodeBmp(cut)).toThrow('its last rows are missing');
  });

  test.each([
    ['no width', bmp(0, 2, { bits: 24, pixels: numbers(24) }), 'it has no size'],
    ['a negative width', bmp(-2, 2, { bits: 24, pixels: numbers(24) }), 'it has no size'],
    ['two bits per pixel', bmp(2, 2, { bits: 2, pixels: numbers(24) }), '2 bits per pixel are not supported'],
    [
      'a JPEG inside',
      bmp(2, 2, { bits: 24, compression: 4, pixels: numbers(24) }),
      'compression 4 with 24 bits per pixel is not supported',
    ],
    [
      'nothing but a header',
      bmp(2, 2, { bits: 24, pixels: Buffer.alloc(0) }).subarray(0, 40),
      'its header is incomplete',
    ],
  ])('with %s is refused', (_name, bytes, message) => {
    expect(() => decodeBmp(bytes)).toThrow(message);
  });

  test('is distinguished from a text with the same beginning', () => {
    expect(isBmp(Buffer.from('BMW builds cars, and has done so for a long time'))).toBe(false);
  });
});
