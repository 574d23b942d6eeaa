import { crc32 } from 'node:zlib';
import type { PdfImage } from '../../model/pdf-parts.ts';

const SIGNATURE = Buffer.from('\x89PNG\r\n\x1a\n', 'latin1');
const COLOUR_TYPES: Readonly<Record<PdfImage['colours'], number>> = { gray: 0, rgb: 2, indexed: 3 };

/**
 * The PNG that has an image's rows; its mask is left out.
 *
 * @param image of the filter `Flate`.
 * @see https://www.w3.org/TR/png-3/#11IHDR
 */
export function encodePng({
  widthPx,
  heightPx,
  bitsPerComponent,
  colours,
  palette,
  bytes,
}: PdfImage): Buffer {
  const header = Buffer.alloc(13);
  header.writeUInt32BE(widthPx, 0);
  header.writeUInt32BE(heightPx, 4);
  header.set([bitsPerComponent, COLOUR_TYPES[colours], 0, 0, 0], 8);
  return Buffer.concat([
    SIGNATURE,
    chunk('IHDR', header),
    ...(palette ? [chunk('PLTE', palette)] : []),
    chunk('IDAT', bytes),
    chunk('IEND', Buffer.alloc(0)),
  ]);
}

function chunk(type: string, data: Uint8Array): Buffer {
  const body = Buffer.concat([Buffer.from(type, 'latin1'), data]);
  const framed = Buffer.alloc(body.length + 8);
  framed.writeUInt32BE(data.length, 0);
  framed.set(body, 4);
  framed.writeUInt32BE(crc32(body), body.length + 4);
  return framed;
}
