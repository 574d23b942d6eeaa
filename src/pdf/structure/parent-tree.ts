import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFName,
  PDFNull,
  PDFNumber,
  type PDFObject,
  PDFRef,
  PDFStream,
} from 'pdf-lib';
import { contentReference } from '../content/content-reference.ts';
import type { ContentPlace, ContentPlaces } from './artifacts.ts';
import { kidsOf, setKids } from './struct-elements.ts';
import { annotationsIn } from './struct-links.ts';

const name = PDFName.of;

/**
 * Makes elements and content refer to each other, in place, in one form for all versions of Chromium: content of a page by
 * its number, content of a form (painted through a transparency group, or a slide in a handout) by a reference that names the
 * form, which has an entry of its own. Chromium up to 147 numbers the content of forms as if it were in the page, where
 * readers do not find it. References to missing content are removed. ISO 32000-1, 14.7.4.2 to 14.7.4.4.
 */
export function rebuildParentTree(document: PDFDocument, root: PDFDict, places: ContentPlaces): void {
  const { context } = document;
  const entries = new Map<number, PDFObject>();
  let next = nextParentKey(document);
  /** Elements by the number of their content, for each page and form. */
  const content = new Map<PDFRef, Map<number, PDFRef>>();
  const waiting = [root.get(name('K'))];
  while (waiting.length > 0) {
    const reference = waiting.pop();
    const found = context.lookup(reference);
    if (found instanceof PDFArray) for (const kid of found.asArray().reverse()) waiting.push(kid);
    if (reference instanceof PDFRef && found instanceof PDFDict && found.has(name('S'))) {
      claim(found, reference);
      waiting.push(found.get(name('K')));
    }
  }
  for (const page of document.getPages()) file(page.ref, page.node);
  const streams = new Set(
    [...places.values()].flatMap((own) => [...own.values()].map(({ stream }) => stream)),
  );
  for (const reference of new Set([...places.keys(), ...streams])) {
    const form = context.lookup(reference);
    if (form instanceof PDFStream) file(reference, form.dict);
  }
  const nums = [...entries].sort(([a], [b]) => a - b).flatMap(([key, value]) => [PDFNumber.of(key), value]);
  root.set(name('ParentTree'), context.register(context.obj({ Nums: nums })));
  root.set(name('ParentTreeNextKey'), PDFNumber.of(next));

  function claim(element: PDFDict, reference: PDFRef): void {
    const page = element.get(name('Pg'));
    const kids = kidsOf(context, element);
    for (const one of annotationsIn(context, element)) enter(one, reference);
    const placed = kids.flatMap((kid) => {
      const found = contentReference(context, kid, page);
      if (!found) return [kid];
      const place = places.get(found.scope)?.get(found.id);
      if (!place) return [];
      const elements = content.get(place.stream) ?? new Map<number, PDFRef>();
      content.set(place.stream, elements.set(found.id, reference));
      return [written(kid, found.id, place, page)];
    });
    if (placed.length !== kids.length || placed.some((kid, i) => kid !== kids[i]))
      setKids(context, element, placed);
  }

  /** A child that refers to content, in the form that we write; unchanged if it already has that form. */
  function written(
    kid: PDFObject,
    id: number,
    place: ContentPlace,
    elementPage: PDFObject | undefined,
  ): PDFObject {
    const isOnPage = place.stream === place.page;
    if (isOnPage && elementPage === place.page) return kid instanceof PDFNumber ? kid : PDFNumber.of(id);
    const stream = isOnPage ? {} : { Stm: place.stream };
    return context.obj({ Type: 'MCR', Pg: place.page, ...stream, MCID: id });
  }

  /** Records which element an annotation belongs to. */
  function enter(objectReference: PDFObject, element: PDFRef): void {
    const annotation = context.lookup(context.lookup(objectReference, PDFDict).get(name('Obj')));
    if (!(annotation instanceof PDFDict)) return;
    const own = annotation.get(name('StructParent'));
    const key = own instanceof PDFNumber ? own.asNumber() : next++;
    annotation.set(name('StructParent'), PDFNumber.of(key));
    entries.set(key, element);
  }

  /** Records which elements the content of a page or form belongs to. */
  function file(reference: PDFRef, holder: PDFDict): void {
    const elements = content.get(reference);
    const own = holder.get(name('StructParents'));
    if (!elements && !(own instanceof PDFNumber)) return;
    const key = own instanceof PDFNumber ? own.asNumber() : next++;
    const list = Array.from(
      { length: Math.max(-1, ...(elements?.keys() ?? [])) + 1 },
      (_, id) => elements?.get(id) ?? PDFNull,
    );
    holder.set(name('StructParents'), PDFNumber.of(key));
    entries.set(key, context.register(context.obj(list)));
  }
}

/** A number that is not used in the parent tree, and larger than all used ones. */
export function nextParentKey({ context }: PDFDocument): number {
  let highest = -1;
  for (const [, object] of context.enumerateIndirectObjects()) {
    const dict = object instanceof PDFStream ? object.dict : object;
    if (!(dict instanceof PDFDict)) continue;
    for (const key of PARENT_KEYS) {
      const own = dict.get(key);
      if (own instanceof PDFNumber) highest = Math.max(highest, own.asNumber());
    }
  }
  return highest + 1;
}

/** The keys of a page or form, and of an annotation. ISO 32000-1, 14.7.4.4. */
export const PARENT_KEYS = [name('StructParents'), name('StructParent')];
