import sharp from 'sharp';
import type { BitDepth } from '../../model/pdf-parts.ts';
import type { Samples } from './samples.ts';

/** Rows of whole bytes. */
export interface Rows {
  readonly data: Uint8Array;
  readonly rowBytes: number;
  readonly rowCount: number;
  /** Distance in bytes to the byte that filters compare with: the bytes of a pixel, at least 1. */
  readonly pixelBytes: 1 | 3;
}

/** Samples of fewer than 8 bits are packed, the first one in the highest bits of a byte. */
export function packedRows({ data, widthPx, heightPx }: Samples, bits: BitDepth): Rows {
  if (bits === 8) return { data, rowBytes: widthPx, rowCount: heightPx, pixelBytes: 1 };
  const perByte = 8 / bits;
  const rowBytes = Math.ceil(widthPx / perByte);
  const packed = new Uint8Array(rowBytes * heightPx);
  for (let y = 0, from = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++, from++) {
      const at = y * rowBytes + Math.floor(x / perByte);
      packed[at] = (packed[at] ?? 0) | ((data[from] ?? 0) << (8 - bits - (x % perByte) * bits));
    }
  }
  return { data: packed, rowBytes, rowCount: heightPx, pixelBytes: 1 };
}

export interface DeflateOptions {
  readonly isFiltered: boolean;
  /** Of zlib: 1 to 9. */
  readonly level: number;
}

/**
 * The rows in the form that a PNG has them, deflated, with or without filters. sharp does it, because its deflate makes a
 * screenshot a quarter smaller than Node's at any level. To sharp the bytes are gray levels, whatever they mean.
 *
 * @see https://www.w3.org/TR/png-3/#9Filters
 */
export async function deflatedRows(
  { data, rowBytes, rowCount, pixelBytes }: Rows,
  { isFiltered, level }: DeflateOptions,
): Promise<Uint8Array> {
  const raw = { width: rowBytes / pixelBytes, height: rowCount, channels: pixelBytes };
  const png = sharp(data, { raw, limitInputPixels: false })
    .toColourspace(pixelBytes === 1 ? 'b-w' : 'srgb')
    .png({ compressionLevel: level, adaptiveFiltering: isFiltered });
  return rowsOf(await png.toBuffer());
}

/** The deflated rows of a PNG. */
export function rowsOf(png: Uint8Array): Uint8Array {
  return Buffer.concat(chunksOf(png).flatMap(([type, data]) => (type === 'IDAT' ? [data] : [])));
}

/** @see https://www.w3.org/TR/png-3/#5Chunk-layout */
export function chunksOf(png: Uint8Array): (readonly [type: string, data: Uint8Array])[] {
  const view = new DataView(png.buffer, png.byteOffset, png.length);
  const chunks: (readonly [string, Uint8Array])[] = [];
  for (let at = 8; at + 8 <= png.length; ) {
    const end = at + 8 + view.getUint32(at);
    chunks.push([String.fromCharCode(...png.subarray(at + 4, at + 8)), png.subarray(at + 8, end)]);
    at = end + 4;
  }
  return chunks;
}
