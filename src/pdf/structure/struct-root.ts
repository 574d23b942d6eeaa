import { PDFDict, type PDFDocument, PDFName } from 'pdf-lib';

const name = PDFName.of;

/** The root of the structure tree. Chromium writes none for a document that has only backgrounds. ISO 32000-1, 14.7.2. */
export function structureRoot({ context, catalog }: PDFDocument): PDFDict {
  catalog.set(name('MarkInfo'), context.obj({ Marked: true }));
  const found = context.lookup(catalog.get(name('StructTreeRoot')));
  if (found instanceof PDFDict) return found;
  const root = context.obj({ Type: 'StructTreeRoot' });
  const reference = context.register(root);
  const top = context.obj({ Type: 'StructElem', S: 'Document', P: reference });
  root.set(name('K'), context.obj([context.register(top)]));
  catalog.set(name('StructTreeRoot'), reference);
  return root;
}
