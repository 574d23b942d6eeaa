import { PDFArray, PDFDict, type PDFDocument, PDFName, type PDFObject, PDFRef, PDFString } from 'pdf-lib';
import { contentReference } from '../content/content-reference.ts';
import { textOf } from '../content/text-of.ts';
import type { ContentPlaces } from './artifacts.ts';
import { retypeFormula } from './formulas.ts';
import { rebuildParentTree } from './parent-tree.ts';
import { elementOf, elementsIn, kidsOf, retype, setKids, typeOf, wrap } from './struct-elements.ts';
import { adoptLinks, annotationsIn } from './struct-links.ts';
import { structureRoot } from './struct-root.ts';
import { repairTable } from './table-structure.ts';

const name = PDFName.of;

/** ISO 32000-1, 14.8.4. */
const STANDARD = new Set(
  `Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table
  TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula
  Form`.split(/\s+/),
);
/** Types of PDF 2.0 and of Chromium itself, with their replacements; any other unknown type becomes a group. */
const ROLES: Readonly<Record<string, string>> = { Strong: 'Span', Em: 'Span', Sub: 'Span', Title: 'P' };

/** Elements whose content is in other elements. */
const WITHOUT_CONTENT = new Set(['L', 'LI', 'Table', 'THead', 'TBody', 'TFoot', 'TR', 'Ruby']);
/** Keys that give an element a meaning of its own. */
const SAYING = ['Lang', 'Alt', 'ActualText', 'ID', 'A', 'E', 'T'].map((key) => name(key));

/** Required ancestors of some elements, ignoring groups in between. ISO 32000-1, 14.8.4.3. */
const PARENTS: Readonly<Record<string, readonly string[]>> = {
  LI: ['L'],
  LBody: ['LI'],
  TR: ['Table', 'THead', 'TBody', 'TFoot'],
  THead: ['Table'],
  TBody: ['Table'],
  TFoot: ['Table'],
  TH: ['TR'],
  TD: ['TR'],
  TOCI: ['TOC'],
};
const GROUPS = new Set(['NonStruct', 'Div']);
/** Level of headings without one, as in ARIA. */
const USUAL_LEVEL = 2;

interface StructElement {
  readonly reference: PDFRef;
  readonly dict: PDFDict;
  readonly type: string;
}

/**
 * Makes the structure that Chromium wrote conform to PDF/UA-1 and PDF/A level A, in place: standard types, bodies of list
 * items, headings that skip no level, tables with complete rows, no figure without alternative text, and elements for content
 * in forms. ISO 14289-1, 7; ISO 32000-1, 14.7 and 14.8.
 *
 * @param places as {@link markArtifacts} returned them.
 */
