import { PDFArray, PDFDict, PDFDocument, PDFName } from 'pdf-lib';

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
