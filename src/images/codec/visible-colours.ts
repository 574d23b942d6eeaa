import type { Pixels } from './pixels.ts';

/**
 * The pixels without alpha, for an image that has a mask. A hidden pixel gets the color of a visible neighbor, because
 * viewers that scale image and mask separately mix the colors at the edge. Further away it repeats the pixel before it, which
 * takes almost no bytes.
 */
export function visibleColours(pixels: Pixels): Pixels {
  const { data, widthPx, heightPx, channels } = pixels;
  const rgb = Buffer.alloc(widthPx * heightPx * 3);
  for (let y = 0, pixel = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, pixel++) {
      const from = isVisible(pixels, x, y) ? pixel : visibleNeighbour(pixels, x, y);
      const to = pixel * 3;
      if (from === undefined) {
        if (pixel > 0) rgb.copyWithin(to, to - 3, to);
        else rgb.fill(255, 0, 3);
        continue;
      }
      const at = from * channels;
      rgb[to] = data[at] ?? 0;
      rgb[to + 1] = data[at + 1] ?? 0;
      rgb[to + 2] = data[at + 2] ?? 0;
    }
  }
  return { data: rgb, widthPx, heightPx, channels: 3 };
}

function isVisible({ data, widthPx, channels }: Pixels, x: number, y: number): boolean {
  return channels === 3 || data[(y * widthPx + x) * channels + 3] !== 0;
}

const NEIGHBOURS = [
  [-1, 0],
  [1, 0],
  [0, -1],
  [0, 1],
  [-1, -1],
  [1, -1],
  [-1, 1],
  [1, 1],
] as const;

function visibleNeighbour(pixels: Pixels, x: number, y: number): number | undefined {
  const { widthPx, heightPx } = pixels;
  for (const [dx, dy] of NEIGHBOURS) {
    const [left, top] = [x + dx, y + dy];
    if (left < 0 || top < 0 || left >= widthPx || top >= heightPx) continue;
    if (isVisible(pixels, left, top)) return top * widthPx + left;
  }
  return undefined;
}
