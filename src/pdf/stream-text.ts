import { inflateSync } from 'node:zlib';
import { decodePDFRawStream, PDFName, type PDFObject, PDFRawStream } from 'pdf-lib';

const FLATE = PDFName.of('FlateDecode');

/** A content stream without its compression, one character a byte; empty for what is no stream that was read from a file. */
export function streamText(stream: PDFObject | undefined): string {
  if (!(stream instanceof PDFRawStream)) return '';
  return Buffer.from(inflated(stream)).toString('latin1');
}

/** All that Chromium writes is deflated and nothing else, which Node undoes several times faster than pdf-lib. */
function inflated(stream: PDFRawStream): Uint8Array {
  const isDeflated = stream.dict.get(PDFName.of('Filter')) === FLATE;
  if (isDeflated && !stream.dict.has(PDFName.of('DecodeParms'))) {
    try {
      return inflateSync(stream.contents);
    } catch {
      // Cut short, perhaps: pdf-lib reads as far as it goes.
    }
  }
  return decodePDFRawStream(stream).decode();
}
