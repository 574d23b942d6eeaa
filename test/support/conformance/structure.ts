import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFNumber,
  type PDFObject,
  PDFRef,
  PDFString,
} from 'pdf-lib';
import type { Faults } from './faults.ts';
import { numberTree, type ReadContent } from './marked-content.ts';

const name = PDFName.of;

/** ISO 32000-1, 14.8.4. */
const STANDARD = new Set(
  `Document Part Art Sect Div BlockQuote Caption TOC TOCI Index NonStruct Private P H H1 H2 H3 H4 H5 H6 L LI Lbl LBody Table
  TR TH TD THead TBody TFoot Span Quote Note Reference BibEntry Code Link Annot Ruby RB RT RP Warichu WT WP Figure Formula
  Form`.split(/\s+/),
);

/** What may be directly below some elements, and below what some may be. ISO 32000-1, 14.8.4.3; ISO 14289-1, 7.2. */
const KIDS: Readonly<Record<string, readonly string[]>> = {
  Table: ['TR', 'THead', 'TBody', 'TFoot', 'Caption'],
  THead: ['TR'],
  TBody: ['TR'],
  TFoot: ['TR'],
  TR: ['TH', 'TD'],
  L: ['L', 'LI', 'Caption'],
  LI: ['Lbl', 'LBody'],
  TOC: ['TOC', 'TOCI', 'Caption'],
  Ruby: ['RB', 'RT', 'RP'],
};
const PARENTS: Readonly<Record<string, readonly string[]>> = {
  TR: ['Table', 'THead', 'TBody', 'TFoot'],
  THead: ['Table'],
  TBody: ['Table'],
  TFoot: ['Table'],
  TH: ['TR'],
  TD: ['TR'],
  LI: ['L'],
  LBody: ['LI'],
  TOCI: ['TOC'],
  RB: ['Ruby'],
  RT: ['Ruby'],
  RP: ['Ruby'],
};

/** Elements that group others and leave them to be what they are to those above. */
const GROUPS = new Set(['NonStruct', 'Div']);

interface Element {
  readonly type: string;
  readonly dict: PDFDict;
  readonly kids: readonly Element[];
  readonly objects: readonly PDFObject[];
}

