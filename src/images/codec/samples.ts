import type { BitDepth } from '../../model/pdf-parts.ts';
import type { Pixels } from './pixels.ts';

/** One byte per pixel: a gray level, or the index of a color in a palette. */
export interface Samples {
  readonly data: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** The levels of an image without colors; undefined if there is a color. Ignores alpha. */
export function grayOf({ data, widthPx, heightPx, channels }: Pixels): Samples | undefined {
  const levels = new Uint8Array(widthPx * heightPx);
  for (let pixel = 0, at = 0; pixel < levels.length; pixel++, at += channels) {
    const level = data[at] ?? 0;
    if (data[at + 1] !== level || data[at + 2] !== level) return undefined;
    levels[pixel] = level;
  }
  return { data: levels, widthPx, heightPx };
}

/** The opacity of each pixel; undefined if all pixels are fully opaque. */
export function alphaOf({ data, widthPx, heightPx, channels }: Pixels): Samples | undefined {
  if (channels === 3) return undefined;
  const alphas = new Uint8Array(widthPx * heightPx);
  let opaque = true;
  for (let pixel = 0, at = 3; pixel < alphas.length; pixel++, at += 4) {
    const alpha = data[at] ?? 0;
    if (alpha !== 255) opaque = false;
    alphas[pixel] = alpha;
  }
  return opaque ? undefined : { data: alphas, widthPx, heightPx };
}

export interface Indexed extends Samples {
  /** Red, green, blue of each color, in order of first appearance. */
  readonly palette: Uint8Array;
}

/** The image as indices of its colors; undefined if it has more than 256. Ignores alpha. */
export function indexed({ data, widthPx, heightPx, channels }: Pixels): Indexed | undefined {
  const positions = new Map<number, number>();
  const indices = new Uint8Array(widthPx * heightPx);
  // Neighbors are mostly equal, so most pixels need no lookup in the map.
  let [last, position] = [-1, 0];
  for (let pixel = 0, at = 0; pixel < indices.length; pixel++, at += channels) {
    const colour = ((data[at] ?? 0) << 16) | ((data[at + 1] ?? 0) << 8) | (data[at + 2] ?? 0);
    if (colour !== last) {
      const known = positions.get(colour);
      if (known === undefined && positions.size === 256) return undefined;
      position = known ?? positions.size;
      if (known === undefined) positions.set(colour, position);
      last = colour;
    }
    indices[pixel] = position;
  }
  const palette = Buffer.from(
    [...positions.keys()].flatMap((colour) => [colour >> 16, (colour >> 8) & 255, colour & 255]),
  );
  return { data: indices, widthPx, heightPx, palette };
}

/** The smallest number of bits that hold the indices of a palette. */
export function depthOfIndices({ palette }: Indexed): BitDepth {
  return ([1, 2, 4] as const).find((bits) => palette.length / 3 <= 2 ** bits) ?? 8;
}

/** The smallest number of bits that hold these levels without loss: 2 bits hold 0, 85, 170 and 255. */
export function depthOfLevels({ data }: Samples): BitDepth {
  const used = new Uint8Array(256);
  for (const level of data) used[level] = 1;
  const levels = [...used.keys()].filter((level) => used[level] === 1);
  return ([1, 2, 4] as const).find((bits) => levels.every((level) => level % stepOf(bits) === 0)) ?? 8;
}

/** Levels as samples of fewer bits. */
export function levelsInBits(levels: Samples, bits: BitDepth): Samples {
  if (bits === 8) return levels;
  const step = stepOf(bits);
  return { ...levels, data: levels.data.map((level) => level / step) };
}

function stepOf(bits: BitDepth): number {
  return 255 / (2 ** bits - 1);
}
