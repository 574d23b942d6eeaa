import {
  type PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFNull,
  PDFNumber,
  type PDFRef,
} from 'pdf-lib';
import type { BookmarkTree } from '../../model/pdf-parts.ts';

/**
 * Adds bookmarks to a document, in place, and makes viewers show them. ISO 32000-1, 12.3.3. Chromium's own outline is not
 * used: it has an entry for each heading by its style, and none for a slide without a heading.
 */
export function setOutline(document: PDFDocument, bookmarks: readonly BookmarkTree[]): void {
  if (bookmarks.length === 0) return;
  const { context, catalog } = document;
  const root = context.nextRef();
  const pages = document.getPages();
  const dict = context.obj({ Type: 'Outlines' });
  context.assign(root, dict);
  addChildren(root, dict, bookmarks);
  catalog.set(PDFName.of('Outlines'), root);
  catalog.set(PDFName.of('PageMode'), PDFName.of('UseOutlines'));

  function addChildren(parent: PDFRef, parentDict: PDFDict, children: readonly BookmarkTree[]): void {
    const reachable = children.filter((child) => pages[child.page] !== undefined);
    const refs = reachable.map(() => context.nextRef());
    reachable.forEach((child, i) => {
      const page = pages[child.page];
      const self = refs[i];
      if (!page || !self) return;
      const item = context.obj({ Title: PDFHexString.fromText(child.title), Parent: parent });
      item.set(
        PDFName.of('Dest'),
        context.obj([page.ref, PDFName.of('XYZ'), PDFNumber.of(0), PDFNumber.of(page.getHeight()), PDFNull]),
      );
      const [previous, next] = [refs[i - 1], refs[i + 1]];
      if (previous) item.set(PDFName.of('Prev'), previous);
      if (next) item.set(PDFName.of('Next'), next);
      context.assign(self, item);
      addChildren(self, item, child.children);
    });
    const [first, last] = [refs[0], refs.at(-1)];
    if (!first || !last) return;
    parentDict.set(PDFName.of('First'), first);
    parentDict.set(PDFName.of('Last'), last);
    // Sections are collapsed, which a negative count means.
    parentDict.set(PDFName.of('Count'), PDFNumber.of(parent === root ? refs.length : -refs.length));
  }
}
