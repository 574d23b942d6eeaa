import { type PDFContext, PDFDict, PDFName, PDFNumber, type PDFObject, PDFRef } from 'pdf-lib';
import { elementOf, kidsOf, wrap } from './struct-elements.ts';

const name = PDFName.of;

/**
 * The page of an element's child, if that is content or an annotation.
 *
 * @param own page of the element.
 */
export function pageOfKid(
  context: PDFContext,
  kid: PDFObject,
  own: PDFObject | undefined,
): PDFRef | undefined {
  const found = context.lookup(kid);
  const page = found instanceof PDFDict && !found.has(name('S')) ? (found.get(name('Pg')) ?? own) : own;
  const isContent = found instanceof PDFNumber || (found instanceof PDFDict && !found.has(name('S')));
  return isContent && page instanceof PDFRef ? page : undefined;
}

/**
 * Splits a structure by page: the largest elements that have nothing on another page, in reading order. Content of an element
 * that spans several pages gets an element of its own; empty elements are dropped.
 *
 * @param tops the elements of the root.
 */
export function elementsByPage(
  context: PDFContext,
  tops: readonly PDFObject[],
): ReadonlyMap<PDFRef, readonly PDFRef[]> {
  const pages = new Map<PDFObject, PDFRef | 'several' | undefined>();
  const byPage = new Map<PDFRef, PDFRef[]>();
  for (const top of tops) find(top);
  for (const top of tops) distribute(top);
  return byPage;

  function find(reference: PDFObject): PDFRef | 'several' | undefined {
    const element = elementOf(context, reference);
    if (!element) return undefined;
    let page: PDFRef | 'several' | undefined;
    for (const kid of kidsOf(context, element)) {
      const its = pageOfKid(context, kid, element.get(name('Pg'))) ?? find(kid);
      if (its !== undefined) page = page === undefined || page === its ? its : 'several';
    }
    pages.set(reference, page);
    return page;
  }

  function distribute(reference: PDFObject): void {
    const element = elementOf(context, reference);
    const page = pages.get(reference);
    if (!element || page === undefined || !(reference instanceof PDFRef)) return;
    if (page !== 'several') {
      add(page, reference);
      return;
    }
    for (const kid of kidsOf(context, element)) {
      const its = pageOfKid(context, kid, element.get(name('Pg')));
      if (its) add(its, wrap(context, 'NonStruct', reference, [kid], its));
      else distribute(kid);
    }
  }

  function add(page: PDFRef, element: PDFRef): void {
    const own = byPage.get(page) ?? [];
    byPage.set(page, own);
    own.push(element);
  }
}
