import {
  PDFArray,
  type PDFContext,
  PDFDict,
  type PDFDocument,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFObjectCopier,
  type PDFPage,
  type PDFPageLeaf,
  PDFRawStream,
  PDFRef,
  PDFStream,
} from 'pdf-lib';
import { type ContentReference, contentReference } from '../content/content-reference.ts';
import { apply, type Matrix } from '../content/matrix.ts';
import { repacked, streamText } from '../content/stream-text.ts';
import { textOf } from '../content/text-of.ts';
import { elementsByPage } from '../structure/elements-by-page.ts';
import { nextParentKey, PARENT_KEYS } from '../structure/parent-tree.ts';
import { elementOf, kidsOf, retype, setKids, typeOf } from '../structure/struct-elements.ts';
import { renumberStructIds } from '../structure/struct-ids.ts';
import { structureRoot } from '../structure/struct-root.ts';
import { type Filling, fillPlaceholders } from './fill-placeholders.ts';
import { leadElsewhere } from './lead-elsewhere.ts';
import { moveBox, numberOf } from './resize-pages.ts';

const name = PDFName.of;

/** A printed page, and its place on a sheet. */
export interface Placement {
  /** Page of the source, from 0. */
  readonly page: number;
  /** Page of the target, from 0. */
  readonly sheet: number;
  /** Alternative text of the placeholder figure. */
  readonly placeholder: string;
  /** Transformation from the page to the sheet, in points. */
  readonly matrix: Matrix;
}

export interface ImposeOptions {
  /** The page of the source that replaces one that is not placed, from 0; undefined: none. */
  readonly standIn: (page: number) => number | undefined;
  /** Address for a link to a page that is not placed, by the name of its destination; undefined: the link is removed. */
  readonly elsewhere: (destination: string) => string | undefined;
}

/**
 * Places pages of one print on the sheets of another one, in place. Each page becomes a form XObject, which is drawn in place
 * of a placeholder figure, and its structure replaces that figure. Links, destinations and tags are kept. Both documents are
 * prints of Chromium. Other properties of the pages (box, label) are dropped. ISO 32000-1, 8.10, 12.3.2, 12.5.6.5 and 14.7.4.
 *
 * @param source is changed: its numbers are made different from those of the target.
 * @returns placements whose sheet has no placeholder.
 */
