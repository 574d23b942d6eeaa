import { PDFDict, type PDFDocument, PDFHexString, PDFName, PDFString } from 'pdf-lib';

const name = PDFName.of;
/** In bytes. ISO 19005-2, 6.1.13; ISO 32000-1, annex C. */
const LONGEST_STRING = 32767;
/** Texts for people, not for programs, so that they may be shortened. */
const SPOKEN = ['Alt', 'ActualText', 'E', 'T', 'Contents', 'Title'].map((key) => name(key));

/** Shortens texts to the length that PDF/A allows, in place: alternative texts in decks have no limit. */
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

/** A text that PDF/A allows as a string; a longer one is shortened, without splitting a character. */
export function withinLimit(text: string): string {
  // In UTF-16 each takes two bytes, plus two for the byte order mark.
  const longest = Math.floor(LONGEST_STRING / 2) - 1;
  if (text.length <= longest) return text;
  return `${text.slice(0, longest - 1).replace(/[\ud800-\udbff]$/, '')}…`;
}
