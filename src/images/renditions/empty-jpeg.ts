export interface JpegSegment {
  readonly marker: number;
  readonly body: Uint8Array;
}

const [SOI, DQT, SOF_PROGRESSIVE, DHT, SOS, EOI] = [0xd8, 0xdb, 0xc2, 0xc4, 0xda, 0xd9];

/**
 * A gray JPEG that ends where its pixels would begin: 120 bytes for any size. Decoders fill in the missing pixels with gray.
 *
 * @param first segment right after the start of the image.
 * @see https://www.w3.org/Graphics/JPEG/itu-t81.pdf Annex B
 */
export function emptyJpeg(
  { widthPx, heightPx }: { readonly widthPx: number; readonly heightPx: number },
  first: JpegSegment,
): Uint8Array {
  const quantisation = [0, ...new Array<number>(64).fill(1)];
  const frame = [8, heightPx >> 8, heightPx & 255, widthPx >> 8, widthPx & 255, 1, 1, 0x11, 0];
  /** One code, of one bit, for a level equal to that of the previous block. */
  const codes = [0, 1, ...new Array<number>(15).fill(0), 0];
  /** Progressive, with only the first scan: one level per block. */
  const scan = [1, 1, 0, 0, 0, 0];
  return Buffer.concat([
    Buffer.from([0xff, SOI]),
    segment(first.marker, first.body),
    segment(DQT, quantisation),
    segment(SOF_PROGRESSIVE, frame),
    segment(DHT, codes),
    segment(SOS, scan),
    Buffer.from([0xff, EOI]),
  ]);
}

function segment(marker: number, body: readonly number[] | Uint8Array): Uint8Array {
  const length = body.length + 2;
  return Buffer.concat([Buffer.from([0xff, marker, length >> 8, length & 255]), Buffer.from(body)]);
}
