import sharp, { type Metadata } from 'sharp';
import { messageOf } from '../../model/errors.ts';
import { bmpSize, decodeBmp } from '../codec/bmp.ts';
import { gifEndsEarly } from '../codec/gif-end.ts';
import { sniff } from '../codec/sniff.ts';
import { DEFAULT_LIMITS, type ImageLimits } from '../model/limits.ts';
import { failed, type ImageFacts, type ImageFailed, type ImageResult } from '../model/model.ts';
import { embeddedRasters } from '../svg/svg-embedded.ts';

export type InspectLimits = Pick<ImageLimits, 'maxPixels' | 'maxFrames' | 'maxBytes'>;

type Inspected = ImageResult<{ readonly facts: ImageFacts }>;

/**
 * Limit of the pixels of all frames of an animation together, in frames of the largest size: 20 frames of 100 megapixels take
 * as long to decode as two thousand of one megapixel, about 20 s on one core.
 */
const ALL_FRAMES = 20;
/** Frames are decoded as one tall image, whose height libvips limits to ten million rows. */
const MAX_ROWS = 5_000_000;
const SMALL_PIXELS = 250_000;

/**
 * Decides from the content alone whether bytes are a complete image, and of which type and size.
 *
 * A raster image is decoded completely, from its first row to its last and from its first frame to its last, because a
 * truncated file has an intact header. One with too many pixels is refused by its header before anything is decoded. An SVG
 * must be one that can be made safe. A file that is no image is named, so that readers of the report know what to look for: a
 * login page, a Git LFS pointer.
 */
export async function inspectImage(
  bytes: Uint8Array,
  limits: Partial<InspectLimits> = {},
): Promise<Inspected> {
  const { maxPixels, maxFrames, maxBytes } = DEFAULT_LIMITS;
  const bounds: InspectLimits = {
    maxPixels: limits.maxPixels ?? maxPixels,
    maxFrames: limits.maxFrames ?? maxFrames,
    maxBytes: limits.maxBytes ?? maxBytes,
  };
  const sniffed = sniff(bytes, bounds.maxBytes);
  switch (sniffed.kind) {
    case 'raster':
      return sniffed.type === 'image/bmp'
        ? inspectBmp(bytes, bounds)
        : inspectRaster(bytes, sniffed.type, bounds);
    case 'svg':
      return inspectSvg(sniffed.text, bounds);
    case 'packed-svg':
      return sniffed.fault === 'damaged'
        ? broken('image/svg+xml', 'it cannot be unpacked')
        : failed(
            'IMAGE_TOO_LARGE',
            `the SVG has more than ${bounds.maxBytes / 1e6} million bytes uncompressed`,
          );
    case 'other':
      return failed('IMAGE_NOT_AN_IMAGE', `this is not an image but ${sniffed.what}`);
    default:
      return sniffed satisfies never;
  }
}

async function inspectRaster(bytes: Uint8Array, type: string, limits: InspectLimits): Promise<Inspected> {
  try {
    const metadata = await headerOf(bytes);
    const frames = framesOf(type, metadata);
    const refused = tooLarge(metadata.width, metadata.height, frames, limits);
    if (refused) return refused;
    if (type === 'image/gif' && gifEndsEarly(bytes)) return broken(type, 'its last blocks are missing');
    await decodeWhole(bytes, metadata, frames);
    // The resolution in a file is ignored: an image has as many CSS px as pixels, unless its EXIF has both a resolution and a
    // size that agree with each other (https://github.com/whatwg/html/pull/5574), which is too rare to be supported.
    const { width: widthPx, height: heightPx } = metadata.autoOrient;
    return { ok: true, facts: { type, widthPx, heightPx, frames } };
  } catch (error) {
    return broken(type, messageOf(error));
  }
}

/** sharp's own limit is off: our check of the header can say which number is too large. */
function headerOf(bytes: Uint8Array): Promise<Metadata> {
  return sharp(bytes, { limitInputPixels: false }).metadata();
}

