import sharp from 'sharp';
import type { Original } from './model.ts';

/** Chunks that change nothing when Chromium reads the PNG as sRGB. No text, no profile, no animation, no EXIF. */
const PLAIN_CHUNKS: ReadonlySet<string> = new Set([
  'IHDR',
  'PLTE',
  'tRNS',
  'IDAT',
  'IEND',
  'sRGB',
  'pHYs',
  'sBIT',
  'bKGD',
]);

/**
 * The original's bytes if they may go into a PDF as they are: an 8-bit sRGB JPEG or PNG that stands upright and says
 * nothing but its pixels. A JPEG loses its EXIF, XMP, IPTC and comments first, which costs no quality; a photograph's
 * place and its camera's owner are nobody's business on a handout.
 */
export async function keepableBytes({ bytes, type }: Original): Promise<Uint8Array | undefined> {
  if (type === 'image/png') return isPlainPng(bytes) ? bytes : undefined;
  if (type !== 'image/jpeg') return undefined;
  const { space, icc, orientation, depth } = await sharp(bytes).metadata();
  const plain =
    (space === 'srgb' || space === 'b-w') && !icc && (orientation ?? 1) === 1 && depth === 'uchar';
  return plain ? withoutJpegMetadata(bytes) : undefined;
}

function isPlainPng(bytes: Uint8Array): boolean {
  const view = new DataView(bytes.buffer, bytes.byteOffset, bytes.length);
  if (bytes.length < 33 || bytes[24] === 16) return false;
  for (let at = 8; at + 8 <= bytes.length; at += 12 + view.getUint32(at)) {
    const type = String.fromCharCode(...bytes.subarray(at + 4, at + 8));
    if (!PLAIN_CHUNKS.has(type)) return false;
    if (type === 'IEND') return at + 12 === bytes.length;
  }
  return false;
}

const SOS = 0xda;

/**
 * The JPEG without its APP1 to APP13 and APP15 segments and comments. APP0 (JFIF) and APP14 (Adobe) stay: they say how
 * colours are coded. Undefined if the segments do not lead to the picture.
 *
 * @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf Annex B
 */
function withoutJpegMetadata(bytes: Uint8Array): Uint8Array | undefined {
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  for (let at = 2; at + 4 <= bytes.length; ) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff || marker < 0xc0 || marker === 0xff) return undefined;
    if (marker === SOS) return Buffer.concat([...kept, bytes.subarray(at)]);
    const end = at + 2 + ((bytes[at + 2] ?? 0) << 8) + (bytes[at + 3] ?? 0);
    const isMetadata = marker === 0xfe || (marker > 0xe0 && marker <= 0xef && marker !== 0xee);
    if (!isMetadata) kept.push(bytes.subarray(at, end));
    at = end;
  }
  return undefined;
}
