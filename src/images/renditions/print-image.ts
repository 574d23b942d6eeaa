import type { PdfImage } from '../../model/pdf-parts.ts';
import { withoutAlpha } from '../codec/behind-mask.ts';
import { decodePixels, shrinkPixels } from '../codec/decode-pixels.ts';
import { grayPixels } from '../codec/gray-pixels.ts';
import type { Original } from '../codec/original.ts';
import {
  hasSharpColours,
  isPhotograph,
  measurePixels,
  type PixelFacts,
  type Pixels,
} from '../codec/pixels.ts';
import { MAX_OVERESTIMATE } from '../codec/rows-draft.ts';
import type { RenditionSpec } from '../model/model.ts';
import { pdfBytes } from '../model/pdf-image.ts';
import { type Chroma, dctImage, fitsJpeg, imageOfJpeg } from './dct-image.ts';
import { draftFlate, type ImageDraft, imageOfPng, maskImage } from './flate-image.ts';
import { keepableBytes } from './keepable.ts';
import { frameIndex } from './rendition-key.ts';

// If you change the results, increase the number of the rules in `rendition-key.ts`.

/**
 * Quality for images with as many pixels as paper can show. Below it grain is lost; above it the difference is not visible.
 */
const PHOTOGRAPH_QUALITY = 82;

/** Quality for images with fewer pixels than that: each pixel is visible, and so are artifacts. */
const COARSE_PHOTOGRAPH_QUALITY = 94;

/** For drawings that were already a JPEG: high enough that the second loss is not visible. */
const DRAWING_QUALITY = 92;

/** How many times the pixels of its box an image may keep, if that takes fewer bytes. */
const MAX_KEPT_PIXELS_RATIO = 2;

/** Up to this size an image is analyzed without scaling, which would blur it. */
const MAX_JUDGED_WHOLE_PX = 16_000_000;

/** With this share of flat areas, Flate may take fewer bytes even for a photograph. */
const MOSTLY_FLAT_SHARE = 0.5;

/**
 * A raster image in the form that a PDF holds, in as few bytes as possible: a photograph as a JPEG, a drawing without loss;
 * in sRGB, upright, without metadata, and with as many pixels as its box needs, or more if that takes fewer bytes. If the
 * original's own bytes are the fewest, and a PDF can hold them, they are used.
 *
 * @param original as `inspectImage` returned it; not an SVG.
 * @throws an `Error` if the bytes cannot be decoded, which `inspectImage` would have found.
 */
export async function makePdfImage(original: Original, spec: RenditionSpec): Promise<PdfImage> {
  const scale = Math.min(1, spec.maxWidthPx / original.widthPx, spec.maxHeightPx / original.heightPx);
  const { whole, pixels } = withInk(await decoded(original, spec, scale), spec);
  const facts = measurePixels(whole ?? pixels);
  const maskOf = maskOnce();
  const mayKeepSize = scale ** 2 * MAX_KEPT_PIXELS_RATIO >= 1;
  const kept = mayKeepSize && !spec.gray ? await keptImage(original, whole, maskOf) : undefined;
  const flate = async (of: Pixels): Promise<ImageDraft> => withMask(await draftFlate(of), await maskOf(of));
  if (isPhotograph(facts)) {
    // The original first, so that it wins a tie.
    const made = kept?.filter === 'DCT' ? [kept] : [];
    if (!fitsJpeg(pixels)) return smallest(made, [await flate(pixels)]);
    const photograph = await photographOf(pixels, facts, scale < 1, maskOf);
    const mayBeFlate = pixels.channels === 4 || facts.flatShare >= MOSTLY_FLAT_SHARE;
    return smallest([...made, photograph], mayBeFlate ? [await flate(pixels)] : []);
  }
  const made = kept ? [kept] : [];
  // A second compression loses nothing more: the original was compressed before.
  if (original.type === 'image/jpeg' && fitsJpeg(pixels))
    made.push(await dctImage(pixels, DRAWING_QUALITY, '4:4:4'));
  const drafts = [await flate(pixels)];
  // Scaling blurs edges into new colors: a screenshot may take fewer bytes unscaled, and is sharper.
  if (scale < 1 && mayKeepSize && whole) drafts.push(await flate(whole));
  return smallest(made, drafts);
}

