import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFName,
  PDFNumber,
  type PDFObject,
  type PDFPage,
  PDFStream,
} from 'pdf-lib';
import { apply, IDENTITY, type Matrix, multiply, operands } from '../content/matrix.ts';
import { linksOn } from '../navigation/links.ts';

const name = PDFName.of;

/** In points. */
interface PaperSize {
  readonly width: number;
  readonly height: number;
}

/** Changes the size of all pages of a print of Chromium, in place, and transforms their content. */
export function resizePages(document: PDFDocument, paper: PaperSize, matrix: Matrix): void {
  const { context, catalog } = document;
  const before = context.register(context.stream(`q ${operands(matrix)} cm\n`));
  const after = context.register(context.stream('\nQ\n'));
  const patterns = new Set<PDFDict>();
  for (const page of document.getPages()) {
    const contents = page.node.get(name('Contents'));
    const own = context.lookup(contents);
    const streams = own instanceof PDFArray ? own.asArray() : contents === undefined ? [] : [contents];
    page.node.set(name('Contents'), context.obj([before, ...streams, after]));
    page.setMediaBox(0, 0, paper.width, paper.height);
    page.setCropBox(0, 0, paper.width, paper.height);
    for (const { dict } of linksOn(page)) {
      moveBox(dict, matrix);
      movePlace(context.lookup(dict.get(name('Dest'))), matrix);
    }
    for (const pattern of patternsOf(page)) patterns.add(pattern);
  }
  // A pattern is in the coordinates of its page, whatever is drawn with it: ISO 32000-1, 8.7.3.1.
  for (const pattern of patterns) {
    const numbers = pattern.lookupMaybe(name('Matrix'), PDFArray)?.asArray().map(numberOf) ?? IDENTITY;
    pattern.set(name('Matrix'), context.obj([...multiply(numbers, matrix)]));
  }
  const dests = context.lookup(catalog.get(name('Dests')));
  if (dests instanceof PDFDict)
    for (const [, place] of dests.entries()) movePlace(context.lookup(place), matrix);
}

function patternsOf(page: PDFPage): PDFDict[] {
  const patterns = page.node.Resources()?.lookupMaybe(name('Pattern'), PDFDict);
  return (patterns?.entries() ?? []).flatMap(([, one]) => {
    const pattern = page.doc.context.lookup(one);
    if (pattern instanceof PDFStream) return [pattern.dict];
    return pattern instanceof PDFDict ? [pattern] : [];
  });
}

/** Moves an annotation with the content below it. */
export function moveBox(annotation: PDFDict, matrix: Matrix): void {
  for (const key of ['Rect', 'QuadPoints']) {
    const numbers = annotation.lookupMaybe(name(key), PDFArray)?.asArray().map(numberOf);
    if (!numbers) continue;
    const moved = numbers.flatMap((x, i) => (i % 2 === 0 ? apply(matrix, x, numbers[i + 1] ?? 0) : []));
    annotation.set(name(key), annotation.context.obj(moved));
  }
}

/** `[page /XYZ left top zoom]` of ISO 32000-1, 12.3.2.2. */
function movePlace(place: PDFObject | undefined, matrix: Matrix): void {
  if (!(place instanceof PDFArray) || place.get(1) !== name('XYZ')) return;
  const [left, top] = apply(matrix, numberOf(place.get(2)), numberOf(place.get(3)));
  place.set(2, PDFNumber.of(left));
  place.set(3, PDFNumber.of(top));
}

export function numberOf(object: PDFObject | undefined): number {
  return object instanceof PDFNumber ? object.asNumber() : 0;
}
