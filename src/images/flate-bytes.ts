import { promisify } from 'node:util';
import { deflate } from 'node:zlib';
import type { Pixels } from './pixels.ts';

const compress = promisify(deflate);

/**
 * Bytes that a PNG of these pixels takes in a PDF of Chromium's: whatever the file was like, three bytes a pixel,
 * unfiltered, deflated by zlib at its default level; what is not opaque has its alpha beside them as a second picture.
 * Exact for opaque pixels, and within some percent for others.
 *
 * @see https://skia.googlesource.com/skia/+/main/src/pdf/SkPDFBitmap.cpp
 */
export async function flateBytes(pixels: Pixels): Promise<number> {
  const { data, widthPx, heightPx, channels } = pixels;
  const rgb = Buffer.alloc(widthPx * heightPx * 3);
  const alphas = Buffer.alloc(widthPx * heightPx, 255);
  let opaque = true;
  for (let from = 0, to = 0, pixel = 0; from < data.length; from += channels, to += 3, pixel++) {
    const alpha = channels === 4 ? (data[from + 3] ?? 0) : 255;
    if (alpha !== 255) opaque = false;
    alphas[pixel] = alpha;
    for (let channel = 0; channel < 3; channel++) {
      rgb[to + channel] = throughAlpha(data[from + channel] ?? 0, alpha);
    }
  }
  const streams = await Promise.all((opaque ? [rgb] : [rgb, alphas]).map((stream) => compress(stream)));
  return streams.reduce((sum, { length }) => sum + length, 0);
}

/** A colour after it was multiplied by its alpha and divided again, which Skia does with every picture. */
function throughAlpha(colour: number, alpha: number): number {
  if (alpha === 255) return colour;
  return alpha === 0 ? 0 : Math.min(255, Math.round((Math.round((colour * alpha) / 255) * 255) / alpha));
}
