import { ParseSpeeds, PDFDocument } from 'pdf-lib';
import './quicker-library.ts';

/**
 * Loads a document whose streams are views of these bytes. pdf-lib extracts them with `slice`, which copies a `Uint8Array`
 * but not a `Buffer`: a file full of photographs would be in memory twice.
 */
export function loadDocument(bytes: Uint8Array): Promise<PDFDocument> {
  // Without pauses: nothing else waits for this thread.
  const options = { updateMetadata: false, parseSpeed: ParseSpeeds.Fastest } as const;
  return PDFDocument.load(Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength), options);
}
