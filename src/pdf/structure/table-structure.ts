import { PDFArray, type PDFContext, PDFDict, PDFName, PDFNumber, type PDFObject, type PDFRef } from 'pdf-lib';
import { elementOf, elementsIn, kidsOf, retype, setKids, typeOf } from './struct-elements.ts';

const name = PDFName.of;
const SECTIONS = ['THead', 'TBody', 'TFoot'];

/**
 * Makes a table's structure one that readers can navigate by row and column, in place: rows of equal length, spans that end
 * inside of the table, header cells with a scope, the caption first. An element that only looks like a table (lines of code
 * with numbers) or has no rows and cells becomes a group. ISO 14289-1, 7.2 and 7.5; ISO 32000-1, 14.8.4.3.4.
 */
export function repairTable(context: PDFContext, table: PDFDict, reference: PDFRef): void {
  const kids = kidsOf(context, table);
  const parts = elementsIn(context, table);
  const rowsOf = (part: PDFDict): PDFDict[] =>
    SECTIONS.includes(typeOf(part)) ? elementsIn(context, part) : typeOf(part) === 'TR' ? [part] : [];
  const rows = parts.flatMap(rowsOf);
  const isTable =
    rows.length > 0 &&
    parts.every((part) => ['TR', 'Caption', ...SECTIONS].includes(typeOf(part))) &&
    rows.every((row) => typeOf(row) === 'TR' && elementsIn(context, row).every(isCell));
  if (!isTable || isInCode()) {
    for (const part of [table, ...parts, ...rows, ...rows.flatMap((row) => elementsIn(context, row))])
      if (/^T/.test(typeOf(part))) retype(part, 'NonStruct');
    return;
  }
  const captions = parts.filter((part) => typeOf(part) === 'Caption');
  const isCaption = (kid: PDFObject): boolean => {
    const element = elementOf(context, kid);
    return element !== undefined && captions.includes(element);
  };
  const [caption, ...further] = kids.filter(isCaption);
  if (caption) setKids(context, table, [caption, ...kids.filter((kid) => !isCaption(kid))]);
  const first = elementOf(context, caption);
  if (first && further.length > 0) {
    for (const one of captions) if (one !== first) retype(one, 'Div');
    for (const kid of further) if (caption) elementOf(context, kid)?.set(name('P'), caption);
    setKids(context, first, [...kidsOf(context, first), ...further]);
  }
  evenRows();

  function isInCode(): boolean {
    for (
      let up = context.lookup(table.get(name('P')));
      up instanceof PDFDict;
      up = context.lookup(up.get(name('P')))
    )
      if (typeOf(up) === 'Code') return true;
    return false;
  }

  function evenRows(): void {
    /** The occupied columns of each row. */
    const taken: boolean[][] = rows.map(() => []);
    const columns = place(
      rows.map(() => []),
      Number.POSITIVE_INFINITY,
    ).reduce((most, start) => Math.max(most, start + 1), 0);
    place(taken, columns);
    rows.forEach((row, y) => {
      const missing = columns - Array.from(taken[y] ?? [], Boolean).filter(Boolean).length;
      if (missing === 0) return;
      const rowReference = referenceOf(row);
      const empty = Array.from({ length: missing }, () => {
        const cell = context.obj({ Type: 'StructElem', S: 'TD' });
        if (rowReference) cell.set(name('P'), rowReference);
        return context.register(cell);
      });
      setKids(context, row, [...kidsOf(context, row), ...empty]);
    });
  }

  /**
   * Places cells next to each other and shortens spans that overlap others or exceed the table. Returns the first column of
   * each.
   */
  function place(taken: boolean[][], columns: number): number[] {
    return rows.flatMap((row, y) => {
      let x = 0;
      return elementsIn(context, row).map((cell) => {
        while (taken[y]?.[x]) x++;
        const start = x;
        const end = Math.min(columns, start + span(cell, 'ColSpan'));
        while (x === start || (x < end && !taken[y]?.[x])) x++;
        const height = Math.min(span(cell, 'RowSpan'), rows.length - y);
        if (Number.isFinite(columns)) {
          attribute(cell, 'RowSpan')?.set(name('RowSpan'), PDFNumber.of(height));
          attribute(cell, 'ColSpan')?.set(name('ColSpan'), PDFNumber.of(x - start));
          if (typeOf(cell) === 'TH' && !attribute(cell, 'Scope')) addScope(cell);
        }
        for (let dy = 0; dy < height; dy++)
          for (let at = start; at < x; at++) (taken[y + dy] ?? [])[at] = true;
        return start;
      });
    });
  }

  function referenceOf(row: PDFDict): PDFObject | undefined {
    const holder = context.lookup(row.get(name('P')));
    const siblings = holder instanceof PDFDict ? kidsOf(context, holder) : [];
    return siblings.find((kid) => context.lookup(kid) === row) ?? reference;
  }

  function attribute(cell: PDFDict, key: string): PDFDict | undefined {
    const given = context.lookup(cell.get(name('A')));
    const all = given instanceof PDFArray ? given.asArray().map((one) => context.lookup(one)) : [given];
    return all.find((one): one is PDFDict => one instanceof PDFDict && one.has(name(key)));
  }

  function span(cell: PDFDict, key: 'ColSpan' | 'RowSpan'): number {
    const value = attribute(cell, key)?.get(name(key));
    return value instanceof PDFNumber ? Math.max(1, value.asNumber()) : 1;
  }

  function addScope(cell: PDFDict): void {
    const given = context.lookup(cell.get(name('A')));
    const others = given instanceof PDFArray ? given.asArray() : given ? [given] : [];
    cell.set(name('A'), context.obj([...others, context.obj({ O: 'Table', Scope: 'Column' })]));
  }
}

function isCell(element: PDFDict): boolean {
  return ['TH', 'TD'].includes(typeOf(element));
}
