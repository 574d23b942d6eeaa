import { PDFArray, type PDFContext, PDFDict, PDFName, type PDFObject, type PDFRef } from 'pdf-lib';

const name = PDFName.of;

// Elements of a structure tree: ISO 32000-1, 14.7.2.

export function typeOf(element: PDFDict): string {
  const type = element.get(name('S'));
  return type instanceof PDFName ? type.decodeText() : '';
}

export function retype(element: PDFDict, type: string): void {
  element.set(name('S'), name(type));
}

/** The children of an element: elements, numbers of content, annotations. */
export function kidsOf(context: PDFContext, element: PDFDict): PDFObject[] {
  const kids = element.get(name('K'));
  const found = context.lookup(kids);
  return found instanceof PDFArray ? [...found.asArray()] : kids === undefined ? [] : [kids];
}

export function setKids(context: PDFContext, element: PDFDict, kids: PDFObject[]): void {
  element.set(name('K'), context.obj(kids));
}

/** The element, if a child is one. */
export function elementOf(context: PDFContext, kid: PDFObject | undefined): PDFDict | undefined {
  const found = context.lookup(kid);
  return found instanceof PDFDict && found.has(name('S')) ? found : undefined;
}

export function elementsIn(context: PDFContext, element: PDFDict): PDFDict[] {
  return kidsOf(context, element).flatMap((kid) => elementOf(context, kid) ?? []);
}

/** A new element below another one, which takes over some of that one's children. */
export function wrap(
  context: PDFContext,
  type: string,
  parent: PDFRef,
  kids: PDFObject[],
  page: PDFObject | undefined,
): PDFRef {
  const dict = context.obj({ Type: 'StructElem', S: type });
  const reference = context.register(dict);
  dict.set(name('P'), parent);
  if (page) dict.set(name('Pg'), page);
  setKids(context, dict, kids);
  for (const kid of kids) elementOf(context, kid)?.set(name('P'), reference);
  return reference;
}
