import type { BitDepth } from '../../model/pdf-parts.ts';
import type { Pixels } from './pixels.ts';

/** One byte a pixel: a level of gray, or the position of a colour in a palette. */
export interface Samples {
  readonly data: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
}

/** The levels of a picture without colours; undefined as soon as there is one. Takes no notice of alpha. */
export function grayOf({ data, widthPx, heightPx, channels }: Pixels): Samples | undefined {
  const levels = new Uint8Array(widthPx * heightPx);
  for (let pixel = 0, at = 0; pixel < levels.length; pixel++, at += channels) {
    const level = data[at] ?? 0;
    if (data[at + 1] !== level || data[at + 2] !== level) return undefined;
    levels[pixel] = level;
  }
  return { data: levels, widthPx, heightPx };
}

/** How opaque each pixel is; undefined if all of them are, wholly. */
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
  /** Red, green, blue of each colour, by first appearance. */
  readonly palette: Uint8Array;
}

/** The picture by the positions of its colours; undefined as soon as there are more than 256. Takes no notice of alpha. */
export function indexed({ data, widthPx, heightPx, channels }: Pixels): Indexed | undefined {
  const positions = new Map<number, number>();
  const indices = new Uint8Array(widthPx * heightPx);
  // Neighbours are mostly equal: most pixels need no look into the map.
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

/** The fewest bits that positions in a palette take. */
export function depthOfIndices({ palette }: Indexed): BitDepth {
  return ([1, 2, 4] as const).find((bits) => palette.length / 3 <= 2 ** bits) ?? 8;
}

/** The fewest bits that hold these levels without loss: 2 bits have 0, 85, 170 and 255. */
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
