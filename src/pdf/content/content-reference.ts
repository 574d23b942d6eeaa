import { type PDFContext, PDFDict, PDFName, PDFNumber, type PDFObject, PDFRef } from 'pdf-lib';

const name = PDFName.of;

/** Marked content, as an element refers to it. ISO 32000-1, 14.7.4.2. */
export interface ContentReference {
  /**
   * By what the number counts: a page, or a form XObject that is named by `/Stm`. Chromium up to 147 counts what is in
   * forms by page too; later ones count each content stream for itself.
   */
  readonly scope: PDFRef;
  readonly id: number;
}

/**
 * The content that a kid of an element refers to, if it does: by a number alone, or by a marked-content reference.
 *
 * @param page the element's own.
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