/** The smallest image. Drafts that cannot be the smallest are not made. */
async function smallest(made: readonly PdfImage[], drafts: readonly ImageDraft[]): Promise<PdfImage> {
  let best = made.reduce<PdfImage | undefined>(smaller, undefined);
  for (const draft of [...drafts].sort((a, b) => a.likelyBytes - b.likelyBytes)) {
    if (best && draft.likelyBytes > pdfBytes(best) * MAX_OVERESTIMATE) break;
    best = smaller(best, await draft.make());
  }
  if (!best) throw new Error('there is no way to encode the image');
  return best;
}

function smaller(best: PdfImage | undefined, next: PdfImage): PdfImage {
  return best && pdfBytes(best) <= pdfBytes(next) ? best : next;
}

type MaskOf = (pixels: Pixels) => Promise<PdfImage | undefined>;

/** Several candidates need the same mask. */
function maskOnce(): MaskOf {
  const masks = new Map<Pixels, Promise<PdfImage | undefined>>();
  return (pixels) => {
    const mask = masks.get(pixels) ?? maskImage(pixels);
    masks.set(pixels, mask);
    return mask;
  };
}

function withMask(draft: ImageDraft, mask: PdfImage | undefined): ImageDraft {
  if (!mask) return draft;
  return {
    likelyBytes: draft.likelyBytes + pdfBytes(mask),
    make: async () => ({ ...(await draft.make()), mask }),
  };
}

interface Decoded {
  /** All pixels. Not for a JPEG: decoding it at a smaller scale is much faster. */
  readonly whole?: Pixels;
  readonly pixels: Pixels;
}

function withInk({ whole, pixels }: Decoded, { gray }: RenditionSpec): Decoded {
  if (!gray) return { pixels, ...(whole ? { whole } : {}) };
  const inGray = grayPixels(pixels);
  return { pixels: inGray, ...(whole ? { whole: whole === pixels ? inGray : grayPixels(whole) } : {}) };
}

async function decoded(original: Original, spec: RenditionSpec, scale: number): Promise<Decoded> {
  const { type, widthPx, heightPx, frames } = original;
  const frame = frameIndex(frames, spec.frame);
  if (scale < 1 && (type === 'image/jpeg' || widthPx * heightPx > MAX_JUDGED_WHOLE_PX)) {
    return { pixels: await decodePixels(original, frame, scale) };
  }
  const whole = await decodePixels(original, frame, 1);
  return { whole, pixels: await shrinkPixels(whole, scale) };
}

/** The original's own bytes. */
async function keptImage(
  original: Original,
  whole: Pixels | undefined,
  maskOf: MaskOf,
): Promise<PdfImage | undefined> {
  const bytes = await keepableBytes(original);
  if (!bytes) return undefined;
  if (original.type === 'image/jpeg') return imageOfJpeg(bytes);
  const rows = whole && imageOfPng(original, bytes);
  const mask = rows && (await maskOf(whole));
  return rows && { ...rows, ...(mask ? { mask } : {}) };
}

async function photographOf(
  pixels: Pixels,
  facts: PixelFacts,
  isScaled: boolean,
  maskOf: MaskOf,
): Promise<PdfImage> {
  const quality = isScaled ? PHOTOGRAPH_QUALITY : COARSE_PHOTOGRAPH_QUALITY;
  const chroma: Chroma = hasSharpColours(facts) ? '4:4:4' : '4:2:0';
  const mask = await maskOf(pixels);
  if (!mask) return dctImage(pixels, quality, chroma);
  return { ...(await dctImage(withoutAlpha(pixels), quality, chroma)), mask };
}
