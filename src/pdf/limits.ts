import { PDFArray, PDFDict, type PDFDocument, PDFHexString, PDFName, PDFString } from 'pdf-lib';

const name = PDFName.of;
/** In bytes. ISO 19005-2, 6.1.13; ISO 32000-1, annex C. */
const LONGEST_NAME = 127;
const LONGEST_STRING = 32767;
/** What is said for the ear and not for programs, so that its end can be left out. */
const SPOKEN = ['Alt', 'ActualText', 'E', 'T', 'Contents', 'Title'].map((key) => name(key));

/** Keeps names and texts within the lengths that PDF/A allows, in place: ids of a page and alternative texts have none. */
export function keepLimits(document: PDFDocument): void {
  const renamed = renameDestinations(document);
  for (const [, object] of document.context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFDict)) continue;
    for (const key of SPOKEN) {
      const text = object.get(key);
      if (isTooLong(text)) object.set(key, shortened(text));
    }
    if (renamed.size > 0) leadToRenamed(object, renamed);
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

/** Chromium calls a destination after the id of its element. ISO 32000-1, 12.3.2.3. */
function renameDestinations({ context, catalog }: PDFDocument): ReadonlyMap<PDFName, PDFName> {
  const named = context.lookup(catalog.get(name('Dests')));
  const renamed = new Map<PDFName, PDFName>();
  if (!(named instanceof PDFDict)) return renamed;
  for (const [key, place] of named.entries()) {
    if (key.asBytes().length <= LONGEST_NAME) continue;
    let short = name(`long-${renamed.size + 1}`);
    while (named.has(short)) short = name(`${short.decodeText()}-`);
    renamed.set(key, short);
    named.delete(key);
    named.set(short, place);
  }
  return renamed;
}

function leadToRenamed(dict: PDFDict, renamed: ReadonlyMap<PDFName, PDFName>): void {
  for (const key of [name('Dest'), name('D')]) {
    const target = dict.get(key);
    const short = target instanceof PDFName ? renamed.get(target) : undefined;
    if (short) dict.set(key, short);
  }
  for (const value of dict.values()) {
    if (value instanceof PDFDict) leadToRenamed(value, renamed);
    else if (value instanceof PDFArray)
      for (const one of value.asArray()) if (one instanceof PDFDict) leadToRenamed(one, renamed);
  }
}