export function imposePages(
  target: PDFDocument,
  source: PDFDocument,
  placements: readonly Placement[],
  options: ImposeOptions,
): readonly Placement[] {
  const { context } = target;
  const figures = placeholderElements(target);
  const contents = placeholderContent(context, figures);
  prepare(source, nextParentKey(target));
  const copier = PDFObjectCopier.for(source.context, context);
  const printed = source.getPages();
  const sheets = target.getPages();
  const placed = new Map<PDFRef, PlacedPage>();
  /** The pages of the source, by their place in the target. */
  const numbers = new Map<PDFRef, number>();
  const copies = printed.map(({ ref }, i) => {
    const copy = copier.copy(ref);
    numbers.set(copy, i);
    return copy;
  });
  for (const { page, sheet, matrix, placeholder } of placements) {
    const [copy, onto] = [copies[page], sheets[sheet]];
    const content = contents.get(placeholder);
    const figure = figures.get(placeholder);
    if (!copy || !onto || !figure || content?.scope !== onto.ref) continue;
    const form = pageForm(context, context.lookup(copy) as PDFPageLeaf);
    placed.set(copy, { form, sheet: onto.ref, matrix, figure, content: content.id });
  }
  const lost = moveLinks();
  placeContent();
  placeStructure();
  return placements.filter(({ page }) => !placed.has(copies[page] as PDFRef));

  /** Moves the links and destinations of placed pages. @returns the annotations that no longer have a target. */
  function moveLinks(): ReadonlySet<PDFObject> {
    const gone = new Set<PDFObject>();
    const dests = source.catalog.get(name('Dests'));
    const places = dests && context.lookup(copier.copy(dests));
    const own = context.lookup(target.catalog.get(name('Dests')));
    const merged = own instanceof PDFDict ? own : context.obj({});
    target.catalog.set(name('Dests'), merged);
    if (places instanceof PDFDict)
      for (const [key, place] of places.entries()) {
        const at = movedPlace(context.lookup(place));
        if (at) merged.set(key, at);
      }
    const moved = new Map<PDFRef, PDFObject[]>();
    for (const [copy, { sheet, matrix }] of placed) {
      const leaf = context.lookup(copy, PDFDict);
      const onto = moved.get(sheet) ?? [];
      moved.set(sheet, onto);
      const annotations = context.lookupMaybe(leaf.get(name('Annots')), PDFArray)?.asArray() ?? [];
      for (const reference of annotations) {
        const dict = context.lookup(reference);
        if (!(dict instanceof PDFDict)) continue;
        const dest = dict.get(name('Dest'));
        if (dest instanceof PDFName && !merged.has(dest)) {
          if (!leadElsewhere(dict, dest, options.elsewhere)) {
            gone.add(reference);
            continue;
          }
        } else if (dest instanceof PDFArray) {
          const place = movedPlace(dest);
          if (place) dict.set(name('Dest'), place);
        }
        moveBox(dict, matrix);
        dict.set(name('P'), sheet);
        onto.push(reference);
      }
    }
    // The sheet's own content is below its slides.
    for (const { ref, node } of sheets) {
      const own = moved.get(ref) ?? [];
      if (own.length === 0) continue;
      node.set(name('Annots'), context.obj([...own, ...(node.Annots()?.asArray() ?? [])]));
      // Tab order follows the structure: ISO 14289-1, 7.18.3.
      node.set(name('Tabs'), name('S'));
    }
    return gone;
  }

  function movedPlace(place: PDFObject | undefined): PDFArray | undefined {
    if (!(place instanceof PDFArray)) return undefined;
    const [page, , x, y] = place.asArray();
    const number = page instanceof PDFRef ? numbers.get(page) : undefined;
    if (!(page instanceof PDFRef) || number === undefined) return undefined;
    const standIn = placed.has(page) ? number : options.standIn(number);
    const at = standIn === undefined ? undefined : placed.get(copies[standIn] ?? page);
    if (!at) return undefined;
    const [left, top] = apply(at.matrix, numberOf(x), numberOf(y));
    return context.obj([at.sheet, name('XYZ'), PDFNumber.of(left), PDFNumber.of(top), PDFNumber.of(0)]);
  }

  function placeContent(): void {
    const bySheet = new Map<PDFRef, PlacedPage[]>();
    for (const one of placed.values()) bySheet.set(one.sheet, [...(bySheet.get(one.sheet) ?? []), one]);
    for (const sheet of sheets) {
      const own = bySheet.get(sheet.ref) ?? [];
      if (own.length === 0) continue;
      const fillings = new Map<number, Filling>();
      const objects = ownXObjects(sheet);
      own.forEach(({ form, matrix, content }, i) => {
        const called = `Page${i}`;
        objects.set(name(called), form);
        fillings.set(content, { name: called, matrix });
      });
      const contents = sheet.node.Contents();
      const streams = contents instanceof PDFArray ? contents.asArray() : [contents];
      const text = streams.map((one) => streamText(context.lookup(one))).join('\n');
      const [first] = streams.map((one) => context.lookup(one));
      if (!(first instanceof PDFRawStream)) throw new Error('a sheet has no content');
      const filled = repacked(first, fillPlaceholders(text, fillings), context);
      sheet.node.set(name('Contents'), context.register(filled));
    }
  }

  function placeStructure(): void {
    const tops = source.context.lookup(source.catalog.get(name('StructTreeRoot')));
    const kids = tops instanceof PDFDict ? kidsOf(source.context, tops) : [];
    const byPage = elementsByPage(
      context,
      kids.map((kid) => copier.copy(kid)),
    );
    for (const [copy, { figure: reference }] of placed) {
      const figure = elementOf(context, reference);
      if (!figure) continue;
      const elements = byPage.get(copy) ?? [];
      retype(figure, 'Sect');
      for (const key of ['Alt', 'A', 'Pg']) figure.delete(name(key));
      setKids(context, figure, [...elements]);
      for (const element of elements) {
        elementOf(context, element)?.set(name('P'), reference);
        refer(element);
      }
    }
  }

  /** Makes an element and all of its descendants refer to content of forms. */
  function refer(start: PDFRef): void {
    const waiting: PDFObject[] = [start];
    for (let reference = waiting.pop(); reference; reference = waiting.pop()) {
      const element = elementOf(context, reference);
      if (!element) continue;
      const own = element.get(name('Pg'));
      const kids = kidsOf(context, element).flatMap((kid) => {
        const found = context.lookup(kid);
        const page = found instanceof PDFDict ? (found.get(name('Pg')) ?? own) : own;
        const at = page instanceof PDFRef ? placed.get(page) : undefined;
        const content = contentReference(context, kid, own);
        if (content && at) {
          const stream = found instanceof PDFDict ? (found.get(name('Stm')) ?? at.form) : at.form;
          return [context.obj({ Type: 'MCR', Pg: at.sheet, Stm: stream, MCID: content.id })];
        }
        if (found instanceof PDFDict && found.get(name('Type')) === name('OBJR')) {
          if (lost.has(found.get(name('Obj')) as PDFObject)) return [];
          if (at) found.set(name('Pg'), at.sheet);
        } else waiting.push(kid);
        return [kid];
      });
      setKids(context, element, kids);
      const at = own instanceof PDFRef ? placed.get(own) : undefined;
      if (at) element.set(name('Pg'), at.sheet);
    }
  }
}

