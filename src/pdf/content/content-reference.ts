import { type PDFContext, PDFDict, PDFName, PDFNumber, type PDFObject, PDFRef } from 'pdf-lib';

const name = PDFName.of;

/** The reference of a structure element to marked content. ISO 32000-1, 14.7.4.2. */
export interface ContentReference {
  /**
   * The scope of the number: a page, or a form XObject that is named by `/Stm`. Chromium up to 147 numbers the content of
   * forms by page, too; later versions number each content stream separately.
   */
  readonly scope: PDFRef;
  readonly id: number;
}

/**
 * The content that a child of an element refers to, if it does: by a number alone, or by a marked-content reference.
 *
 * @param page page of the element itself.
 */
export function contentReference(
  context: PDFContext,
  kid: PDFObject | undefined,
  page: PDFObject | undefined,
): ContentReference | undefined {
  const found = context.lookup(kid);
  if (found instanceof PDFNumber) return referenceIn(page, found);
  if (!(found instanceof PDFDict) || found.get(name('Type')) !== name('MCR')) return undefined;
  return referenceIn(found.get(name('Stm')) ?? found.get(name('Pg')) ?? page, found.get(name('MCID')));
}

function referenceIn(scope: PDFObject | undefined, id: PDFObject | undefined): ContentReference | undefined {
  return scope instanceof PDFRef && id instanceof PDFNumber ? { scope, id: id.asNumber() } : undefined;
}
