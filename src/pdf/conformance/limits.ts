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
  return PDFHexString.fromText(withinLimit(text.decodeText()));
}

/** A text that PDF/A allows as a string; a longer one without its end, and without a half of a character. */
export function withinLimit(text: string): string {
  // Two bytes each in UTF-16, and two for the mark at their beginning.
  const longest = Math.floor(LONGEST_STRING / 2) - 1;
  if (text.length <= longest) return text;
  return `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