interface PlacedPage {
  readonly form: PDFRef;
  readonly sheet: PDFRef;
  readonly matrix: Matrix;
  /** The placeholder element, and the number of its content on the sheet. */
  readonly figure: PDFRef;
  readonly content: number;
}

/**
 * Makes the numbers and ids of a document different from those of another one, and removes the parent tree, which is built
 * again later.
 */
function prepare(document: PDFDocument, firstKey: number): void {
  const { context } = document;
  renumberStructIds(document, 's');
  const root = context.lookup(document.catalog.get(name('StructTreeRoot')));
  if (root instanceof PDFDict) for (const key of ['ParentTree', 'IDTree']) root.delete(name(key));
  for (const [, object] of context.enumerateIndirectObjects()) {
    const dict = object instanceof PDFStream ? object.dict : object;
    if (!(dict instanceof PDFDict)) continue;
    for (const key of PARENT_KEYS) {
      const own = dict.get(key);
      if (own instanceof PDFNumber) dict.set(key, PDFNumber.of(own.asNumber() + firstKey));
    }
  }
}

/** The content of a page as a form XObject. A single stream is used without decoding. */
function pageForm(context: PDFContext, page: PDFPageLeaf): PDFRef {
  const contents = page.Contents();
  const streams = contents instanceof PDFArray ? contents.asArray() : [page.get(name('Contents'))];
  const [first] = streams;
  const stream = context.lookup(first);
  if (!(first instanceof PDFRef) || !(stream instanceof PDFRawStream))
    throw new Error('a page has no content');
  const text = streams.map((one) => streamText(context.lookup(one))).join('\n');
  const form = streams.length === 1 ? stream : repacked(stream, text, context);
  const { dict } = form;
  const { width, height } = page.MediaBox().asRectangle();
  dict.set(name('Type'), name('XObject'));
  dict.set(name('Subtype'), name('Form'));
  dict.set(name('BBox'), context.obj([0, 0, width, height]));
  for (const key of ['Resources', 'Group', 'StructParents']) {
    const value = page.get(name(key));
    if (value) dict.set(name(key), value);
  }
  context.assign(first, form);
  return first;
}

/** The XObject resources of a page, not shared with other pages. */
function ownXObjects(page: PDFPage): PDFDict {
  const { context } = page.doc;
  const resources = page.node.Resources()?.clone(context) ?? context.obj({});
  const objects = resources.lookupMaybe(name('XObject'), PDFDict)?.clone(context) ?? context.obj({});
  resources.set(name('XObject'), objects);
  page.node.set(name('Resources'), resources);
  return objects;
}

/** Figures by their alternative text. */
function placeholderElements(document: PDFDocument): ReadonlyMap<string, PDFRef> {
  const { context } = document;
  const figures = new Map<string, PDFRef>();
  const waiting = [structureRoot(document).get(name('K'))];
  for (let reference = waiting.pop(); reference; reference = waiting.pop()) {
    const found = context.lookup(reference);
    if (found instanceof PDFArray) waiting.push(...found.asArray());
    const element = elementOf(context, reference);
    if (!element) continue;
    const words = typeOf(element) === 'Figure' ? textOf(context.lookup(element.get(name('Alt')))) : undefined;
    if (words !== undefined && reference instanceof PDFRef) figures.set(words, reference);
    waiting.push(...kidsOf(context, element));
  }
  return figures;
}

/** The content of figures, by their alternative text. */
function placeholderContent(
  context: PDFContext,
  figures: ReadonlyMap<string, PDFRef>,
): ReadonlyMap<string, ContentReference> {
  const found = new Map<string, ContentReference>();
  for (const [words, reference] of figures) {
    const element = elementOf(context, reference);
    if (!element) continue;
    for (const kid of kidsOf(context, element)) {
      const content = contentReference(context, kid, element.get(name('Pg')));
      if (content) found.set(words, content);
    }
  }
  return found;
}
