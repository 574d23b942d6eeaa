import { PDFArray, PDFDict, type PDFDocument, PDFName, PDFNumber, type PDFObject, PDFRef } from 'pdf-lib';
import { contentReference } from '../content/content-reference.ts';
import { linksOn } from '../navigation/links.ts';
import { readNumberTree } from '../structure/number-tree.ts';
import { kidsOf, typeOf } from '../structure/struct-elements.ts';
import { checkContent, type MarkedStream } from './check-content.ts';

const name = PDFName.of;

/**
 * Finds what contradicts the conformance that a finished document claims: marked content that is no artifact and belongs to
 * no element or to several, elements whose content is missing, a parent tree that contradicts the elements, links without an
 * element, pages that are read twice or in another order. It looks at the document alone, not at what was done to it, so that
 * new ways of tagging are noticed. ISO 14289-1, 7.1; ISO 32000-1, 14.7.4.
 */
export function checkConformance(document: PDFDocument): readonly string[] {
  const { context, catalog } = document;
  const faults = new Set<string>();
  const add = (fault: string): void => void faults.add(fault);
  const streams = checkContent(document, add);
  const claimed = new Map<PDFRef, Map<number, PDFRef>>();
  const owners = new Map<PDFObject, PDFRef>();
  const root = context.lookup(catalog.get(name('StructTreeRoot')));
  if (!(root instanceof PDFDict)) return ['there is no structure'];
  let lastPageIndex = 0;
  readElements(root.get(name('K')));
  const entries = readNumberTree(context, root.get(name('ParentTree')));
  for (const [reference, stream] of streams) checkStream(reference, stream);
  for (const [pageIndex, page] of document.getPages().entries())
    for (const { reference, dict } of linksOn(page)) {
      const key = dict.get(name('StructParent'));
      const owner = owners.get(reference);
      if (!owner) add(`a link belongs to no element on page ${pageIndex + 1}`);
      else if (!(key instanceof PDFNumber) || entries.get(key.asNumber()) !== owner)
        add(`the parent tree does not know a link on page ${pageIndex + 1}`);
    }
  return [...faults];

  function readElements(top: PDFObject | undefined): void {
    const waiting: { kid: PDFObject | undefined; element?: PDFRef; page?: PDFObject | undefined }[] = [
      { kid: top },
    ];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { kid, element, page } = next;
      const found = context.lookup(kid);
      const content = contentReference(context, kid, page);
      if (found instanceof PDFArray)
        for (const one of found.asArray().reverse())
          waiting.push({ kid: one, ...(element && { element }), page });
      else if (content && element) claim(content.scope, content.id, element);
      else if (!(found instanceof PDFDict)) add('an element has a kid that is nothing');
      else if (found.get(name('Type')) === name('OBJR')) {
        const object = found.get(name('Obj'));
        if (object && element) owners.set(object, element);
      } else if (!(kid instanceof PDFRef) || !typeOf(found)) add('an element has a kid that is no element');
      else
        for (const one of kidsOf(context, found).reverse())
          waiting.push({ kid: one, element: kid, page: found.get(name('Pg')) });
    }
  }

  function claim(stream: PDFRef, id: number, element: PDFRef): void {
    const marked = streams.get(stream);
    if (!marked?.ids.has(id)) {
      add(`an element has content that is not there (number ${id})`);
      return;
    }
    const where = `on page ${marked.pageIndex + 1}`;
    if (marked.pageIndex < lastPageIndex) add(`content ${where} is read behind that of a later page`);
    lastPageIndex = Math.max(lastPageIndex, marked.pageIndex);
    const elements = claimed.get(stream) ?? new Map<number, PDFRef>();
    if (elements.has(id)) add(`content is read twice ${where}`);
    claimed.set(stream, elements.set(id, element));
  }

  function checkStream(reference: PDFRef, { ids, holder, pageIndex }: MarkedStream): void {
    const where = `on page ${pageIndex + 1}`;
    const elements = claimed.get(reference);
    const key = holder.get(name('StructParents'));
    const listed = context.lookup(key instanceof PDFNumber ? entries.get(key.asNumber()) : undefined);
    const list = listed instanceof PDFArray ? listed.asArray() : [];
    for (const id of ids) {
      const owner = elements?.get(id);
      if (!owner) add(`content ${where} belongs to no element`);
      if (list[id] !== owner) add(`the parent tree has another owner for content ${where}`);
    }
    if (list.some((entry, id) => entry instanceof PDFRef && !ids.has(id)))
      add(`the parent tree has an owner for content that is not ${where}`);
  }
}
