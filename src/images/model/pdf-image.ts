import type { PdfImage } from '../../model/pdf-parts.ts';

/** Bytes that the image takes in a file, besides its dictionaries. */
export function pdfBytes({ bytes, palette, mask }: PdfImage): number {
  return bytes.length + (palette?.length ?? 0) + (mask ? pdfBytes(mask) : 0);
}

/** The stored description of an image, as JSON in front of its bytes: lengths instead of the bytes themselves. */
interface Packed extends Omit<PdfImage, 'bytes' | 'palette' | 'mask'> {
  readonly byteCount: number;
  readonly paletteByteCount: number;
  readonly mask?: Packed;
}

const LINE_END = 0x0a;

/** The image as one sequence of bytes, for a cache. */
export function packPdfImage(image: PdfImage): Uint8Array {
  return Buffer.concat([Buffer.from(`${JSON.stringify(described(image))}\n`), ...partsOf(image)]);
}

function described({ bytes, palette, mask, ...rest }: PdfImage): Packed {
  const counts = { byteCount: bytes.length, paletteByteCount: palette?.length ?? 0 };
  return { ...rest, ...counts, ...(mask ? { mask: described(mask) } : {}) };
}

function partsOf({ bytes, palette, mask }: PdfImage): Uint8Array[] {
  return [bytes, ...(palette ? [palette] : []), ...(mask ? partsOf(mask) : [])];
}

/** @param bytes result of {@link packPdfImage}; they are shared, not copied. */
export function unpackPdfImage(bytes: Uint8Array): PdfImage {
  const end = bytes.indexOf(LINE_END);
  const packed = JSON.parse(Buffer.from(bytes.subarray(0, end)).toString()) as Packed;
  let at = end + 1;
  const take = (count: number): Uint8Array => {
    at += count;
    return bytes.subarray(at - count, at);
  };
  const unpack = ({ byteCount, paletteByteCount, mask, ...rest }: Packed): PdfImage => ({
    ...rest,
    bytes: take(byteCount),
    ...(paletteByteCount > 0 ? { palette: take(paletteByteCount) } : {}),
    ...(mask ? { mask: unpack(mask) } : {}),
  });
  return unpack(packed);
}
