import { PDFDict, type PDFDocument, PDFName, PDFRawStream, PDFRef } from 'pdf-lib';
import { repacked, streamText } from './stream-text.ts';

const name = PDFName.of;

/** U+FFFD, the replacement character. */
const UNKNOWN = '<FFFD>';
/** U+E000 to U+F8FF, and the high surrogates of U+F0000 and beyond. */
const PRIVATE = /^<(?:E[0-9A-F]{3}|F[0-8][0-9A-F]{2}|DB[89A-F][0-9A-F]{5})>$/i;

/**
 * Maps glyphs without a character of their own to U+FFFD, in place: ligatures, which Chromium maps to U+0000 and gives an
 * `ActualText`, and the private-use code points of icon fonts, which mean nothing outside of the font. PDF/A forbids both.
 * ISO 19005-2, 6.2.11.7; ISO 14289-1, 7.21.7.
 */
export function repairToUnicode(document: PDFDocument): void {
  const { context } = document;
  for (const [, font] of context.enumerateIndirectObjects()) {
    const reference = font instanceof PDFDict ? font.get(name('ToUnicode')) : undefined;
    const stream = context.lookup(reference);
    if (!(reference instanceof PDFRef) || !(stream instanceof PDFRawStream)) continue;
    const before = streamText(stream);
    const after = withoutPrivate(before);
    if (after === before) continue;
    context.assign(reference, repacked(stream, after, context));
  }
}

/** Reads a CMap as Chromium writes it: one mapping per line. Adobe Technical Note #5014, 1.4. */
function withoutPrivate(cmap: string): string {
  const isBad = (text: string): boolean => text === '<0000>' || PRIVATE.test(text);
  return cmap
    .replace(
      /^(<[0-9a-f]+>) (<[0-9a-f]+>) (<[0-9a-f]+>)$/gim,
      (line, from: string, to: string, text: string) => {
        if (!PRIVATE.test(text)) return line;
        const count = Number.parseInt(to.slice(1), 16) - Number.parseInt(from.slice(1), 16) + 1;
        return `${from} ${to} [${Array(count).fill(UNKNOWN).join(' ')}]`;
      },
    )
    .replace(/(beginbfchar\n)([\s\S]*?)(?=endbfchar)/g, (_, begin: string, lines: string) => {
      const kept = lines.replace(/^(<[0-9a-f]+>) (<[0-9a-f]+>)$/gim, (line, code: string, text: string) =>
        isBad(text) ? `${code} ${UNKNOWN}` : line,
      );
      return begin + kept;
    });
}
