import { PDFDict, PDFName, type PDFObject, type PDFPage } from 'pdf-lib';

const name = PDFName.of;

/** A link annotation, and the entry that its page refers to it with. ISO 32000-1, 12.5.6.5. */
export interface PageLink {
  readonly reference: PDFObject;
  readonly dict: PDFDict;
}

/** The links of a page, in the order of its annotations. */
export function linksOn({ node }: PDFPage): PageLink[] {
  return (node.Annots()?.asArray() ?? []).flatMap((reference) => {
    const dict = node.context.lookup(reference);
    const isLink = dict instanceof PDFDict && dict.get(name('Subtype')) === name('Link');
    return isLink ? [{ reference, dict }] : [];
  });
}
