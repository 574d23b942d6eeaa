import { PDFDict, type PDFDocument, PDFHexString, PDFName, PDFString } from 'pdf-lib';

const name = PDFName.of;
/** In bytes. ISO 19005-2, 6.1.13; ISO 32000-1, annex C. */
const LONGEST_STRING = 32767;
/** What is said for the ear and not for programs, so that its end can be left out. */
const SPOKEN = ['Alt', 'ActualText', 'E', 'T', 'Contents', 'Title'].map((key) => name(key));

/** Keeps texts within the length that PDF/A allows, in place: alternative texts of a page have none. */
export function keepLimits(document: PDFDocument): void {
  for (const [, object] of document.context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFDict)) continue;
    for (const key of SPOKEN) {
      const text = object.get(key);
      if (isTooLong(text)) object.set(key, shortened(text));
    }
  }
}

function isTooLong(text: unknown): text is PDFString | PDFHexString {
  if (text instanceof PDFHexString) return text.asString().length > LONGEST_STRING * 2;
  return text instanceof PDFString && text.asString().length > LONGEST_STRING;
}

function shortened(text: PDFString | PDFHexString): PDFHexString {
  // Two bytes each, and two for the mark at their beginning; no half of a surrogate pair.
  const kept = text.decodeText().slice(0, LONGEST_STRING / 2 - 3);
  return PDFHexString.fromText(`${kept.replace(/[\ud800-\udbff]$/, '')}…`);
}
