import { deflateSync } from 'node:zlib';
import { colourAt, type Pixels } from './pixels.ts';
import { chunk } from './png-file.ts';

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const INDEXED = 3;

/**
 * A PNG of colour type 3 with exactly these colours. Ours, because sharp's palettes go through a quantiser that
 * merges colours it thinks alike: here nothing is lost, and equal pixels give equal bytes.
 *
 * @param palette 0xRRGGBBAA → its index from 0; every colour of `pixels` is in it.
 * @see https://www.w3.org/TR/png-3/#11PLTE
 */
export function encodeIndexedPng(pixels: Pixels, palette: ReadonlyMap<number, number>): Buffer {
  const depth = [1, 2, 4].find((bits) => palette.size <= 2 ** bits) ?? 8;
  const colours = [...palette.keys()];
  const header = Buffer.alloc(13);
  header.writeUInt32BE(pixels.widthPx, 0);
  header.writeUInt32BE(pixels.heightPx, 4);
  header.set([depth, INDEXED, 0, 0, 0], 8);
  const rgb = Buffer.from(
    colours.flatMap((colour) => [colour >>> 24, (colour >>> 16) & 255, (colour >>> 8) & 255]),
  );
  const alphas = colours.map((colour) => colour & 255);
  // Alphas may be left out from the last one that is not opaque.
  const transparency = Buffer.from(alphas.slice(0, alphas.findLastIndex((alpha) => alpha < 255) + 1));
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    chunk('PLTE', rgb),
    ...(transparency.length > 0 ? [chunk('tRNS', transparency)] : []),
    chunk('IDAT', deflateSync(packRows(pixels, palette, depth), { level: 9, memLevel: 9 })),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

/** Rows of packed indices, each behind filter type 0: the standard's own advice for indexed images. */
function packRows(
  { data, widthPx, heightPx, channels }: Pixels,
  palette: ReadonlyMap<number, number>,
  depth: number,
) {
  const rowBytes = 1 + Math.ceil((widthPx * depth) / 8);
  const packed = Buffer.alloc(rowBytes * heightPx);
  for (let y = 0; y < heightPx; y++) {
    for (let x = 0; x < widthPx; x++) {
      const index = palette.get(colourAt(data, (y * widthPx + x) * channels, channels)) ?? 0;
      const bit = x * depth;
      const at = y * rowBytes + 1 + (bit >> 3);
      packed[at] = (packed[at] ?? 0) | (index << (8 - depth - (bit & 7)));
    }
  }
  return packed;
}
