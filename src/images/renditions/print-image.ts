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
import type { RenditionSpec } from '../model/model.ts';
import { pdfBytes } from '../model/pdf-image.ts';
import { type Chroma, dctImage, fitsJpeg, imageOfJpeg } from './dct-image.ts';
import { flateImage, imageOfPng, maskImage } from './flate-image.ts';
import { keepableBytes } from './keepable.ts';
import { frameIndex } from './rendition-key.ts';

// If you change the results, increase the number of the rules in `rendition-key.ts`.

/** Where pixels are as small as paper shows them: below it grain goes; above it bytes buy nothing that is seen. */
const PHOTOGRAPH_QUALITY = 82;

/** Where a picture has fewer pixels than that, each of them is seen, and so is what coding does to them. */
const COARSE_PHOTOGRAPH_QUALITY = 94;

/** For drawings that already were a JPEG: high enough that the second loss is not seen. */
const DRAWING_QUALITY = 92;

/** How many times the pixels of its box a picture may keep where that takes fewer bytes. */
const MAX_KEPT_PIXELS_RATIO = 2;

/** Up to here a picture is decoded as it is, to be judged before scaling blurs it. */
const MAX_JUDGED_WHOLE_PX = 16_000_000;

/** Where so much is flat paint, Flate may take fewer bytes even of a photograph. */
const MOSTLY_FLAT_SHARE = 0.5;

/**
 * A raster as it goes into a PDF, in the fewest bytes: a photograph as a JPEG, a drawing without loss; in sRGB, upright, without
 * metadata, and with as many pixels as its box takes, or more where that takes fewer bytes. Where the original's own bytes are
 * the fewest, and a PDF can hold them, they stay as they are.
 *
 * @param original as `inspectImage` found it; no SVG.
 * @throws an `Error` if the bytes can't be decoded, which `inspectImage` would have told.
 */
export async function makePdfImage(original: Original, spec: RenditionSpec): Promise<PdfImage> {
  const scale = Math.min(1, spec.maxWidthPx / original.widthPx, spec.maxHeightPx / original.heightPx);
  const { whole, pixels } = withInk(await decoded(original, spec, scale), spec);
  const facts = measurePixels(whole ?? pixels);
  const mayKeepSize = scale ** 2 * MAX_KEPT_PIXELS_RATIO >= 1;
  const kept = mayKeepSize && !spec.gray ? await keptImage(original, whole) : undefined;
  const candidates: (PdfImage | undefined)[] = [];
  // First, so that it wins a tie.
  if (kept?.filter === 'DCT') candidates.push(kept);
  if (isPhotograph(facts)) {
    candidates.push(...(await photographs(pixels, facts, scale < 1)));
  } else {
    if (kept?.filter === 'Flate') candidates.push(kept);
    candidates.push(await flateImage(pixels));
    // Nothing is left to be lost: the original's own compression has been there before.
    if (original.type === 'image/jpeg' && fitsJpeg(pixels))
      candidates.push(await dctImage(pixels, DRAWING_QUALITY, '4:4:4'));
    // Scaling blurs rims into new colours: a screenshot may take fewer bytes unscaled, and is sharper for it.
    if (scale < 1 && mayKeepSize && whole) candidates.push(await flateImage(whole));
  }
  return smallest(candidates.filter((one) => one !== undefined));
}

function smallest(images: readonly PdfImage[]): PdfImage {
  return images.reduce((best, next) => (pdfBytes(next) < pdfBytes(best) ? next : best));
}

interface Decoded {
  /** Every pixel there is. A JPEG's are not worth their time: decoding fewer of them is much faster. */
  readonly whole?: Pixels;
  readonly pixels: Pixels;
}

function withInk({ whole, pixels }: Decoded, { gray }: RenditionSpec): Decoded {
  if (!gray) return { pixels, ...(whole ? { whole } : {}) };
  return { pixels: grayPixels(pixels), ...(whole ? { whole: grayPixels(whole) } : {}) };
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
async function keptImage(original: Original, whole: Pixels | undefined): Promise<PdfImage | undefined> {
  const bytes = await keepableBytes(original);
  if (!bytes) return undefined;
  if (original.type === 'image/jpeg') return imageOfJpeg(bytes);
  return whole && imageOfPng(original, bytes, await maskImage(whole));
}

async function photographs(pixels: Pixels, facts: PixelFacts, isScaled: boolean): Promise<PdfImage[]> {
  if (!fitsJpeg(pixels)) return [await flateImage(pixels)];
  const quality = isScaled ? PHOTOGRAPH_QUALITY : COARSE_PHOTOGRAPH_QUALITY;
  const chroma: Chroma = hasSharpColours(facts) ? '4:4:4' : '4:2:0';
  if (facts.opaque) {
    const photograph = await dctImage(pixels, quality, chroma);
    return facts.flatShare < MOSTLY_FLAT_SHARE ? [photograph] : [photograph, await flateImage(pixels)];
  }
  const [visible, mask] = [
    await dctImage(withoutAlpha(pixels), quality, chroma),
    await maskImage(pixels),
  ] as const;
  return [{ ...visible, ...(mask ? { mask } : {}) }, await flateImage(pixels)];
}
