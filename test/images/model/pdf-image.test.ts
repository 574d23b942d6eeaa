import { describe, expect, test } from 'vitest';
import { packPdfImage, pdfBytes, unpackPdfImage } from '../../../src/images/model/pdf-image.ts';
import type { PdfImage } from '../../../src/model/pdf-parts.ts';

const GRAY: PdfImage = {
  ...{ widthPx: 2, heightPx: 3, filter: 'Flate', colours: 'gray', bitsPerComponent: 1 },
  bytes: Buffer.from([10, 0, 255]),
};
const INDEXED: PdfImage = { ...GRAY, colours: 'indexed', palette: Buffer.from([1, 10, 3, 4, 5, 6]) };

const plain = (image: PdfImage): unknown => JSON.parse(JSON.stringify(image));

describe('an image that was packed is the same after unpacking', () => {
  test.each<[string, PdfImage]>([
    ['in gray', GRAY],
    ['with a palette', INDEXED],
    ['with a mask', { ...GRAY, filter: 'DCT', bitsPerComponent: 8, mask: GRAY }],
    ['with a palette and a mask', { ...INDEXED, mask: GRAY }],
    ['without a byte', { ...GRAY, bytes: Buffer.alloc(0) }],
  ])('%s', (_what, image) => {
    expect(plain(unpackPdfImage(packPdfImage(image)))).toEqual(plain(image));
  });
});

test('the bytes of an image are those of its palette and its mask as well', () => {
  expect(pdfBytes({ ...INDEXED, mask: GRAY })).toBe(3 + 6 + 3);
});
