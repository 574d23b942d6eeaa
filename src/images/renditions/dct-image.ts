import sharp from 'sharp';
import type { PdfImage } from '../../model/pdf-parts.ts';
import { fromPixels } from '../codec/decode-pixels.ts';
import type { Pixels } from '../codec/pixels.ts';
import { grayOf } from '../codec/samples.ts';

export type Chroma = '4:4:4' | '4:2:0';

/** The largest side that libjpeg can write. */
const MAX_JPEG_PX = 65_500;

export function fitsJpeg({ widthPx, heightPx }: Pick<Pixels, 'widthPx' | 'heightPx'>): boolean {
  return Math.max(widthPx, heightPx) <= MAX_JPEG_PX;
}

/** Pixels as a JPEG, in gray if they have no colors. Their alpha is dropped. */
export async function dctImage(pixels: Pixels, quality: number, chroma: Chroma): Promise<PdfImage> {
  const { widthPx, heightPx } = pixels;
  const gray = grayOf(pixels);
  const picture = gray
    ? sharp(gray.data, {
        raw: { width: widthPx, height: heightPx, channels: 1 },
        limitInputPixels: false,
      }).toColourspace('b-w')
    : fromPixels(pixels).removeAlpha();
  const bytes = await picture.jpeg({ quality, chromaSubsampling: chroma, mozjpeg: true }).toBuffer();
  return { widthPx, heightPx, filter: 'DCT', colours: gray ? 'gray' : 'rgb', bitsPerComponent: 8, bytes };
}

/** A JPEG as it is; undefined if PDF readers could misinterpret its colors. */
export function imageOfJpeg(jpeg: Uint8Array): PdfImage | undefined {
  const frame = frameOf(jpeg);
  if (!frame?.colours) return undefined;
  const { widthPx, heightPx, colours } = frame;
  return { widthPx, heightPx, filter: 'DCT', colours, bitsPerComponent: 8, bytes: jpeg };
}

interface Frame {
  readonly widthPx: number;
  readonly heightPx: number;
  readonly colours?: 'gray' | 'rgb';
}

/**
 * Reads the segments before the pixels. All PDF readers take three components for YCbCr only if the file says so (JFIF or
 * Adobe), or numbers them 1 to 3.
 *
 * @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf Annex B
 * @see ISO 32000-1, table 13 (ColorTransform)
 */
function frameOf(jpeg: Uint8Array): Frame | undefined {
  const view = new DataView(jpeg.buffer, jpeg.byteOffset, jpeg.length);
  let isJfif = false;
  let transform: number | undefined;
  for (let at = 2; at + 4 <= jpeg.length; at += 2 + view.getUint16(at + 2)) {
    const marker = jpeg[at + 1] ?? 0;
    const body = jpeg.subarray(at + 4, at + 2 + view.getUint16(at + 2));
    if (marker === 0xe0 && text(body).startsWith('JFIF\0')) isJfif = true;
    if (marker === 0xee && text(body).startsWith('Adobe')) transform = body[11];
    if (marker < 0xc0 || marker > 0xc2) continue;
    const [heightPx, widthPx, count] = [view.getUint16(at + 5), view.getUint16(at + 7), body[5] ?? 0];
    if (count === 1) return { widthPx, heightPx, colours: 'gray' };
    const ids = [body[6], body[9], body[12]].join();
    const isYcc =
      count === 3 &&
      (transform === undefined ? isJfif || ids === '1,2,3' : transform === 1 && ids !== 'R,G,B');
    return { widthPx, heightPx, ...(isYcc ? { colours: 'rgb' } : {}) };
  }
  return undefined;
}

function text(bytes: Uint8Array): string {
  return Buffer.from(bytes.subarray(0, 5)).toString('latin1');
}
