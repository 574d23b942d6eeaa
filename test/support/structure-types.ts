import { PDFArray, PDFDict, PDFDocument, PDFName, PDFNumber, PDFRef } from 'pdf-lib';

const name = PDFName.of;

/** Types of all elements of the structure, in reading order. */
export async function structureTypes(bytes: Uint8Array): Promise<string[]> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  const types: string[] = [];
  const visit = (object: unknown): void => {
    const found = document.context.lookup(object as never);
    if (found instanceof PDFArray) for (const kid of found.asArray()) visit(kid);
    if (!(found instanceof PDFDict)) return;
    const type = found.get(name('S'));
    if (type instanceof PDFName) types.push(type.decodeText());
    if (found.get(name('K'))) visit(found.get(name('K')));
  };
  visit(document.catalog.get(name('StructTreeRoot')));
  return types;
}

/** The content of all elements, in reading order: its page, from 0, and its number, which Chromium counts by page. */
export async function taggedContent(
  bytes: Uint8Array,
): Promise<{ readonly page: number; readonly id: number }[]> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  const numbers = new Map(document.getPages().map(({ ref }, i) => [ref, i]));
  const found: { page: number; id: number }[] = [];
  const add = (page: unknown, id: unknown): void => {
    if (id instanceof PDFNumber && page instanceof PDFRef)
      found.push({ page: numbers.get(page) ?? -1, id: id.asNumber() });
  };
  const visit = (object: unknown, page: unknown): void => {
    const kid = document.context.lookup(object as never);
    if (kid instanceof PDFArray) for (const one of kid.asArray()) visit(one, page);
    else if (kid instanceof PDFNumber) add(page, kid);
    else if (kid instanceof PDFDict) {
      const its = kid.get(name('Pg')) ?? page;
      add(its, kid.get(name('MCID')));
      if (kid.has(name('K'))) visit(kid.get(name('K')), its);
    }
  };
  visit(document.catalog.get(name('StructTreeRoot')), undefined);
  return found;
}
