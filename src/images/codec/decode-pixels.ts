import sharp, { type Sharp } from 'sharp';
import { decodeBmp } from './bmp.ts';
import type { Original } from './original.ts';
import type { Pixels } from './pixels.ts';
import { isSurelyOpaque } from './surely-opaque.ts';

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
  const channels = isSurelyOpaque(original.type, original.bytes) ? 3 : 4;
  return toPixels(scale === 1 ? whole : resized(whole, original, scale), channels);
}

/** The result looks the same as that of decoding at this scale. */
export async function shrinkPixels(pixels: Pixels, scale: number): Promise<Pixels> {
  return scale === 1 ? pixels : toPixels(resized(fromPixels(pixels), pixels, scale), pixels.channels);
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

async function toPixels(image: Sharp, channels: Pixels['channels']): Promise<Pixels> {
  const { data, info } = await (channels === 3 ? image.removeAlpha() : image.ensureAlpha())
    .raw({ depth: 'uchar' })
    .toBuffer({ resolveWithObject: true });
  return withoutIdleAlpha({ data, widthPx: info.width, heightPx: info.height, channels });
}

/** The same pixels, without their alpha if none of them is transparent: many PNGs have alpha that hides nothing. */
function withoutIdleAlpha(pixels: Pixels): Pixels {
  const { data, widthPx, heightPx, channels } = pixels;
  if (channels === 3 || !isOpaque(data)) return pixels;
  const rgb = Buffer.allocUnsafe(widthPx * heightPx * 3);
  for (let from = 0, to = 0; from < data.length; from += 4, to += 3) {
    rgb[to] = data[from] ?? 0;
    rgb[to + 1] = data[from + 1] ?? 0;
    rgb[to + 2] = data[from + 2] ?? 0;
  }
  return { data: rgb, widthPx, heightPx, channels: 3 };
}

function isOpaque(rgba: Uint8Array): boolean {
  for (let i = 3; i < rgba.length; i += 4) if (rgba[i] !== 255) return false;
  return true;
}
