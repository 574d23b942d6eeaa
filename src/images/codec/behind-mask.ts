import type { Pixels } from './pixels.ts';

/** Side of the blocks that a JPEG encodes separately, with halved chroma. */
const BLOCK_PX = 16;

/**
 * The pixels without alpha, for a JPEG that has a mask. Hidden pixels get the mean color of the visible ones in their block,
 * so that no other color bleeds into the visible edge, at almost no cost in bytes.
 */
export function withoutAlpha(pixels: Pixels): Pixels {
  const { widthPx, heightPx } = pixels;
  const data = Buffer.alloc(widthPx * heightPx * 3);
  let mean: Colour = [255, 255, 255];
  for (let top = 0; top < heightPx; top += BLOCK_PX) {
    for (let left = 0; left < widthPx; left += BLOCK_PX) {
      // An invisible block repeats the last color of the block before it.
      mean = visibleMean(pixels, left, top) ?? mean;
      eachPixel(pixels, left, top, (index, [red, green, blue, alpha]) => {
        data.set(alpha === 0 ? mean : [red, green, blue], index * 3);
      });
    }
  }
  return { data, widthPx, heightPx, channels: 3 };
}

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
