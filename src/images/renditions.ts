import sharp, { type Sharp } from 'sharp';
import { encodeIndexedPng } from './indexed-png.ts';
import { keepableBytes } from './keepable.ts';
import type { Original, Rendition } from './model.ts';
import { isPhotograph, measurePixels, type Pixels, paletteOf } from './pixels.ts';

/** Part of the cache key: a change of any rule in this file, or in `pixels.ts`, takes a new number. */
const RULES_VERSION = 1;

/** mozjpeg with full chroma: red letters in a photograph stay sharp. */
const PHOTOGRAPH = { quality: 82, chromaSubsampling: '4:4:4', mozjpeg: true } as const;

/** For drawings that already were a JPEG: high enough that the second loss is not seen. */
const DRAWING = { quality: 92, chromaSubsampling: '4:4:4', mozjpeg: true } as const;

/** How many times the pixels of its box a drawing may keep where that takes fewer bytes: a PDF holds them raw. */
const MAX_KEPT_PIXELS_RATIO = 4;

/** What a rendition is made from; equal keys give equal bytes. */
export function renditionKey({ sha256 }: Original, maxWidthPx: number, maxHeightPx: number): string {
  const { sharp: version, vips } = sharp.versions;
  const box = `${Math.ceil(maxWidthPx)}x${Math.ceil(maxHeightPx)}`;
  return `rendition ${RULES_VERSION} ${sha256} ${box} sharp ${version} vips ${vips} zlib ${process.versions.zlib}`;
}

/**
 * The picture as it goes into a PDF: a photograph becomes an sRGB JPEG, a drawing a PNG (with a palette where that
 * loses nothing), an SVG stays what it is. Upright, without metadata, an animation's first frame, and never more
 * pixels than the box takes or the original has. An original that fits and is no larger is kept byte for byte.
 *
 * @param original as `inspectImage` found it.
 * @param maxWidthPx device pixels: the largest printed box times the density. Likewise `maxHeightPx`.
 * @throws sharp's error if the bytes can't be decoded, which `inspectImage` would have told.
 */
export async function makeRendition(
  original: Original,
  maxWidthPx: number,
  maxHeightPx: number,
): Promise<Rendition> {
  if (original.type === 'image/svg+xml') return { bytes: original.bytes, type: original.type };
  const scale = Math.min(1, maxWidthPx / original.widthPx, maxHeightPx / original.heightPx);
  const pixels = await decode(original, scale);
  const facts = measurePixels(pixels);
  const candidates =
    facts.opaque && isPhotograph(facts)
      ? [await jpeg(pixels, PHOTOGRAPH)]
      : await drawings(original, scale, pixels, facts.opaque);
  const kept = scale === 1 ? await keepableBytes(original) : undefined;
  // First, so that it wins a tie.
  if (kept) candidates.unshift({ bytes: kept, type: original.type });
  return smallest(candidates);
}

/** Every way to keep a drawing's letters and lines sharp. */
async function drawings(
  original: Original,
  scale: number,
  pixels: Pixels,
  opaque: boolean,
): Promise<Rendition[]> {
  const candidates = [await png(pixels, opaque)];
  // Nothing is left to be lost: the original's own compression has been there before.
  if (original.type === 'image/jpeg') candidates.push(await jpeg(pixels, DRAWING));
  // Scaling blurs rims into new colours: a screenshot often takes half the bytes unscaled, and is sharper for it.
  if (scale < 1 && scale ** 2 * MAX_KEPT_PIXELS_RATIO >= 1) {
    candidates.push(await png(await decode(original, 1), opaque));
  }
  return candidates;
}

async function decode({ bytes, widthPx, heightPx }: Original, scale: number): Promise<Pixels> {
  const width = Math.max(1, Math.round(widthPx * scale));
  const height = Math.max(1, Math.round(heightPx * scale));
  const upright = sharp(bytes, {
    failOn: 'warning',
    // `inspectImage` has judged its size; a second, different limit here could only contradict it.
    limitInputPixels: false,
    sequentialRead: true,
  }).autoOrient();
  const { data, info } = await (scale === 1 ? upright : upright.resize(width, height, { fit: 'fill' }))
    .toColourspace('srgb')
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { data, widthPx: info.width, heightPx: info.height, channels: 4 };
}

async function png(pixels: Pixels, opaque: boolean): Promise<Rendition> {
  const palette = paletteOf(pixels);
  const options = { compressionLevel: 9, palette: false } as const;
  const image = opaque ? fromPixels(pixels).removeAlpha() : fromPixels(pixels);
  const full = await Promise.all([
    image
      .clone()
      .png({ ...options, adaptiveFiltering: true })
      .toBuffer(),
    // Flat paint often packs better unfiltered.
    image
      .clone()
      .png({ ...options, adaptiveFiltering: false })
      .toBuffer(),
  ]);
  const all = palette ? [encodeIndexedPng(pixels, palette), ...full] : full;
  return smallest(all.map((bytes) => ({ bytes, type: 'image/png' })));
}

async function jpeg(pixels: Pixels, options: typeof PHOTOGRAPH | typeof DRAWING): Promise<Rendition> {
  const opaque = fromPixels(pixels).flatten({ background: 'white' });
  return { bytes: await opaque.jpeg(options).toBuffer(), type: 'image/jpeg' };
}

function fromPixels({ data, widthPx, heightPx, channels }: Pixels): Sharp {
  return sharp(data, { raw: { width: widthPx, height: heightPx, channels } });
}

function smallest(candidates: readonly Rendition[]): Rendition {
  return candidates.reduce((best, next) => (next.bytes.length < best.bytes.length ? next : best));
}
