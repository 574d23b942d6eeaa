import type { LaidOutPage, LaidOutSlide } from '../../../../model/model.ts';
import { CAPTION, COLUMN_GAP, type Geometry, isPacked, ROW_GAP, unitSize } from './geometry.ts';
import type { Wish } from './wishes.ts';

/** The content of one cell. */
export interface Entry {
  readonly slide: LaidOutSlide;
  readonly page: LaidOutPage;
  readonly wish: Wish;
}

/** Slides next to each other, at least one. */
export type Row = readonly Entry[];

/** Smaller overlaps come from rounding. */
const EPSILON_PX = 0.01;

/** Arranges slides in rows, and rows on pages, in order, as many on each as fit. */
export function fillPages(entries: readonly Entry[], geometry: Geometry): Row[][] {
  const pages: Row[][] = [];
  for (const entry of entries) {
    const page = pages.at(-1) ?? [];
    const row = page.at(-1) ?? [];
    const grown = [
      [...page.slice(0, -1), [...row, entry]],
      [...page, [entry]],
    ].find((rows) => isRoomFor(rows, geometry));
    if (grown && pages.length > 0) pages[pages.length - 1] = grown;
    else pages.push([[entry]]);
  }
  return pages;
}

/** A page with enlarged slides has as many slides as fit, but never more than other pages. */
function isRoomFor(rows: readonly Row[], geometry: Geometry): boolean {
  if (rows.some((row) => !fitsAcross(row, geometry))) return false;
  if (!isMixed(rows)) return rows.length <= geometry.rows;
  const count = rows.reduce((sum, row) => sum + row.length, 0);
  if (count > geometry.columns * geometry.rows) return false;
  return leastHeight(rows, geometry) <= geometry.body.height + EPSILON_PX;
}

function fitsAcross(row: Row, geometry: Geometry): boolean {
  if (row.length > geometry.columns) return false;
  if (row.length > 1 && row.some(({ wish }) => wish.kind === 'large')) return false;
  const widths = row.map(({ wish }) => leastWidth(wish, geometry));
  const sum = widths.reduce((total, one) => total + one, 0) + (row.length - 1) * COLUMN_GAP;
  return row.length === 1 || sum <= geometry.body.width + EPSILON_PX;
}

export function leastWidth({ kind, scale }: Wish, geometry: Geometry): number {
  return kind === 'usual' && !isPacked(geometry)
    ? unitSize(geometry).widthPx
    : scale * geometry.slide.widthPx;
}

/** Whether any of the slides is larger than usual. */
export function isMixed(rows: readonly Row[]): boolean {
  return rows.some((row) => row.some(({ wish }) => wish.kind !== 'usual'));
}

/** Total height of rows and the gaps between them, if each row is as low as possible. */
export function leastHeight(rows: readonly Row[], geometry: Geometry): number {
  const heights = leastHeights(rows, geometry);
  return heights.reduce((sum, one) => sum + one, 0) + (rows.length - 1) * ROW_GAP;
}

/** Next to enlarged slides, lines below the others are dropped. */
export function leastHeights(rows: readonly Row[], geometry: Geometry): number[] {
  const linesPx = isMixed(rows) ? 0 : geometry.linesPx;
  return rows.map((row) => Math.max(...row.map(({ wish }) => cellHeight(wish, geometry, linesPx))));
}

/** Height of a slide with its caption and its fixed content below. */
export function cellHeight(
  { kind, scale }: Wish,
  { slide, notesShare, grownNotesPx }: Geometry,
  linesPx: number,
): number {
  const cell = scale * slide.heightPx + CAPTION;
  if (kind !== 'usual') return cell / (1 - notesShare) + grownNotesPx;
  return Math.max(cell / (1 - notesShare), cell + linesPx);
}
