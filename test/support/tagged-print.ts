import { PDFDict, PDFDocument, PDFName, type PDFRef } from 'pdf-lib';

const name = PDFName.of;

/** How Chromium numbers marked content in forms: up to 147 by page, in 156 by content stream. */
export type Numbering = 'by page' | 'by stream';

/** A document as Chromium prints it, of pages with one paragraph in their own content and one in a form. */
export async function taggedPrint(numbering: Numbering, pageCount = 2): Promise<PDFDocument> {
  const document = await PDFDocument.create({ updateMetadata: false });
  const { context, catalog } = document;
  const root = context.obj({ Type: 'StructTreeRoot' });
  const rootRef = context.register(root);
  const top = context.obj({ Type: 'StructElem', S: 'Document', P: rootRef });
  const topRef = context.register(top);
  const paragraphs: PDFRef[] = [];
  const entries: unknown[] = [];
  for (let i = 0; i < pageCount; i++) {
    const page = document.addPage([720, 540]);
    const byStream = numbering === 'by stream';
    const id = byStream ? 0 : 1;
    const form = context.flateStream(`q\n${paragraph(id, 'in a form')}\nQ`, {
      ...{ Type: 'XObject', Subtype: 'Form', BBox: [0, 0, 720, 540], Resources: {} },
      ...(byStream ? { StructParents: 2 * i + 1 } : {}),
    });
    const formRef = context.register(form);
    const content = `0 0 720 540 re\nf\n${paragraph(0, 'on the page')}\n/X1 Do`;
    page.node.set(name('Contents'), context.register(context.flateStream(content)));
    page.node.set(name('Resources'), context.obj({ XObject: { X1: formRef } }));
    page.node.set(name('StructParents'), context.obj(2 * i));
    const own = context.register(context.obj({ Type: 'StructElem', S: 'P', P: topRef, Pg: page.ref, K: 0 }));
    const kid = byStream ? { Type: 'MCR', Stm: formRef, MCID: 0 } : 1;
    const inForm = context.register(
      context.obj({ Type: 'StructElem', S: 'P', P: topRef, Pg: page.ref, K: kid as never }),
    );
    paragraphs.push(own, inForm);
    entries.push(2 * i, byStream ? [own] : [own, inForm]);
    if (byStream) entries.push(2 * i + 1, [inForm]);
  }
  top.set(name('K'), context.obj(paragraphs));
  root.set(name('K'), context.obj([topRef]));
  root.set(name('ParentTree'), context.register(context.obj({ Nums: entries as never })));
  catalog.set(name('StructTreeRoot'), rootRef);
  // As from a file: what is read elsewhere are streams as they were written.
  return PDFDocument.load(await document.save(), { updateMetadata: false });
}

function paragraph(id: number, words: string): string {
  return `/P <</MCID ${id} >>BDC\nBT\n(${words}) Tj\nET\nEMC`;
}

/** The elements that hold content, in reading order. */
export function paragraphsOf({ context, catalog }: PDFDocument): PDFDict[] {
  const root = catalog.lookup(name('StructTreeRoot'), PDFDict);
  const found: PDFDict[] = [];
  for (const [, object] of context.enumerateIndirectObjects())
    if (object instanceof PDFDict && object.get(name('S')) === name('P')) found.push(object);
  if (!root.has(name('K'))) throw new Error('there is no structure');
  return found;
}
