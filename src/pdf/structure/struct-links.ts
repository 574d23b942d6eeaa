import {
  PDFArray,
  type PDFContext,
  PDFDict,
  type PDFDocument,
  PDFName,
  type PDFObject,
  PDFRef,
} from 'pdf-lib';
import { linksOn } from '../navigation/links.ts';
import { elementOf, kidsOf, retype, setKids, typeOf, wrap } from './struct-elements.ts';

const name = PDFName.of;

/** The references to annotations that are children of the element itself. ISO 32000-1, 14.7.4.3. */
export function annotationsIn(context: PDFContext, element: PDFDict): PDFObject[] {
  return kidsOf(context, element).filter((kid) => isAnnotation(context, kid));
}

/**
 * Puts every link into a Link element, in place: links that are ARIA buttons or parts of a drawing with words of its own, and
 * at the end those that are hidden from screen readers, because keyboard users can reach them. ISO 14289-1, 7.18.5.
 */
export function adoptLinks(document: PDFDocument, root: PDFDict): void {
  const { context } = document;
  const owned = new Set<PDFObject>();
  const waiting = [root.get(name('K'))];
  let top: PDFRef | undefined;
  while (waiting.length > 0) {
    const kid = waiting.pop();
    const found = context.lookup(kid);
    if (found instanceof PDFArray) waiting.push(...found.asArray());
    const element = elementOf(context, kid);
    if (!element || !(kid instanceof PDFRef)) continue;
    top ??= kid;
    const annotations = annotationsIn(context, element);
    for (const one of annotations) {
      const annotation = context.lookup(one, PDFDict).get(name('Obj'));
      if (annotation) owned.add(annotation);
    }
    if (annotations.length > 0 && typeOf(element) !== 'Link') enclose(element, kid);
    waiting.push(...kidsOf(context, element));
  }
  if (!top) return;
  const orphans = document.getPages().flatMap((page) =>
    linksOn(page)
      .filter(({ reference }) => !owned.has(reference))
      .map(({ reference }) => ({ Type: 'OBJR', Obj: reference, Pg: page.ref })),
  );
  const element = elementOf(context, top);
  if (!element || orphans.length === 0) return;
  const above = top;
  const adopted = orphans.map((one) => wrap(context, 'Link', above, [context.obj(one)], one.Pg));
  setKids(context, element, [...kidsOf(context, element), ...adopted]);

  function enclose(element: PDFDict, reference: PDFRef): void {
    if (typeOf(element) === 'Form') {
      retype(element, 'Link');
      element.delete(name('A'));
      return;
    }
    const page = element.get(name('Pg'));
    const kids = kidsOf(context, element).map((kid) =>
      isAnnotation(context, kid) ? wrap(context, 'Link', reference, [kid], page) : kid,
    );
    setKids(context, element, kids);
  }
}

function isAnnotation(context: PDFContext, kid: PDFObject): boolean {
  const inner = context.lookup(kid);
  return inner instanceof PDFDict && inner.get(name('Type')) === name('OBJR');
}
