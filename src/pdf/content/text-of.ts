import { PDFHexString, type PDFObject, PDFString } from 'pdf-lib';

/** The text of a string object in any encoding; undefined for other objects. ISO 32000-1, 7.3.4 and 7.9.2. */
export function textOf(object: PDFObject | undefined): string | undefined {
  return object instanceof PDFString || object instanceof PDFHexString ? object.decodeText() : undefined;
}