/** The pages of a TIFF are not an animation, nor are the images of an AVIF. */
function framesOf(type: string, { pages }: Metadata): number {
  return type === 'image/gif' || type === 'image/webp' ? (pages ?? 1) : 1;
}

function tooLarge(
  width: number,
  height: number,
  frames: number,
  { maxPixels, maxFrames }: InspectLimits,
): ImageFailed | undefined {
  const size = `${width} × ${height} pixels`;
  if (width * height > maxPixels) {
    return failed('IMAGE_TOO_LARGE', `the image has ${size}, more than ${maxPixels / 1e6} million`);
  }
  if (frames > maxFrames) {
    return failed('IMAGE_TOO_LARGE', `the animation has ${frames} frames, more than ${maxFrames}`);
  }
  const most = maxPixels * ALL_FRAMES;
  if (width * height * frames > most) {
    const all = `${frames} frames of ${size}`;
    return failed('IMAGE_TOO_LARGE', `the animation has ${all}, in total more than ${most / 1e6} million`);
  }
  return undefined;
}

/**
 * A complete decode. Larger images are streamed through a reduction to a few pixels, which takes little memory. For small
 * images that reduction would take most of the time.
 */
async function decodeWhole(bytes: Uint8Array, { width, height }: Metadata, frames: number): Promise<void> {
  if (frames === 1 && width * height <= SMALL_PIXELS) {
    await sharp(bytes, { failOn: 'warning', sequentialRead: true }).raw().toBuffer();
    return;
  }
  const atOnce = Math.max(1, Math.floor(MAX_ROWS / height));
  for (let page = 0; page < frames; page += atOnce) {
    const part = frames > 1 ? { page, pages: Math.min(atOnce, frames - page) } : {};
    await sharp(bytes, { failOn: 'warning', limitInputPixels: false, sequentialRead: true, ...part })
      .resize(8, 8, { fit: 'fill', fastShrinkOnLoad: false })
      .raw()
      .toBuffer();
  }
}

function inspectBmp(bytes: Uint8Array, limits: InspectLimits): Inspected {
  try {
    const { widthPx, heightPx } = bmpSize(bytes);
    const refused = tooLarge(widthPx, heightPx, 1, limits);
    if (refused) return refused;
    decodeBmp(bytes);
    return { ok: true, facts: { type: 'image/bmp', widthPx, heightPx, frames: 1 } };
  } catch (error) {
    return broken('image/bmp', messageOf(error));
  }
}

async function inspectSvg(text: string, limits: InspectLimits): Promise<Inspected> {
  // Parsers of XML and CSS take as long to load as sharp does, and most images are not SVG.
  const { makeSvgSafe } = await import('../svg/svg-safe.ts');
  const { svgSize } = await import('../svg/svg.ts');
  const safe = makeSvgSafe(text);
  if (!safe.ok) return failed('IMAGE_BROKEN', `the SVG ${safe.fault}`);
  // A browser decodes the images inside of an SVG like any others, and leaves out broken ones.
  for (const raster of embeddedRasters(safe.svg)) {
    const { width, height } = await headerOf(raster).catch(() => ({ width: 0, height: 0 }));
    const refused = tooLarge(width, height, 1, limits);
    if (refused) return refused;
  }
  return { ok: true, facts: { type: 'image/svg+xml', ...svgSize(safe.svg), frames: 1 } };
}

/**
 * sharp's messages begin with the name of their loader and end with a line break: `VipsJpeg: premature end of JPEG image\n`.
 */
function broken(type: string, reason: string): ImageFailed {
  const [first = ''] = reason
    .replace(/^Input (?:buffer|file) (?:has|is) /, '')
    .split('\n')
    .filter(Boolean);
  const name = type.replace('image/', '').replace('svg+xml', 'svg').toUpperCase();
  return failed('IMAGE_BROKEN', `the ${name} is damaged: ${first.trim()}`);
}
