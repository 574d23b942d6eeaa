/** Decoded pixels: rows from the top, `channels` bytes a pixel (3: RGB, 4: RGBA), sRGB, 8 bits. */
export interface Pixels {
  readonly data: Uint8Array;
  readonly widthPx: number;
  readonly heightPx: number;
  readonly channels: 3 | 4;
}

/** What a look at the pixels says about a picture. Shares are of the visible samples that were looked at. */
export interface PixelFacts {
  /** No pixel lets the paper through. */
  readonly opaque: boolean;
  /** Pixels with exactly their left neighbour's colour: paint has many, a sensor few. */
  readonly flatShare: number;
  /** Pixels off the line through their neighbours by 3 to 32 levels: grain, foliage, skin. */
  readonly textureShare: number;
  /** Pixels off that line by more: the rims of letters and shapes. */
  readonly edgeShare: number;
  /** Pixels whose hue or saturation jumps from their left neighbour's: the rims of red letters. */
  readonly sharpColourShare: number;
}

const TEXTURE_FROM = 3;
const EDGE_FROM = 33;
const SHARP_COLOUR_FROM = 96;
/** Of a picture with more pixels, only every so many rows are looked at. */
const ENOUGH_SAMPLES = 2_000_000;

/**
 * Measures pixels in triples of horizontal neighbours a, b, c, where all of them are visible, by the second difference |a − 2b + c|, the largest of
 * the three colours. It is 0 on flat paint and at most 2 on a gradient however steep, which a mere difference of
 * neighbours would take for texture.
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
    opaque: isOpaque(data, channels),
    // Where there is nothing to look at, nothing speaks against flat paint.
    flatShare: samples === 0 ? 1 : share(flat),
    textureShare: share(texture),
    edgeShare: share(edge),
    sharpColourShare: share(sharp),
  };
}

/**
 * Whether a JPEG suits the picture: it has texture, and the texture does not come from letters and lines, whose
 * antialiased rims are as much edge as texture; or hardly anything in it is flat; or it is soft all over, so that
 * there is no rim to spoil. Thresholds: `test/images/codec/pixels.test.ts`.
 */
export function isPhotograph({ flatShare, textureShare, edgeShare }: PixelFacts): boolean {
  const isGrainy = flatShare < 0.06;
  const isSoft = edgeShare < 0.004 && flatShare < 0.5;
  return isGrainy || isSoft || (textureShare >= 0.1 && textureShare > 4.5 * edgeShare);
}

/** Whether halving the resolution of its colours, as most JPEGs do, would be seen. */
export function hasSharpColours({ sharpColourShare }: PixelFacts): boolean {
  return sharpColourShare > 0.0002;
}

function secondDifference(data: Uint8Array, i: number, channels: number): number {
  return Math.abs((data[i - channels] ?? 0) - 2 * (data[i] ?? 0) + (data[i + channels] ?? 0));
}

function sameColour(data: Uint8Array, a: number, b: number): boolean {
  return data[a] === data[b] && data[a + 1] === data[b + 1] && data[a + 2] === data[b + 2];
}

/** How far two pixels differ in what a JPEG calls chroma; 0 for any two greys. */
function colourJump(data: Uint8Array, a: number, b: number): number {
  const green = (data[b + 1] ?? 0) - (data[a + 1] ?? 0);
  const red = (data[b] ?? 0) - (data[a] ?? 0);
  const blue = (data[b + 2] ?? 0) - (data[a + 2] ?? 0);
  return Math.max(Math.abs(red - green), Math.abs(blue - green));
}

function isOpaque(data: Uint8Array, channels: 3 | 4): boolean {
  if (channels === 3) return true;
  for (let i = 3; i < data.length; i += 4) if (data[i] !== 255) return false;
  return true;
}
