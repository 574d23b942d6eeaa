import type { Pixels } from './pixels.ts';

/**
 * The pixels without alpha, for an image that has a mask. A hidden pixel gets the color of a visible neighbor, because
 * viewers that scale image and mask separately mix the colors at the edge. Further away it repeats the pixel before it, which
 * takes almost no bytes.
 */
export function visibleColours(pixels: Pixels): Pixels {
  const { data, widthPx, heightPx, channels } = pixels;
  if (channels === 3) return pixels;
  const rgb = Buffer.alloc(widthPx * heightPx * 3);
  for (let y = 0, pixel = 0, to = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, pixel++, to += 3) {
      const from = data[pixel * 4 + 3] === 0 ? visibleNeighbour(pixels, x, y) : pixel;
      if (from === undefined) {
        if (pixel > 0) rgb.copyWithin(to, to - 3, to);
        else rgb.fill(255, 0, 3);
        continue;
      }
      rgb[to] = data[from * 4] ?? 0;
      rgb[to + 1] = data[from * 4 + 1] ?? 0;
      rgb[to + 2] = data[from * 4 + 2] ?? 0;
    }
  }
  return { data: rgb, widthPx, heightPx, channels: 3 };
}

/** Distances to the neighbors in x and y: first those that share a side. */
const STEPS_X = [-1, 1, 0, 0, -1, 1, -1, 1] as const;
const STEPS_Y = [0, 0, -1, 1, -1, -1, 1, 1] as const;

function visibleNeighbour({ data, widthPx, heightPx }: Pixels, x: number, y: number): number | undefined {
  for (let step = 0; step < STEPS_X.length; step++) {
    const left = x + (STEPS_X[step] ?? 0);
    const top = y + (STEPS_Y[step] ?? 0);
    if (left < 0 || top < 0 || left >= widthPx || top >= heightPx) continue;
    if (data[(top * widthPx + left) * 4 + 3] !== 0) return top * widthPx + left;
  }
  return undefined;
}
