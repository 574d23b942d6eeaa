import { ParseSpeeds, PDFDocument } from 'pdf-lib';

/**
 * A document whose streams are views of these bytes. pdf-lib cuts them out with `slice`, which copies a `Uint8Array` but not a
 * `Buffer`: of a file full of photographs there would be a second one in memory.
 */
export function loadDocument(bytes: Uint8Array): Promise<PDFDocument> {
  // Without pauses: nothing else waits for this thread.
  const options = { updateMetadata: false, parseSpeed: ParseSpeeds.Fastest } as const;
  return PDFDocument.load(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), options);
}
