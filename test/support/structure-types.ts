import { PDFArray, PDFDict, PDFDocument, PDFName, PDFNumber, PDFRawStream, PDFRef } from 'pdf-lib';
import { contentBytes } from './conformance/content.ts';

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

/** Content that elements refer to: its page, from 0, and its number in {@link numberedByPage}. */
interface TaggedContent {
  readonly page: number;
  readonly id: number;
}

/** More than the marked contents of one stream. */
const STRIDE = 100_000;

/** The content of all elements, in reading order. */
export async function taggedContent(bytes: Uint8Array): Promise<TaggedContent[]> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  const numbers = new Map(document.getPages().map(({ ref }, i) => [ref, i]));
  const found: TaggedContent[] = [];
  const add = (page: unknown, form: unknown, id: unknown): void => {
    if (id instanceof PDFNumber && page instanceof PDFRef)
      found.push({ page: numbers.get(page) ?? -1, id: id.asNumber() + offsetOf(form) });
  };
  const visit = (object: unknown, page: unknown): void => {
    const kid = document.context.lookup(object as never);
    if (kid instanceof PDFArray) for (const one of kid.asArray()) visit(one, page);
    else if (kid instanceof PDFNumber) add(page, undefined, kid);
    else if (kid instanceof PDFDict) {
      const its = kid.get(name('Pg')) ?? page;
      add(its, kid.get(name('Stm')), kid.get(name('MCID')));
      if (kid.has(name('K'))) visit(kid.get(name('K')), its);
    }
  };
  visit(document.catalog.get(name('StructTreeRoot')), undefined);
  return found;
}

/**
 * The same file with numbers of marked content that are unique on each page: in a form they count for themselves, which
 * pdf.js does not tell.
 */
export async function numberedByPage(bytes: Uint8Array): Promise<Uint8Array> {
  const document = await PDFDocument.load(bytes, { updateMetadata: false });
  const { context } = document;
  for (const [reference, object] of context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFRawStream) || object.dict.get(name('Subtype')) !== name('Form')) continue;
    const content = contentBytes(context, object).toString('latin1');
    const moved = content.replace(
      /\/MCID\s+(\d+)/g,
      (_, id: string) => `/MCID ${Number(id) + offsetOf(reference)}`,
    );
    const dict = object.dict.clone(context);
    const stream = context.flateStream(Buffer.from(moved, 'latin1'));
    for (const [key, value] of dict.entries())
      if (!['Filter', 'Length', 'DecodeParms'].includes(key.decodeText())) stream.dict.set(key, value);
    context.assign(reference, stream);
  }
  return document.save();
}

function offsetOf(form: unknown): number {
  return form instanceof PDFRef ? form.objectNumber * STRIDE : 0;
}
