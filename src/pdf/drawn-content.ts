import { PDFArray, PDFDict, type PDFDocument, PDFName, PDFNumber, type PDFObject, PDFRef } from 'pdf-lib';

const name = PDFName.of;
/** Elements whose lines and areas say something: pictures, formulas, bullets, fields. */
const DRAWN = new Set(['Figure', 'Formula', 'Lbl', 'Form']);

/**
 * Which content belongs to elements that are drawn, by page: the rest of what is tagged and has no words are grounds,
 * borders and rules. Reads the structure as Chromium wrote it.
 */
export function drawnContent({ context, catalog }: PDFDocument): ReadonlyMap<PDFRef, ReadonlySet<number>> {
  const found = new Map<PDFRef, Set<number>>();
  const root = context.lookup(catalog.get(name('StructTreeRoot')));
  const waiting: { kid: PDFObject | undefined; page: PDFObject | undefined; isDrawn: boolean }[] = [];
  if (root instanceof PDFDict) waiting.push({ kid: root.get(name('K')), page: undefined, isDrawn: false });
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { page, isDrawn } = next;
    const kid = context.lookup(next.kid);
    if (kid instanceof PDFArray) for (const one of kid.asArray()) waiting.push({ kid: one, page, isDrawn });
    else if (kid instanceof PDFNumber && isDrawn && page instanceof PDFRef)
      found.set(page, (found.get(page) ?? new Set()).add(kid.asNumber()));
    else if (kid instanceof PDFDict && kid.has(name('S'))) {
      const its = isDrawn || isDrawing(kid);
      waiting.push({ kid: kid.get(name('K')), page: kid.get(name('Pg')) ?? page, isDrawn: its });
    }
  }
  return found;
}

/** A figure of HTML that has no words of its own is a group. */
function isDrawing(element: PDFDict): boolean {
  const type = element.get(name('S'));
  if (!(type instanceof PDFName) || !DRAWN.has(type.decodeText())) return false;
  return type !== name('Figure') || element.has(name('Alt')) || element.has(name('ActualText'));
}
