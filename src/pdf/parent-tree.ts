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
import type { ContentOwners } from './artifacts.ts';
import { kidsOf, setKids } from './struct-elements.ts';
import { annotationsIn } from './struct-links.ts';

const name = PDFName.of;

/**
 * Makes elements and content refer to each other, in place. Chromium numbers the content of a form (what it paints through
 * a transparency group, or a slide scaled into a handout's box) as if it stood on the page itself, where no reader finds
 * it: such content gets references that name the form, and the form an entry of its own. ISO 32000-1, 14.7.4.2 to 14.7.4.4.
 */
export function rebuildParentTree(document: PDFDocument, root: PDFDict, owners: ContentOwners): void {
  const { context } = document;
  const entries = readNumberTree(root.get(name('ParentTree')));
  let next = Math.max(-1, ...entries.keys()) + 1;
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
  for (const [reference] of content) {
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
    if (!(page instanceof PDFRef) || !kids.some((kid) => kid instanceof PDFNumber)) return;
    let isMoved = false;
    const placed = kids.flatMap((kid) => {
      if (!(kid instanceof PDFNumber)) return [kid];
      const id = kid.asNumber();
      const owner = owners.get(page)?.get(id);
      if (owner !== 'page') isMoved = true;
      if (owner === undefined) return [];
      const stream = owner === 'page' ? page : owner;
      const elements = content.get(stream) ?? new Map<number, PDFRef>();
      content.set(stream, elements.set(id, reference));
      return owner === 'page' ? [kid] : [context.obj({ Type: 'MCR', Pg: page, Stm: owner, MCID: id })];
    });
    if (isMoved) setKids(context, element, placed);
  }

  /** Enters whom an annotation belongs to. */
  function enter(objectReference: PDFObject, element: PDFRef): void {
    const annotation = context.lookup(context.lookup(objectReference, PDFDict).get(name('Obj')));
    if (!(annotation instanceof PDFDict)) return;
    const own = annotation.get(name('StructParent'));
    const key = own instanceof PDFNumber ? own.asNumber() : next++;
    annotation.set(name('StructParent'), PDFNumber.of(key));
    entries.set(key, element);
  }

  /** Enters whom the content of a page or form belongs to. */
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

  /** ISO 32000-1, 7.9.7. */
  function readNumberTree(node: PDFObject | undefined): Map<number, PDFObject> {
    const found = new Map<number, PDFObject>();
    const nodes = [node];
    while (nodes.length > 0) {
      const dict = context.lookup(nodes.pop());
      if (!(dict instanceof PDFDict)) continue;
      const nums = dict.lookupMaybe(name('Nums'), PDFArray)?.asArray() ?? [];
      for (let i = 0; i + 1 < nums.length; i += 2) {
        const key = nums[i];
        const value = nums[i + 1];
        if (key instanceof PDFNumber && value) found.set(key.asNumber(), value);
      }
      nodes.push(...(dict.lookupMaybe(name('Kids'), PDFArray)?.asArray() ?? []));
    }
    return found;
  }
}
