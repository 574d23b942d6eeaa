import type { BitDepth, PdfImage } from '../../model/pdf-parts.ts';
import type { Original } from '../codec/original.ts';
import type { Pixels } from '../codec/pixels.ts';
import { bestRows, chunksOf, packedRows } from '../codec/png-rows.ts';
import {
  alphaOf,
  depthOfIndices,
  depthOfLevels,
  grayOf,
  indexed,
  levelsInBits,
  type Samples,
} from '../codec/samples.ts';
import { visibleColours } from '../codec/visible-colours.ts';

/** Pixels without loss: gray, with a palette, or in full color; transparency becomes a mask. */
export async function flateImage(pixels: Pixels): Promise<PdfImage> {
  const mask = await maskImage(pixels);
  const { widthPx, heightPx } = pixels;
  const colours = visibleColours(pixels);
  const common = { widthPx, heightPx, filter: 'Flate', ...(mask ? { mask } : {}) } as const;
  const gray = grayOf(colours);
  const grayBits = gray && depthOfLevels(gray);
  const few = indexed(colours);
  if (few && depthOfIndices(few) < (grayBits ?? 9)) {
    const bitsPerComponent = depthOfIndices(few);
    const bytes = await bestRows(packedRows(few, bitsPerComponent));
    return { ...common, colours: 'indexed', palette: few.palette, bitsPerComponent, bytes };
  }
  if (gray && grayBits) return { ...common, ...(await grayImage(gray, grayBits)) };
  const rows = {
    data: colours.data,
    rowBytes: widthPx * 3,
    rowCount: heightPx,
    pixelBytes: 3,
  } as const;
  return { ...common, colours: 'rgb', bitsPerComponent: 8, bytes: await bestRows(rows) };
}

/** The opacity of the pixels; undefined if all of them are fully opaque. */
export async function maskImage(pixels: Pixels): Promise<PdfImage | undefined> {
  const alpha = alphaOf(pixels);
  return alpha && grayImage(alpha, depthOfLevels(alpha));
}

async function grayImage(levels: Samples, bitsPerComponent: BitDepth): Promise<PdfImage> {
  const { widthPx, heightPx } = levels;
  const bytes = await bestRows(packedRows(levelsInBits(levels, bitsPerComponent), bitsPerComponent));
  return { widthPx, heightPx, filter: 'Flate', colours: 'gray', bitsPerComponent, bytes };
}

/** By color type of a PNG. Types with an alpha channel cannot be used: a PDF stores alpha separately. */
const COLOURS: Readonly<Record<number, PdfImage['colours']>> = { 0: 'gray', 2: 'rgb', 3: 'indexed' };

/**
 * The rows of a PNG without decoding, if a PDF can hold them as they are.
 *
 * @param png that contains nothing but pixels in sRGB; see `keepable.ts`.
 * @param mask of the same pixels.
 */
export function imageOfPng(
  { widthPx, heightPx }: Pick<Original, 'widthPx' | 'heightPx'>,
  png: Uint8Array,
  mask: PdfImage | undefined,
): PdfImage | undefined {
  const [depth = 0, type = 0, , , interlace = 0] = png.subarray(24, 29);
  const colours = COLOURS[type];
  if (!colours || depth > 8 || interlace !== 0) return undefined;
  const chunks = chunksOf(png);
  const palette = chunks.find(([name]) => name === 'PLTE')?.[1];
  return {
    ...{ widthPx, heightPx, filter: 'Flate', colours },
    ...(colours === 'indexed' && palette ? { palette } : {}),
    bitsPerComponent: depth as BitDepth,
    bytes: Buffer.concat(chunks.flatMap(([name, data]) => (name === 'IDAT' ? [data] : []))),
    ...(mask ? { mask } : {}),
  };
}
