/** Decoded pixels: rows from the top, `channels` bytes per pixel (3: RGB, all opaque; 4: RGBA), sRGB, 8 bits. */
export interface Pixels {
  readonly data: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly channels: 3 | 4;
}

/** Statistics of an image's pixels. Shares are of the visible pixels that were sampled. */
export interface PixelFacts {
  /** Pixels of exactly the same color as their left neighbor: many in drawings, few in photographs. */
  readonly flatShare: number;
  /** Pixels that differ from the line through their neighbors by 3 to 32 levels: grain, foliage, skin. */
  readonly textureShare: number;
  /** Pixels that differ from that line by more: edges of letters and shapes. */
  readonly edgeShare: number;
  /** Pixels whose hue or saturation differs sharply from their left neighbor's: edges of red letters. */
  readonly sharpColourShare: number;
}

const TEXTURE_FROM = 3;
const EDGE_FROM = 33;
const SHARP_COLOUR_FROM = 96;
/** Of larger images, only some rows are sampled. */
const ENOUGH_SAMPLES = 200_000;

/**
 * Measures pixels in triples of horizontal neighbors a, b, c that are all visible, by the second difference |a − 2b + c|, the
 * largest of the three channels. It is 0 in flat areas and at most 2 in any gradient, however steep, which a plain difference
 * of neighbors would take for texture.
 */
export function measurePixels({ data, widthPx, heightPx, channels }: Pixels): PixelFacts {
  let [samples, flat, texture, edge, sharp] = [0, 0, 0, 0, 0];
  const rowStep = Math.ceil((widthPx * heightPx) / ENOUGH_SAMPLES);
  for (let y = 0; y < heightPx; y += rowStep) {
    const row = y * widthPx * channels;
    for (let i = row + channels; i < row + (widthPx - 1) * channels; i += channels) {
      if (channels === 4 && !(data[i - 1] && data[i + 3] && data[i + 7])) continue;
      samples++;
      const bend = Math.max(
        secondDifference(data, i, channels),
        secondDifference(data, i + 1, channels),
        secondDifference(data, i + 2, channels),
      );
      if (bend >= EDGE_FROM) edge++;
      else if (bend >= TEXTURE_FROM) texture++;
      if (sameColour(data, i - channels, i)) flat++;
      else if (colourJump(data, i - channels, i) >= SHARP_COLOUR_FROM) sharp++;
    }
  }
  const share = (count: number): number => count / Math.max(1, samples);
  return {
    // With nothing to measure, the image counts as flat.
    flatShare: samples === 0 ? 1 : share(flat),
    textureShare: share(texture),
    edgeShare: share(edge),
    sharpColourShare: share(sharp),
  };
}

/**
 * Whether a JPEG suits the image: it has texture, and the texture does not come from letters and lines, whose antialiased
 * edges count as edge and as texture; or almost nothing in it is flat; or it is soft everywhere, so that it has no edges that
 * could suffer. Thresholds: `test/images/codec/pixels.test.ts`.
 */
export function isPhotograph({ flatShare, textureShare, edgeShare }: PixelFacts): boolean {
  const isGrainy = flatShare < 0.06;
  const isSoft = edgeShare < 0.004 && flatShare < 0.5;
  return isGrainy || isSoft || (textureShare >= 0.1 && textureShare > 4.5 * edgeShare);
}

/** Whether halving its color resolution, as most JPEGs do, would be visible. */
export function hasSharpColours({ sharpColourShare }: PixelFacts): boolean {
  return sharpColourShare > 0.0002;
}

function secondDifference(data: Uint8Array, i: number, channels: number): number {
  return Math.abs((data[i - channels] ?? 0) - 2 * (data[i] ?? 0) + (data[i + channels] ?? 0));
}

function sameColour(data: Uint8Array, a: number, b: number): boolean {
  return data[a] === data[b] && data[a + 1] === data[b + 1] && data[a + 2] === data[b + 2];
}

/** The difference of two pixels in what a JPEG calls chroma; 0 for any two grays. */
function colourJump(data: Uint8Array, a: number, b: number): number {
  const green = (data[b + 1] ?? 0) - (data[a + 1] ?? 0);
  const red = (data[b] ?? 0) - (data[a] ?? 0);
  const blue = (data[b + 2] ?? 0) - (data[a + 2] ?? 0);
  return Math.max(Math.abs(red - green), Math.abs(blue - green));
}
