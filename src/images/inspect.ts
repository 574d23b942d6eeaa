import { createHash } from 'node:crypto';
import sharp from 'sharp';
import { messageOf } from '../errors.ts';
import { DEFAULT_LIMITS } from './limits.ts';
import { failed, type ImageFailed, type ImageResult, type Original } from './model.ts';
import { sniff } from './sniff.ts';
import { svgFault, svgSize } from './svg.ts';

export interface InspectOptions {
  /** Width × height of a raster. Default: {@link DEFAULT_LIMITS}. */
  readonly maxPixels?: number;
}

type Inspected = ImageResult<{ readonly image: Original }>;

/**
 * Decides from the content alone whether bytes are a whole picture, and of which type and size.
 *
 * A raster is decoded from its first row to its last, because headers survive truncation; one with too many pixels
 * is refused by its header, before anything is decoded. What is no picture is named, so that the reader of the
 * report knows what to look for: a login page, a Git LFS pointer.
 */
export async function inspectImage(bytes: Uint8Array, options: InspectOptions = {}): Promise<Inspected> {
  const sniffed = sniff(bytes);
  switch (sniffed.kind) {
    case 'raster':
      return inspectRaster(bytes, sniffed.type, options.maxPixels ?? DEFAULT_LIMITS.maxPixels);
    case 'svg':
      return inspectSvg(bytes, sniffed.text);
    case 'other':
      return failed('IMAGE_NOT_AN_IMAGE', `this is not an image but ${sniffed.what}`);
    default:
      return sniffed satisfies never;
  }
}

async function inspectRaster(bytes: Uint8Array, type: string, maxPixels: number): Promise<Inspected> {
  try {
    // Our own check on the header's numbers can name them; sharp's own limit guards the decoding all the same.
    const { width, height, autoOrient } = await sharp(bytes, { limitInputPixels: false }).metadata();
    if (width * height > maxPixels) {
      const size = `${width} × ${height} pixels`;
      return failed('IMAGE_TOO_LARGE', `the image has ${size}, more than ${maxPixels / 1e6} million`);
    }
    await decodeWhole(bytes, maxPixels);
    return { ok: true, image: original(bytes, type, autoOrient.width, autoOrient.height) };
  } catch (error) {
    return broken(type, messageOf(error));
  }
}

/** Streams every row through a shrink to a few pixels: a full decode without the memory of one. */
async function decodeWhole(bytes: Uint8Array, maxPixels: number): Promise<void> {
  await sharp(bytes, { failOn: 'warning', limitInputPixels: maxPixels, sequentialRead: true })
    .resize(8, 8, { fit: 'fill', fastShrinkOnLoad: false })
    .raw()
    .toBuffer();
}

async function inspectSvg(bytes: Uint8Array, text: string): Promise<Inspected> {
  const fault = svgFault(text);
  if (fault !== undefined) return failed('IMAGE_BROKEN', `the SVG ${fault}`);
  const { widthPx, heightPx } = svgSize(text);
  try {
    await sharp(bytes, { limitInputPixels: false }).metadata();
  } catch (error) {
    // librsvg and browsers disagree on many things, but not on whether XML is well-formed.
    const reason = messageOf(error);
    if (/XML|parse/i.test(reason)) return broken('image/svg+xml', reason);
  }
  return { ok: true, image: original(bytes, 'image/svg+xml', widthPx, heightPx) };
}

function original(bytes: Uint8Array, type: string, widthPx: number, heightPx: number): Original {
  return { bytes, sha256: createHash('sha256').update(bytes).digest('hex'), type, widthPx, heightPx };
}

/** sharp's messages name their loader and end in a line break: `VipsJpeg: premature end of JPEG image\n`. */
function broken(type: string, reason: string): ImageFailed {
  const [first = ''] = reason
    .replace(/^Input (?:buffer|file) (?:has|is) /, '')
    .split('\n')
    .filter(Boolean);
  const name = type.replace('image/', '').replace('svg+xml', 'svg').toUpperCase();
  return failed('IMAGE_BROKEN', `the ${name} is damaged: ${first.trim()}`);
}
