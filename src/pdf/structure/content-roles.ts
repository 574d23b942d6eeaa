import { PDFArray, PDFDict, type PDFDocument, PDFName, type PDFObject, type PDFRef } from 'pdf-lib';
import { contentReference } from '../content/content-reference.ts';

const name = PDFName.of;
/** Elements whose lines and areas have a meaning: images, formulas, bullets, fields. */
const DRAWN = new Set(['Figure', 'Formula', 'Lbl', 'Form']);

/** The role of content in its element: a drawing, or words. */
type ContentRole = 'drawn' | 'read';

/**
 * The role of each content, by its scope and number. Content that is not drawn and has no words is a background, border or
 * rule; content without a role belongs to no element. It reads the structure as Chromium wrote it.
 */
export function contentRoles({
  context,
  catalog,
}: PDFDocument): ReadonlyMap<PDFRef, ReadonlyMap<number, ContentRole>> {
  const roles = new Map<PDFRef, Map<number, ContentRole>>();
  const root = context.lookup(catalog.get(name('StructTreeRoot')));
  const waiting: { kid: PDFObject | undefined; page: PDFObject | undefined; isDrawn: boolean }[] = [];
  if (root instanceof PDFDict) waiting.push({ kid: root.get(name('K')), page: undefined, isDrawn: false });
  for (let next = waiting.pop(); next; next = waiting.pop()) {
    const { page, isDrawn } = next;
    const content = contentReference(context, next.kid, page);
    const kid = context.lookup(next.kid);
    if (kid instanceof PDFArray) for (const one of kid.asArray()) waiting.push({ kid: one, page, isDrawn });
    else if (content) {
      const known = roles.get(content.scope) ?? new Map<number, ContentRole>();
      roles.set(content.scope, known.set(content.id, isDrawn ? 'drawn' : 'read'));
    } else if (kid instanceof PDFDict && kid.has(name('S'))) {
      const its = isDrawn || isDrawing(kid);
      waiting.push({ kid: kid.get(name('K')), page: kid.get(name('Pg')) ?? page, isDrawn: its });
    }
  }
  return roles;
}

/** An HTML figure without words of its own is a group. */
function isDrawing(element: PDFDict): boolean {
  const type = element.get(name('S'));
  if (!(type instanceof PDFName) || !DRAWN.has(type.decodeText())) return false;
  return type !== name('Figure') || element.has(name('Alt')) || element.has(name('ActualText'));
}
