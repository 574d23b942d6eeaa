import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFString,
} from 'pdf-lib';

const name = PDFName.of;

/**
 * Renumbers the ids of a tagged PDF's structure elements in reading order, in place. Chromium derives them from the number of
 * nodes that its renderer has created so far, which differs from run to run. ISO 32000-1, 14.7.2.
 *
 * @param prefix of the new ids.
 */
export function renumberStructIds(document: PDFDocument, prefix = 'e'): void {
  const { context } = document;
  const root = context.lookup(document.catalog.get(name('StructTreeRoot')));
  if (!(root instanceof PDFDict)) return;
  const renamed = new Map<string, { readonly id: string; readonly element: PDFObject }>();
  const headers: PDFArray[] = [];
  walk(root.get(name('K')));
  for (const list of headers) {
    for (let i = 0; i < list.size(); i++)
      list.set(i, PDFString.of(renamed.get(textOf(list.get(i)))?.id ?? ''));
  }
  if (renamed.size > 0) root.set(name('IDTree'), idTree());

  function walk(start: PDFObject | undefined): void {
    const waiting = [start];
    while (waiting.length > 0) {
      const reference = waiting.pop();
      const element = context.lookup(reference);
      if (element instanceof PDFArray) for (const kid of element.asArray().reverse()) waiting.push(kid);
      if (!(element instanceof PDFDict) || !element.has(name('S'))) continue;
      const id = element.get(name('ID'));
      if (id && reference) {
        // Fixed width, so that the order of the strings is the order of the numbers, as the tree requires.
        const renumbered = `${prefix}${String(renamed.size + 1).padStart(7, '0')}`;
        renamed.set(textOf(id), { id: renumbered, element: reference });
        element.set(name('ID'), PDFString.of(renumbered));
      }
      collectHeaders(context.lookup(element.get(name('A'))));
      waiting.push(element.get(name('K')));
    }
  }

  /** Table cells refer to their header cells by id. */
  function collectHeaders(attributes: PDFObject | undefined): void {
    if (attributes instanceof PDFArray)
      for (const one of attributes.asArray()) collectHeaders(context.lookup(one));
    if (!(attributes instanceof PDFDict)) return;
    const list = context.lookup(attributes.get(name('Headers')));
    if (list instanceof PDFArray) headers.push(list);
  }

  function idTree(): PDFObject {
    const entries = [...renamed.values()];
    const names = entries.flatMap(({ id, element }) => [PDFString.of(id), element]);
    const limits = [entries[0], entries.at(-1)].map((entry) => PDFString.of(entry?.id ?? ''));
    return context.obj({ Kids: [context.obj({ Names: names, Limits: limits })] });
  }
}

function textOf(object: PDFObject | undefined): string {
  return object instanceof PDFString || object instanceof PDFHexString ? object.decodeText() : String(object);
}
