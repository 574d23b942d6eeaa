import { PDFArray, PDFDict, type PDFDocument, PDFName, type PDFObject, PDFRef } from 'pdf-lib';
import { linksOn } from '../navigation/links.ts';
import { elementsByPage } from '../structure/elements-by-page.ts';
import { elementOf, kidsOf, setKids } from '../structure/struct-elements.ts';
import { leadElsewhere } from './lead-elsewhere.ts';

const name = PDFName.of;

/**
 * Removes pages from a print of Chromium, in place, with their structure and the links to them.
 *
 * @param kept indices of the pages that stay.
 * @param elsewhere address for a link to a removed page, by the name of its destination; undefined: the link is removed.
 */
export function keepPages(
  document: PDFDocument,
  kept: ReadonlySet<number>,
  elsewhere: (destination: string) => string | undefined,
): void {
  const { context, catalog } = document;
  const pages = document.getPages();
  const removed = new Set<PDFObject>(pages.flatMap(({ ref }, i) => (kept.has(i) ? [] : [ref])));
  if (removed.size === 0) return;
  const gone = new Set<PDFObject>();
  const dests = context.lookup(catalog.get(name('Dests')));
  if (dests instanceof PDFDict)
    for (const [key, place] of dests.entries()) {
      const found = context.lookup(place);
      if (found instanceof PDFArray && removed.has(found.get(0))) dests.delete(key);
    }
  for (const page of pages) {
    if (removed.has(page.ref)) continue;
    for (const { reference, dict } of linksOn(page)) {
      const dest = dict.get(name('Dest'));
      if (!(dest instanceof PDFName) || (dests instanceof PDFDict && dests.has(dest))) continue;
      if (!leadElsewhere(dict, dest, elsewhere)) gone.add(reference);
    }
    const left = (page.node.Annots()?.asArray() ?? []).filter((one) => !gone.has(one));
    if (page.node.Annots()) page.node.set(name('Annots'), context.obj(left));
  }
  keepStructure();
  for (let i = pages.length - 1; i >= 0; i--) if (!kept.has(i)) document.removePage(i);

  function keepStructure(): void {
    const root = context.lookup(catalog.get(name('StructTreeRoot')));
    if (!(root instanceof PDFDict)) return;
    const [top] = kidsOf(context, root);
    const element = elementOf(context, top);
    if (!element || !(top instanceof PDFRef)) return;
    const byPage = elementsByPage(context, kidsOf(context, element));
    const left = pages.flatMap(({ ref }) => (removed.has(ref) ? [] : (byPage.get(ref) ?? [])));
    for (const one of left) {
      elementOf(context, one)?.set(name('P'), top);
      withoutLinks(one);
    }
    setKids(context, element, left);
  }

  function withoutLinks(start: PDFRef): void {
    if (gone.size === 0) return;
    const waiting: PDFObject[] = [start];
    for (let reference = waiting.pop(); reference; reference = waiting.pop()) {
      const element = elementOf(context, reference);
      if (!element) continue;
      const kids = kidsOf(context, element);
      const left = kids.filter((kid) => {
        const found = context.lookup(kid);
        return !(found instanceof PDFDict && gone.has(found.get(name('Obj')) as PDFObject));
      });
      if (left.length < kids.length) setKids(context, element, left);
      waiting.push(...left);
    }
  }
}