/** ISO 14289-1, 7.1 to 7.9 and 7.18, as far as a program can tell. */
export function checkStructure(document: PDFDocument, content: ReadContent, faults: Faults): void {
  const { context } = document;
  const root = context.lookup(document.catalog.get(name('StructTreeRoot')));
  if (!(root instanceof PDFDict)) {
    faults.add('UA1 7.1', 'there is no structure');
    return;
  }
  const roles = context.lookup(root.get(name('RoleMap')));
  for (const key of roles instanceof PDFDict ? roles.keys() : [])
    faults.check(!STANDARD.has(key.decodeText()), 'UA1 7.1', `the standard type ${key} is mapped to another`);
  const parentTree = numberTree(context, root.lookupMaybe(name('ParentTree'), PDFDict));
  const claimed = new Map<string, PDFDict>();
  const ids = new Set<string>();
  let lastHeading = 0;

  const top = read(root, root);
  const all: Element[] = [];
  const waiting = [...top.kids].reverse();
  for (let one = waiting.pop(); one; one = waiting.pop()) {
    all.push(one);
    waiting.push(...[...one.kids].reverse());
  }
  for (const element of [top, ...all]) checkElement(element);
  checkMarks();
  checkAnnotations();

  function read(dict: PDFDict, ref: PDFObject): Element {
    const given = context.lookup(dict.get(name('K')));
    const items = given instanceof PDFArray ? given.asArray() : [dict.get(name('K'))];
    const kids: Element[] = [];
    const objects: PDFObject[] = [];
    for (const item of items) {
      const kid = context.lookup(item);
      if (kid instanceof PDFNumber) claim(dict.get(name('Pg')), kid.asNumber(), dict);
      else if (!(kid instanceof PDFDict)) {
        if (item !== undefined) faults.add('ISO 32000 14.7.2', `a kid is no element: ${item}`);
      } else if (kid.get(name('Type')) === name('OBJR')) objects.push(kid.get(name('Obj')) as PDFObject);
      else if (kid.get(name('Type')) === name('MCR')) {
        const stream = context.lookup(kid.get(name('Stm')));
        const owner = stream && 'dict' in stream ? (stream.dict as PDFDict) : undefined;
        const number = kid.get(name('MCID'));
        if (number instanceof PDFNumber)
          claim(kid.get(name('Pg')) ?? dict.get(name('Pg')), number.asNumber(), dict, owner);
      } else {
        faults.check(
          kid.get(name('P')) === ref || context.lookup(kid.get(name('P'))) === dict,
          'ISO 32000 14.7.2',
          'an element does not name its parent',
        );
        kids.push(read(kid, item instanceof PDFRef ? item : kid));
      }
    }
    return { type: dict === root ? 'StructTreeRoot' : typeOf(dict), dict, kids, objects };
  }

  function claim(page: PDFObject | undefined, id: number, element: PDFDict, form?: PDFDict): void {
    const holder = form ?? context.lookup(page);
    const parents = holder instanceof PDFDict ? holder.get(name('StructParents')) : undefined;
    if (!(parents instanceof PDFNumber)) {
      faults.add('ISO 32000 14.7.4', 'an element owns content of no page');
      return;
    }
    const key = `${parents.asNumber()} ${id}`;
    faults.check(!claimed.has(key), 'ISO 32000 14.7.4', `two elements own the same content (${key})`);
    claimed.set(key, element);
    faults.check(
      content.marked.get(parents.asNumber())?.has(id),
      'ISO 32000 14.7.4',
      `an element ${element.get(name('S'))} owns content that is not there (${key})`,
    );
    const listed = parentTree.get(parents.asNumber());
    const back = listed instanceof PDFArray ? context.lookup(listed.get(id)) : undefined;
    faults.check(back === element, 'ISO 32000 14.7.4.4', `the parent tree leads elsewhere (${key})`);
  }

  function typeOf(dict: PDFDict): string {
    let type = dict.get(name('S'));
    const seen = new Set<unknown>();
    while (type instanceof PDFName && !STANDARD.has(type.decodeText())) {
      if (seen.has(type)) {
        faults.add('UA1 7.1', `the role map goes round in circles at ${type}`);
        break;
      }
      seen.add(type);
      const mapped: PDFObject | undefined = roles instanceof PDFDict ? roles.get(type) : undefined;
      if (!mapped) {
        faults.add('UA1 7.1', `the type ${type} is not mapped`);
        break;
      }
      type = mapped as PDFName;
    }
    return type instanceof PDFName ? type.decodeText() : '';
  }

  function checkElement(element: Element): void {
    const { type, dict } = element;
    const kids = GROUPS.has(type) ? [] : nested(element);
    for (const kid of kids) {
      const kidsAllowed = KIDS[type];
      faults.check(
        !kidsAllowed || kidsAllowed.includes(kid.type),
        'UA1 7.2',
        `${kid.type} directly below ${type}`,
      );
      const parentsAllowed = PARENTS[kid.type];
      faults.check(
        !parentsAllowed || parentsAllowed.includes(type),
        'UA1 7.2',
        `${kid.type} is not below ${parentsAllowed?.join(' or ')}, but ${type}`,
      );
    }
    const captions = kids.filter((kid) => kid.type === 'Caption');
    if (type === 'Table' || type === 'L')
      faults.check(
        captions.length === 0 ||
          (captions.length === 1 &&
            (kids[0]?.type === 'Caption' || (type === 'Table' && kids.at(-1)?.type === 'Caption'))),
        'UA1 7.2',
        `the caption of ${type} is in its middle`,
      );
    faults.check(type !== 'H', 'UA1 7.4.4', 'a heading without a level');
    const level = /^H([1-6])$/.exec(type)?.[1];
    if (level) {
      faults.check(
        Number(level) <= lastHeading + 1,
        'UA1 7.4.2',
        `a heading ${type} follows one of level ${lastHeading}`,
      );
      lastHeading = Number(level);
    }
    if (type === 'Figure' || type === 'Formula')
      faults.check(
        textOf(dict.get(name('Alt'))).trim() !== '' || textOf(dict.get(name('ActualText'))) !== '',
        type === 'Figure' ? 'UA1 7.3' : 'UA1 7.7',
        `a ${type} without alternative text`,
      );
    const id = textOf(dict.get(name('ID')));
    if (type === 'Note') faults.check(id !== '', 'UA1 7.9', 'a note without an id');
    if (id !== '') {
      faults.check(!ids.has(id), 'UA1 7.9', `two elements have the id ${id}`);
      ids.add(id);
    }
    const lang = dict.get(name('Lang'));
    if (lang !== undefined)
      faults.check(isLanguage(textOf(lang)), 'UA1 7.2', `${textOf(lang)} is no language`);
    if (type === 'L' && kids.some((kid) => kid.kids.some(({ type: part }) => part === 'Lbl')))
      faults.check(
        String(attribute(dict, 'ListNumbering') ?? '/None') !== '/None',
        'UA1 7.6',
        'a list with labels does not say how it is numbered',
      );
    if (type === 'Table') checkTable(element);
    if (type === 'Form')
      faults.check(
        attribute(dict, 'Role') || (element.kids.length === 0 && element.objects.length === 1),
        'UA1 7.18.4',
        'a form without a role that is not one field',
      );
    if (type === 'Link')
      faults.check(element.objects.length > 0, 'UA1 7.18.5', 'a link element without an annotation');
  }

  /** Kids, and those of groups in their place. */
  function nested({ kids }: Element): Element[] {
    return kids.flatMap((kid) => (GROUPS.has(kid.type) ? nested(kid) : [kid]));
  }

  function checkTable(table: Element): void {
    const rows = nested(table).flatMap((kid) =>
      kid.type === 'TR' ? [kid] : /^T/.test(kid.type) ? nested(kid) : [],
    );
    const taken: boolean[][] = rows.map(() => []);
    const sections = nested(table).map(({ type }) => type);
    for (const one of ['THead', 'TFoot'])
      faults.check(
        !sections.includes(one) ||
          (sections.includes('TBody') && sections.indexOf(one) === sections.lastIndexOf(one)),
        'UA1 7.2',
        `a table has ${one} and no TBody, or two of it`,
      );
    rows.forEach((row, y) => {
      let x = 0;
      for (const cell of nested(row)) {
        while (taken[y]?.[x]) x++;
        const [width, height] = ['ColSpan', 'RowSpan'].map((key) => Number(attribute(cell.dict, key) ?? 1));
        for (let dy = 0; dy < (height ?? 1); dy++)
          for (let dx = 0; dx < (width ?? 1); dx++) {
            const line = taken[y + dy];
            if (!line) faults.add('UA1 7.2', 'a cell reaches below its table');
            else {
              faults.check(!line[x + dx], 'UA1 7.2', 'cells of a table overlap');
              line[x + dx] = true;
            }
          }
        x += width ?? 1;
        if (cell.type === 'TH' && !rows.some((r) => r.kids.some(({ dict }) => attribute(dict, 'Headers'))))
          faults.check(attribute(cell.dict, 'Scope'), 'UA1 7.5', 'a header cell without a scope');
        const headers = attribute(cell.dict, 'Headers');
        if (headers instanceof PDFArray)
          for (const one of headers.asArray())
            faults.check(
              all.some(({ dict }) => textOf(dict.get(name('ID'))) === textOf(one)),
              'UA1 7.5',
              `a cell names a header that is not there: ${textOf(one)}`,
            );
      }
    });
    const widths = new Set(taken.map((line) => Array.from(line, Boolean).filter(Boolean).length));
    faults.check(widths.size <= 1, 'UA1 7.2', `rows of a table have ${[...widths].join(' and ')} columns`);
  }

  function attribute(dict: PDFDict, key: string): PDFObject | undefined {
    const given = context.lookup(dict.get(name('A')));
    const owners = given instanceof PDFArray ? given.asArray().map((one) => context.lookup(one)) : [given];
    for (const one of owners)
      if (one instanceof PDFDict && one.has(name(key))) return context.lookup(one.get(name(key)));
    return undefined;
  }

  /** What is tagged in the content belongs to an element, or nobody ever hears of it. */
  function checkMarks(): void {
    for (const [parents, marks] of content.marked)
      for (const [id, { paints, shows }] of marks) {
        const owner = claimed.get(`${parents} ${id}`);
        faults.check(
          !paints || shows || !owner || isWithin(owner, ['Figure', 'Formula', 'Lbl', 'Form']),
          'UA1 7.1',
          `lines and areas alone (${id} of ${parents}) are content of ${owner?.get(name('S'))}`,
        );
        faults.check(
          !paints || claimed.has(`${parents} ${id}`),
          'UA1 7.1',
          `content ${id} of ${parents} belongs to no element`,
        );
      }
  }

  function isWithin(element: PDFDict, types: readonly string[]): boolean {
    for (
      let up: unknown = element;
      up instanceof PDFDict && up.has(name('S'));
      up = context.lookup(up.get(name('P')))
    )
      if (types.includes(typeOf(up))) return true;
    return false;
  }

  function checkAnnotations(): void {
    const owners = new Map<PDFObject, Element>();
    for (const element of all) for (const object of element.objects) owners.set(object, element);
    document.getPages().forEach((page, i) => {
      const annotations = page.node.Annots()?.asArray() ?? [];
      if (annotations.length > 0)
        faults.check(
          page.node.get(name('Tabs')) === name('S'),
          'UA1 7.18.3',
          `page ${i + 1} has no tab order`,
        );
      for (const reference of annotations) {
        const annotation = context.lookup(reference);
        if (!(annotation instanceof PDFDict)) continue;
        const where = `on page ${i + 1}`;
        const link = annotation.get(name('Subtype')) === name('Link');
        faults.check(link, 'A2 6.3.1', `an annotation that is no link ${where}`);
        const owner = owners.get(reference);
        faults.check(
          owner?.type === 'Link',
          'UA1 7.18.5',
          `a link in ${owner?.type ?? 'no element'} ${where}`,
        );
        faults.check(
          textOf(annotation.get(name('Contents'))).trim() !== '',
          'UA1 7.18.5',
          `a link that says nothing of its target ${where}`,
        );
        const key = annotation.get(name('StructParent'));
        faults.check(
          key instanceof PDFNumber && parentTree.get(key.asNumber()) === owner?.dict,
          'ISO 32000 14.7.4.4',
          `the parent tree does not know a link ${where}`,
        );
        const flags = Number(String(annotation.get(name('F')) ?? 0));
        faults.check(
          (flags & 4) === 4 && (flags & 0b100100011) === 0,
          'A2 6.3.2',
          `flags ${flags} of a link ${where}`,
        );
      }
    });
  }
}

/** RFC 3066, 2.1. */
export function isLanguage(tag: string): boolean {
  return /^[a-z]{1,8}(-[a-z0-9]{1,8})*$/i.test(tag);
}

export function textOf(object: PDFObject | undefined): string {
  return object instanceof PDFString || object instanceof PDFHexString ? object.decodeText() : '';
}
