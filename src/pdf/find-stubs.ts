import { type PDFContext, PDFName, PDFRawStream, type PDFRef } from 'pdf-lib';
import { stubId } from '../images/renditions/stub.ts';
import type { Stub } from '../model/pdf-parts.ts';

/** The images of a print that are stubs, compared byte for byte, each with the id of its stub. */
export function findStubs(context: PDFContext, stubs: Iterable<Stub>): ReadonlyMap<PDFRef, string> {
  const known = new Map([...stubs].map((stub) => [stub.id, stub.jpeg]));
  const found = new Map<PDFRef, string>();
  for (const [ref, object] of context.enumerateIndirectObjects()) {
    if (!(object instanceof PDFRawStream) || object.dict.get(SUBTYPE) !== IMAGE) continue;
    const id = stubId(object.contents);
    const jpeg = id === undefined ? undefined : known.get(id);
    if (id !== undefined && jpeg && Buffer.compare(jpeg, object.contents) === 0) found.set(ref, id);
  }
  return found;
}

const SUBTYPE = PDFName.of('Subtype');
const IMAGE = PDFName.of('Image');
