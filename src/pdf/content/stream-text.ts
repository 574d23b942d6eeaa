import { deflateSync, inflateSync } from 'node:zlib';
import {
  decodePDFRawStream,
  type PDFContext,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRawStream,
} from 'pdf-lib';

const FLATE = PDFName.of('FlateDecode');
/** Twice as fast as zlib's default, and a few percent larger. */
const LEVEL = 3;

/** Several checks read the same content. */
const texts = new WeakMap<PDFRawStream, string>();

/** The decompressed content of a stream, one character per byte; empty if it is no stream that was read from a file. */
export function streamText(stream: PDFObject | undefined): string {
  if (!(stream instanceof PDFRawStream)) return '';
  const known = texts.get(stream);
  if (known !== undefined) return known;
  const text = Buffer.from(inflated(stream)).toString('latin1');
  texts.set(stream, text);
  return text;
}

/** All streams of Chromium have only the filter Flate, which Node decodes several times faster than pdf-lib. */
function inflated(stream: PDFRawStream): Uint8Array {
  const isDeflated = stream.dict.get(PDFName.of('Filter')) === FLATE;
  if (isDeflated && !stream.dict.has(PDFName.of('DecodeParms'))) {
    try {
      return inflateSync(stream.contents);
    } catch {
      // It may be truncated: pdf-lib decodes as much as possible.
    }
  }
  return decodePDFRawStream(stream).decode();
}

/** The same stream with other content, one character per byte. */
export function repacked(original: PDFRawStream, content: string, context: PDFContext): PDFRawStream {
  const packed = deflateSync(Buffer.from(content, 'latin1'), { level: LEVEL });
  const dict = original.dict.clone(context);
  dict.set(PDFName.of('Filter'), FLATE);
  dict.delete(PDFName.of('DecodeParms'));
  dict.set(PDFName.of('Length'), PDFNumber.of(packed.length));
  const stream = PDFRawStream.of(dict, packed);
  texts.set(stream, content);
  return stream;
}
