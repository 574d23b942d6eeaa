import sharp from 'sharp';
import type { Original } from '../codec/original.ts';

/** Chunks that make no difference when Chromium reads the PNG as sRGB. No text, profile, animation or EXIF. */
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
 * The original's bytes if they may be put into a PDF as they are: an 8-bit sRGB JPEG or PNG that is upright and contains
 * nothing but pixels. EXIF, XMP, IPTC and comments are removed from a JPEG first, which costs no quality: the place and owner
 * of a photograph should not be on a handout.
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
const EOI = 0xd9;
/** Encodings of JPEG that all readers support: baseline, extended or progressive, with Huffman codes. */
const COMMON_FRAMES: ReadonlySet<number> = new Set([0xc0, 0xc1, 0xc2]);
/** Tables whose markers are in the range of frame markers. */
const TABLES: ReadonlySet<number> = new Set([0xc4, 0xc8, 0xcc]);

/**
 * The JPEG without its APP1 to APP13 and APP15 segments, its comments, and anything after its end, where cameras put videos
 * and second images. APP0 (JFIF) and APP14 (Adobe) stay, because they say how colors are encoded. Undefined if the segments
 * are inconsistent, or for an encoding that few programs read.
 *
 * @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf Annex B
 */
function withoutJpegMetadata(bytes: Uint8Array): Uint8Array | undefined {
  const kept: Uint8Array[] = [bytes.subarray(0, 2)];
  for (let at = 2; at + 2 <= bytes.length; ) {
    const marker = bytes[at + 1] ?? 0;
    if (bytes[at] !== 0xff || marker < 0xc0 || marker === 0xff) return undefined;
    if (marker === EOI) return Buffer.concat([...kept, bytes.subarray(at, at + 2)]);
    if (isFrame(marker) && !COMMON_FRAMES.has(marker)) return undefined;
    const segmentEnd = at + 2 + ((bytes[at + 2] ?? 0) << 8) + (bytes[at + 3] ?? 0);
    const end = marker === SOS ? scanEnd(bytes, segmentEnd) : segmentEnd;
    if (!isMetadata(marker)) kept.push(bytes.subarray(at, end));
    at = end;
  }
  return undefined;
}

function isFrame(marker: number): boolean {
  return marker <= 0xcf && !TABLES.has(marker);
}

function isMetadata(marker: number): boolean {
  return marker === 0xfe || (marker > 0xe0 && marker <= 0xef && marker !== 0xee);
}

/** Position of the next marker that is neither a stuffed byte nor a restart. */
function scanEnd(bytes: Uint8Array, from: number): number {
  for (let at = bytes.indexOf(0xff, from); at >= 0; at = bytes.indexOf(0xff, at + 1)) {
    const next = bytes[at + 1] ?? 0;
    if (next !== 0 && next !== 0xff && (next < 0xd0 || next > 0xd7)) return at;
  }
  return bytes.length;
}
