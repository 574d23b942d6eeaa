import type { BitDepth, PdfImage } from '../../model/pdf-parts.ts';
import type { Original } from '../codec/original.ts';
import type { Pixels } from '../codec/pixels.ts';
import { chunksOf, packedRows } from '../codec/png-rows.ts';
import { draftRows, type RowsDraft } from '../codec/rows-draft.ts';
import { alphaOf, depthOfIndices, depthOfLevels, grayOf, indexed, levelsInBits } from '../codec/samples.ts';
import { visibleColours } from '../codec/visible-colours.ts';

/** An image without its mask that is not encoded yet. */
export interface ImageDraft {
  /** See {@link RowsDraft.likelyBytes}. */
  readonly likelyBytes: number;
  make(): Promise<PdfImage>;
}

/** Pixels without loss: gray, with a palette, or in full color. Their alpha is left out. */
export async function draftFlate(pixels: Pixels): Promise<ImageDraft> {
  const { widthPx, heightPx } = pixels;
  const colours = visibleColours(pixels);
  const gray = grayOf(colours);
  const grayBits = gray && depthOfLevels(gray);
  const few = indexed(colours);
  const common = { widthPx, heightPx, filter: 'Flate' } as const;
  if (few && depthOfIndices(few) < (grayBits ?? 9)) {
    const bitsPerComponent = depthOfIndices(few);
    const rows = await draftRows(packedRows(few, bitsPerComponent));
    return draft({ ...common, colours: 'indexed', palette: few.palette, bitsPerComponent }, rows);
  }
  if (gray && grayBits) {
    const rows = await draftRows(packedRows(levelsInBits(gray, grayBits), grayBits));
    return draft({ ...common, colours: 'gray', bitsPerComponent: grayBits }, rows);
  }
  const rows = { data: colours.data, rowBytes: widthPx * 3, rowCount: heightPx, pixelBytes: 3 } as const;
  return draft({ ...common, colours: 'rgb', bitsPerComponent: 8 }, await draftRows(rows));
}

function draft(image: Omit<PdfImage, 'bytes'>, rows: RowsDraft): ImageDraft {
  return {
    likelyBytes: rows.likelyBytes + (image.palette?.length ?? 0),
    make: async () => ({ ...image, bytes: await rows.deflate() }),
  };
}

/** The opacity of the pixels; undefined if all of them are fully opaque. */
export async function maskImage(pixels: Pixels): Promise<PdfImage | undefined> {
  const alpha = alphaOf(pixels);
  if (!alpha) return undefined;
  const { widthPx, heightPx } = alpha;
  const bitsPerComponent = depthOfLevels(alpha);
  const rows = await draftRows(packedRows(levelsInBits(alpha, bitsPerComponent), bitsPerComponent));
  return {
    ...{ widthPx, heightPx, filter: 'Flate', colours: 'gray', bitsPerComponent },
    bytes: await rows.deflate(),
  };
}

/** By color type of a PNG. Types with an alpha channel cannot be used: a PDF stores alpha separately. */
const COLOURS: Readonly<Record<number, PdfImage['colours']>> = { 0: 'gray', 2: 'rgb', 3: 'indexed' };

/**
 * The rows of a PNG without decoding, if a PDF can hold them as they are; without a mask.
 *
 * @param png that contains nothing but pixels in sRGB; see `keepable.ts`.
 */
export function imageOfPng(
  { widthPx, heightPx }: Pick<Original, 'widthPx' | 'heightPx'>,
  png: Uint8Array,
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
  };
}
