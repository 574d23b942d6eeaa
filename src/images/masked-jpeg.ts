import { dataUrl } from './data-url.ts';
import { encodeIndexedPng } from './indexed-png.ts';
import type { Rendition } from './model.ts';
import { type Pixels, paletteOf } from './pixels.ts';

/** Side of the squares that a JPEG codes on their own, with halved chroma. */
const BLOCK_PX = 16;

/**
 * The pixels without alpha, for a JPEG that lies behind a mask. What is hidden takes the mean colour of what is visible
 * around it, so that nothing bleeds into the visible rim of a block, and costs next to no bytes.
 */
export function withoutAlpha(pixels: Pixels): Pixels {
  const { widthPx, heightPx } = pixels;
  const data = Buffer.alloc(widthPx * heightPx * 3);
  let mean: Colour = [255, 255, 255];
  for (let top = 0; top < heightPx; top += BLOCK_PX) {
    for (let left = 0; left < widthPx; left += BLOCK_PX) {
      // An invisible block goes on as the one before it ended.
      mean = visibleMean(pixels, left, top) ?? mean;
      eachPixel(pixels, left, top, (index, [red, green, blue, alpha]) => {
        data.set(alpha === 0 ? mean : [red, green, blue], index * 3);
      });
    }
  }
  return { data, widthPx, heightPx, channels: 3 };
}

/** The alpha alone, on white. */
export function maskOf({ data, widthPx, heightPx, channels }: Pixels): Pixels {
  const mask = Buffer.alloc(widthPx * heightPx * 4, 255);
  for (let i = 3; i < mask.length; i += 4) mask[i] = channels === 4 ? (data[i] ?? 0) : 255;
  return { data: mask, widthPx, heightPx, channels: 4 };
}

/** A part of a picture, in its pixels. */
export interface Part {
  readonly left: number;
  readonly top: number;
  readonly pixels: Pixels;
}

/**
 * What is not wholly transparent, with one pixel more on every side. Viewers draw a picture's outermost pixels a little
 * beyond its mask: where nothing is to be seen, no picture may end.
 */
export function visiblePart(pixels: Pixels): Part {
  const { data, widthPx, heightPx, channels } = pixels;
  let [left, top, right, bottom] = [widthPx, heightPx, 0, 0];
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      if (channels === 4 && data[(y * widthPx + x) * 4 + 3] === 0) continue;
      left = Math.min(left, Math.max(x - 1, 0));
      right = Math.max(right, Math.min(x + 2, widthPx));
      top = Math.min(top, Math.max(y - 1, 0));
      bottom = Math.max(bottom, Math.min(y + 2, heightPx));
    }
  }
  if (right <= left || bottom <= top) return { left: 0, top: 0, pixels };
  const [width, height] = [right - left, bottom - top];
  const part = Buffer.alloc(width * height * channels);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * widthPx + left) * channels;
    part.set(data.subarray(from, from + width * channels), y * width * channels);
  }
  return { left, top, pixels: { data: part, widthPx: width, heightPx: height, channels } };
}

/**
 * A JPEG that shows only as much as a mask lets through, as an SVG. Chromium puts the JPEG into a PDF byte for byte,
 * and the mask with as many pixels as it has: `mask-type="alpha"`, since a mask of luminance is drawn anew, at 300 ppi.
 *
 * @param mask as {@link maskOf} makes it, of the JPEG's size.
 * @param part where both lie in the whole picture.
 * @see https://www.w3.org/TR/css-masking-1/#the-mask-type
 */
export function maskedJpeg(
  jpeg: Uint8Array,
  mask: Pixels,
  part: Omit<Part, 'pixels'>,
  whole: Size,
): Rendition {
  const size = `width="${whole.widthPx}" height="${whole.heightPx}"`;
  const box = `x="${part.left}" y="${part.top}" width="${mask.widthPx}" height="${mask.heightPx}"`;
  // At most 256 alphas, all of them white.
  const png = encodeIndexedPng(mask, paletteOf(mask) ?? new Map());
  const svg =
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${whole.widthPx} ${whole.heightPx}" preserveAspectRatio="none">` +
    `<mask id="m" mask-type="alpha" maskUnits="userSpaceOnUse" ${box}>` +
    `<image ${box} href="${dataUrl('image/png', png)}"/></mask>` +
    `<image ${box} mask="url(#m)" href="${dataUrl('image/jpeg', jpeg)}"/></svg>`;
  return { bytes: Buffer.from(svg), type: 'image/svg+xml' };
}

type Size = Pick<Pixels, 'widthPx' | 'heightPx'>;

type Colour = readonly [red: number, green: number, blue: number];

function visibleMean(pixels: Pixels, left: number, top: number): Colour | undefined {
  let [red, green, blue, weight] = [0, 0, 0, 0];
  eachPixel(pixels, left, top, (_, [r, g, b, alpha]) => {
    red += r * alpha;
    green += g * alpha;
    blue += b * alpha;
    weight += alpha;
  });
  return weight === 0 ? undefined : [red / weight, green / weight, blue / weight];
}

function eachPixel(
  { data, widthPx, heightPx, channels }: Pixels,
  left: number,
  top: number,
  visit: (index: number, colour: readonly [...Colour, alpha: number]) => void,
): void {
  for (let y = top; y < Math.min(heightPx, top + BLOCK_PX); y++) {
    for (let x = left; x < Math.min(widthPx, left + BLOCK_PX); x++) {
      const index = y * widthPx + x;
      const at = index * channels;
      const alpha = channels === 4 ? (data[at + 3] ?? 0) : 255;
      visit(index, [data[at] ?? 0, data[at + 1] ?? 0, data[at + 2] ?? 0, alpha]);
    }
  }
}