export function repairStructure(document: PDFDocument, places: ContentPlaces): void {
  const { context } = document;
  const root = structureRoot(document);
  const roles = new Map<string, string>();
  const openHeadings: number[] = [];
  const links: StructElement[] = [];
  walk(root.get(name('K')));
  for (const link of links) if (annotationsIn(context, link.dict).length === 0) retype(link.dict, 'Span');
  if (roles.size > 0) root.set(name('RoleMap'), context.obj(Object.fromEntries([...roles].sort())));
  adoptLinks(document, root);
  rebuildParentTree(document, root, places);

  function walk(start: PDFObject | undefined): void {
    const waiting: { kid: PDFObject | undefined; above: string }[] = [{ kid: start, above: '' }];
    for (let next = waiting.pop(); next; next = waiting.pop()) {
      const { kid, above } = next;
      const object = context.lookup(kid);
      if (object instanceof PDFArray)
        for (const one of object.asArray().reverse()) waiting.push({ kid: one, above });
      if (!(kid instanceof PDFRef) || !(object instanceof PDFDict) || !object.has(name('S'))) continue;
      const allowed = PARENTS[typeOf(object)];
      if (allowed && !allowed.includes(above)) retype(object, 'Div');
      repair({ reference: kid, dict: object, type: typeOf(object) });
      const type = roles.get(typeOf(object)) ?? typeOf(object);
      waiting.push({ kid: object.get(name('K')), above: GROUPS.has(type) ? above : type });
    }
  }

  function repair(element: StructElement): void {
    const { dict, type, reference } = element;
    if (!WITHOUT_CONTENT.has(type)) absorbTexts(dict);
    repairLanguage(dict);
    const heading = /^H([1-6]?)$/.exec(type);
    if (heading) retype(dict, `H${headingLevel(Number(heading[1] || USUAL_LEVEL))}`);
    else if (type === 'Document') dict.delete(name('Lang'));
    else if (type === 'Figure') repairFigure(dict);
    else if (type === 'L') repairList(element);
    else if (type === 'LI') repairItem(element);
    else if (type === 'Table') repairTable(context, dict, reference);
    else if (type === 'Link') links.push(element);
    else if (type === 'Ruby')
      for (const kid of elementsIn(context, dict)) if (typeOf(kid) === 'NonStruct') retype(kid, 'RB');
    if (!STANDARD.has(type)) roles.set(type, ROLES[type] ?? 'Div');
  }

  /** Authors write `de_DE` and worse; a value that is no language tag is dropped. ISO 32000-1, 14.9.2; RFC 3066, 2.1. */
  function repairLanguage(dict: PDFDict): void {
    const tag = textOf(dict.get(name('Lang')))?.replaceAll('_', '-');
    if (tag === undefined) return;
    if (/^[a-z]{1,8}(-[a-z0-9]{1,8})*$/i.test(tag)) dict.set(name('Lang'), PDFString.of(tag));
    else dict.delete(name('Lang'));
  }

  /**
   * Dissolves elements that only contain content. Chromium writes one for each run of text, which makes up most of a file's
   * objects and has no meaning.
   */
  function absorbTexts(dict: PDFDict): void {
    const kids = kidsOf(context, dict);
    let page = dict.get(name('Pg'));
    let isChanged = false;
    const absorbed = kids.flatMap((kid) => {
      const inner = elementOf(context, kid);
      if (!inner || typeOf(inner) !== 'NonStruct' || SAYING.some((key) => inner.has(key))) return [kid];
      const content = kidsOf(context, inner);
      const own = inner.get(name('Pg'));
      if (content.length === 0 || !content.every((one) => contentReference(context, one, own))) return [kid];
      if (page !== undefined && own !== page) return [kid];
      page = own;
      isChanged = true;
      return content;
    });
    if (!isChanged) return;
    if (page) dict.set(name('Pg'), page);
    setKids(context, dict, absorbed);
  }

  /** One level below the nearest previous heading with a higher rank: authors choose levels for their look. */
  function headingLevel(written: number): number {
    while ((openHeadings.at(-1) ?? 0) >= written) openHeadings.pop();
    openHeadings.push(written);
    return openHeadings.length;
  }

  /** An HTML figure groups an image that has its own alternative text with a caption; any other has no meaning. */
  function repairFigure(dict: PDFDict): void {
    const words = ['Alt', 'ActualText'].map((key) => textOf(context.lookup(dict.get(name(key)))));
    if (words.some((text = '') => text.trim() !== '')) {
      retypeFormula(dict);
      return;
    }
    retype(dict, elementsIn(context, dict).length > 0 ? 'Div' : 'NonStruct');
  }

  function repairList({ reference, dict }: StructElement): void {
    const kids = kidsOf(context, dict).map((kid) => {
      const inner = context.lookup(kid);
      const isElement = inner instanceof PDFDict && inner.has(name('S'));
      if (isElement && ['L', 'LI', 'Caption'].includes(typeOf(inner))) return kid;
      return wrap(context, 'LI', reference, [kid], dict.get(name('Pg')));
    });
    setKids(context, dict, kids);
    if (!dict.has(name('A'))) dict.set(name('A'), context.obj({ O: 'List', ListNumbering: 'Disc' }));
  }

  function repairItem({ reference, dict }: StructElement): void {
    const isPart = (kid: PDFObject): boolean => {
      const inner = context.lookup(kid);
      return inner instanceof PDFDict && inner.has(name('S')) && ['Lbl', 'LBody'].includes(typeOf(inner));
    };
    const kids = kidsOf(context, dict);
    const body = kids.filter((kid) => !isPart(kid));
    if (body.length === 0) return;
    setKids(context, dict, [
      ...kids.filter(isPart),
      wrap(context, 'LBody', reference, body, dict.get(name('Pg'))),
    ]);
  }
}
