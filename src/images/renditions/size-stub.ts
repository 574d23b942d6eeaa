import type { Rendition } from '../../model/pdf-parts.ts';
import { emptyJpeg } from './empty-jpeg.ts';

/** Decoding it takes four bytes, whatever size it claims. */
const PIXELS = { widthPx: 1, heightPx: 1 } as const;

/**
 * Replaces an image while only its size matters: one pixel whose EXIF claims the image's size. For an SVG of that size
 * Chromium would keep a document (0.4 MB each), and it would decode a raster image of that size.
 *
 * @param natural whole pixels, at least 1 each.
 * @see https://html.spec.whatwg.org/multipage/images.html#prepare-an-image-for-presentation
 */
export function sizeStub(natural: { readonly widthPx: number; readonly heightPx: number }): Rendition {
  return { type: 'image/jpeg', bytes: emptyJpeg(PIXELS, { marker: APP1, body: exifOf(natural) }) };
}

const APP1 = 0xe1;
const HEADER = Buffer.from('Exif\0\0MM\0*\0\0\0\x08', 'latin1');
/** Field types of TIFF. */
const [SHORT, LONG, RATIONAL] = [3, 4, 5];
/** An image with 72 pixels per inch is as large in CSS pixels as it has pixels. */
const NATURAL_DPI = 72;
const INCHES = 2;

/**
 * Resolution and size. Browsers use them if they agree with each other: a pixel of 1/76 inch at 72 pixels per inch is 76
 * pixels wide, as the size says.
 *
 * @see https://www.itu.int/itudoc/itu-t/com16/tiff-fx/docs/tiff6.pdf Section 2
 */
function exifOf({ widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number }): Uint8Array {
  const [atResolutions, atSize] = [FIRST_FIELDS_AT + bytesOf(4), FIRST_FIELDS_AT + bytesOf(4) + 16];
  return Buffer.concat([
    HEADER,
    fields([
      [0x011a, RATIONAL, atResolutions],
      [0x011b, RATIONAL, atResolutions + 8],
      [0x0128, SHORT, INCHES],
      [0x8769, LONG, atSize],
    ]),
    numbers(NATURAL_DPI * PIXELS.widthPx, widthPx, NATURAL_DPI * PIXELS.heightPx, heightPx),
    fields([
      [0xa002, LONG, widthPx],
      [0xa003, LONG, heightPx],
    ]),
  ]);
}

/** Offset from the start of TIFF's own header. */
const FIRST_FIELDS_AT = 8;

/** Size of a list with this number of fields. */
function bytesOf(count: number): number {
  return 2 + 12 * count + 4;
}

function fields(all: readonly (readonly [tag: number, type: number, value: number])[]): Buffer {
  const bytes = Buffer.alloc(bytesOf(all.length));
  bytes.writeUInt16BE(all.length);
  for (const [i, [tag, type, value]] of all.entries()) {
    const at = 2 + 12 * i;
    bytes.writeUInt16BE(tag, at);
    bytes.writeUInt16BE(type, at + 2);
    bytes.writeUInt32BE(1, at + 4);
    if (type === SHORT) bytes.writeUInt16BE(value, at + 8);
    else bytes.writeUInt32BE(value, at + 8);
  }
  return bytes;
}

function numbers(...all: readonly number[]): Buffer {
  const bytes = Buffer.alloc(4 * all.length);
  for (const [i, value] of all.entries()) bytes.writeUInt32BE(value, 4 * i);
  return bytes;
}
