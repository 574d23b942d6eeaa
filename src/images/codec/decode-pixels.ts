import sharp, { type Sharp } from 'sharp';
import { decodeBmp } from './bmp.ts';
import type { Original } from './original.ts';
import type { Pixels } from './pixels.ts';

/**
 * One frame of a raster image as it is displayed, including what remains of earlier frames: upright, without profile and
 * metadata.
 *
 * @param frameIndex from 0.
 */
export function openRaster({ bytes, type, frames }: Original, frameIndex: number): Sharp {
  // `inspectImage` has checked the size. A second limit here could only contradict it.
  const options = { failOn: 'warning', limitInputPixels: false, sequentialRead: true } as const;
  if (type === 'image/bmp') {
    const { data, widthPx: width, heightPx: height } = decodeBmp(bytes);
    return sharp(data, { ...options, raw: { width, height, channels: 4 } });
  }
  return sharp(bytes, { ...options, ...(frames > 1 ? { page: frameIndex } : {}) })
    .autoOrient()
    .toColourspace('srgb');
}

/** @param scale at most 1; no side becomes smaller than one pixel. */
export async function decodePixels(original: Original, frameIndex: number, scale: number): Promise<Pixels> {
  const whole = openRaster(original, frameIndex);
  return toPixels(scale === 1 ? whole : resized(whole, original, scale));
}

/** The result is the same as that of decoding at this scale. */
export async function shrinkPixels(pixels: Pixels, scale: number): Promise<Pixels> {
  return scale === 1 ? pixels : toPixels(resized(fromPixels(pixels), pixels, scale));
}

/** For sharp to encode. */
export function fromPixels({ data, widthPx, heightPx, channels }: Pixels): Sharp {
  return sharp(data, { raw: { width: widthPx, height: heightPx, channels }, limitInputPixels: false });
}

function resized(
  image: Sharp,
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
  scale: number,
): Sharp {
  const fitted = (px: number): number => Math.max(1, Math.round(px * scale));
  return image.resize(fitted(widthPx), fitted(heightPx), { fit: 'fill' });
}

async function toPixels(image: Sharp): Promise<Pixels> {
  const { data, info } = await image
    .ensureAlpha()
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return { data, widthPx: info.width, heightPx: info.height, channels: 4 };
}
