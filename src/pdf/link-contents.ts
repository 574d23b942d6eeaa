import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFRef,
  PDFString,
} from 'pdf-lib';

const name = PDFName.of;

/**
 * Says of every link where it leads, in place, for who cannot see it. ISO 14289-1, 7.18.5; ISO 32000-1, 14.9.3.
 *
 * @param labels of the pages, in order; none: their numbers.
 */
export function describeLinks(document: PDFDocument, labels: readonly string[] | undefined): void {
  const { context, catalog } = document;
  const pages = document.getPages();
  const numbers = new Map(pages.map(({ ref }, i) => [ref, labels?.[i] ?? String(i + 1)]));
  const named = context.lookup(catalog.get(name('Dests')));
  for (const page of pages)
    for (const reference of page.node.Annots()?.asArray() ?? []) {
      const link = context.lookup(reference);
      if (!(link instanceof PDFDict) || link.get(name('Subtype')) !== name('Link')) continue;
      if (link.has(name('Contents'))) continue;
      link.set(name('Contents'), PDFHexString.fromText(targetOf(link)));
    }

  function targetOf(link: PDFDict): string {
    const action = context.lookup(link.get(name('A')));
    const uri = action instanceof PDFDict ? context.lookup(action.get(name('URI'))) : undefined;
    if (uri instanceof PDFString || uri instanceof PDFHexString) return uri.decodeText();
    const target = action instanceof PDFDict ? action.get(name('D')) : link.get(name('Dest'));
    return `→ ${pageOf(target) ?? '?'}`;
  }

  function pageOf(target: PDFObject | undefined): string | undefined {
    let found = context.lookup(target);
    if (found instanceof PDFName && named instanceof PDFDict) found = context.lookup(named.get(found));
    if (found instanceof PDFDict) found = context.lookup(found.get(name('D')));
    const page = found instanceof PDFArray ? found.get(0) : undefined;
    return page instanceof PDFRef ? numbers.get(page) : undefined;
  }
}
