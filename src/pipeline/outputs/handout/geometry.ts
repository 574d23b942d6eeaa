import type { Box, Size } from '../../../model/model.ts';
import { mm, paperSize } from '../../../paper/paper.ts';
import type { OutputOptions } from '../../contract/output.ts';

export type GeometryOptions = Pick<
  OutputOptions,
  'paper' | 'orientation' | 'margin' | 'perPage' | 'notes' | 'binding' | 'gutter' | 'booklet'
>;

/** Between things that stand side by side, in pixels. */
export const GAP = mm(6);
export const LINE_SPACING = mm(7);
const HEADER = mm(9);
const FOOTER = mm(7);
/** Room below a slide for its number. */
const CAPTION = mm(5.5);
/** A slide with notes below it leaves them this much of its cell. */
const LEAST_NOTES = 0.35;
/** A slide with notes beside it takes this much of its cell's width. */
const BESIDE_NOTES = 0.56;

/** What every page of a handout has in common. All boxes are in pixels, from the upper left of the page's area. */
export interface Geometry {
  /** A page as it is read: half a sheet of a booklet. */
  readonly page: Size;
  /** The part of a page that is printed on; where it lies differs between left and right pages. */
  readonly area: Size;
  readonly head: Box;
  readonly foot: Box;
  readonly body: Box;
  readonly columns: number;
  readonly rows: number;
  readonly notes: 'below' | 'beside' | 'none';
  /** What slides are scaled by. */
  readonly scale: number;
  readonly slide: Size;
  /** Its slides go from right to left, and what stands beside them stands on their left. */
  readonly isRightToLeft: boolean;
}

/** A slide's place on a page. */
export interface Cell {
  readonly slide: Box;
  readonly scale: number;
  readonly caption: Box;
  /** For notes or lines; its height is 0 where there is no room. */
  readonly notes: Box;
}

/** Where a slide stands in the grid of a page, from 0. */
export interface Slot {
  readonly column: number;
  readonly row: number;
  /** It has all columns of these rows to itself; none for a slide of usual size. */
  readonly spansRows?: number;
}

/** Columns and rows of a portrait page; a landscape one has them the other way round. */
const GRIDS: Readonly<Record<number, readonly [columns: number, rows: number]>> = {
  1: [1, 1],
  2: [1, 2],
  3: [1, 3],
  4: [2, 2],
  6: [2, 3],
  9: [3, 3],
};

/**
 * The orientation that was asked for, or else the one that prints slides larger. Pages of three slides or fewer that have
 * notes are portrait, unless told: that is how they are held while writing.
 *
 * @param reservePx height of the body that is to be left free at its end; 0 unless told.
 */
export function chooseGeometry(
  slide: Size,
  options: GeometryOptions,
  { reservePx = 0, isRightToLeft = false } = {},
): Geometry {
  const portrait = { ...layOut(slide, options, 'portrait', reservePx), isRightToLeft };
  const landscape = { ...layOut(slide, options, 'landscape', reservePx), isRightToLeft };
  if (options.orientation !== 'auto') return options.orientation === 'portrait' ? portrait : landscape;
  if (options.perPage <= 3 && options.notes !== 'none') return portrait;
  return landscape.scale > portrait.scale * 1.02 ? landscape : portrait;
}

type Orientation = 'portrait' | 'landscape';

function layOut(
  slide: Size,
  options: GeometryOptions,
  way: Orientation,
  reservePx: number,
): Omit<Geometry, 'isRightToLeft'> {
  const page = pageSize(options, way);
  const gutter = gutterOf(options, way);
  const margin = mm(options.margin);
  const area = {
    widthPx: page.widthPx - 2 * margin - gutter.x,
    heightPx: page.heightPx - 2 * margin - gutter.y,
  };
  const body = { x: 0, y: HEADER, width: area.widthPx, height: area.heightPx - HEADER - FOOTER };
  const [across = 2, down = 3] = GRIDS[options.perPage] ?? [];
  const [columns, rows] = way === 'portrait' ? [across, down] : [down, across];
  const notes = placeOfNotes(options, way);
  const width = (body.width - (columns - 1) * GAP) / columns;
  const height = (body.height - reservePx - (rows - 1) * GAP) / rows;
  const isShared = options.perPage === 1 || options.notes === 'speaker';
  const share = notes === 'below' && isShared ? 1 - LEAST_NOTES : 1;
  const scale = Math.max(
    Math.min(
      (notes === 'beside' ? width * BESIDE_NOTES : width) / slide.widthPx,
      (height * share - CAPTION) / slide.heightPx,
    ),
    // So that what has no room is still there to be seen as too small.
    0.001,
  );
  return {
    ...{ page, area, body, columns, rows, notes, scale, slide },
    head: { x: 0, y: 0, width: area.widthPx, height: HEADER - mm(3) },
    foot: { x: 0, y: area.heightPx - FOOTER + mm(2), width: area.widthPx, height: FOOTER - mm(2) },
  };
}

function placeOfNotes({ perPage, notes }: GeometryOptions, way: Orientation): Geometry['notes'] {
  if (notes === 'none') return 'none';
  if (way === 'landscape') return 'below';
  return perPage === 3 || (perPage === 2 && notes === 'speaker') ? 'beside' : 'below';
}

/** Of a booklet, a page is half a sheet. */
function pageSize({ paper, booklet }: GeometryOptions, way: Orientation): Size {
  const size = paperSize(paper, way);
  if (!booklet) return size;
  const { widthPx, heightPx } = paperSize(paper, 'portrait');
  const half = { widthPx: heightPx / 2, heightPx: widthPx };
  return way === 'portrait' ? half : { widthPx: half.heightPx, heightPx: half.widthPx };
}

/** A sheet is bound at its left or right edge where that is the edge in question, else at its top or bottom. */
export function isBoundAtSide(binding: GeometryOptions['binding'], way: Orientation): boolean {
  return (binding === 'long') === (way === 'portrait');
}

function gutterOf({ binding, gutter }: GeometryOptions, way: Orientation): { x: number; y: number } {
  if (binding === 'none') return { x: 0, y: 0 };
  return isBoundAtSide(binding, way) ? { x: mm(gutter), y: 0 } : { x: 0, y: mm(gutter) };
}

/**
 * Upper left of a page's area, in pixels of the page. The gutter lies at the left of odd pages and at the right of even
 * ones, the other way round where a deck is read from right to left; or else at the top and at the bottom.
 *
 * @param pageNumber from 1.
 */
export function areaOrigin(
  { page, isRightToLeft }: Geometry,
  options: GeometryOptions,
  pageNumber: number,
): { readonly x: number; readonly y: number } {
  const way = page.widthPx > page.heightPx ? 'landscape' : 'portrait';
  const gutter = gutterOf(options, way);
  const margin = mm(options.margin);
  const isFirstSide = pageNumber % 2 === 1;
  const isLeft = isFirstSide !== isRightToLeft;
  return { x: margin + (isLeft ? gutter.x : 0), y: margin + (isFirstSide ? gutter.y : 0) };
}

/**
 * Height of the body that so many rows of slides leave free, in pixels; with speaker notes, they have it.
 *
 * @param rows all of them, unless told.
 */
export function freeHeight(geometry: Geometry, options: GeometryOptions, rows = geometry.rows): number {
  const { body, scale, slide, notes } = geometry;
  const cellHeight = scale * slide.heightPx + CAPTION;
  const isShared = notes === 'below' && options.notes === 'speaker';
  const least = isShared ? cellHeight / (1 - LEAST_NOTES) : cellHeight;
  return Math.max(0, body.height - rows * least - (rows - 1) * GAP);
}

/**
 * The cell of a slot.
 *
 * @param bandPx height at the end of the body that something else takes.
 */
export function cellAt(geometry: Geometry, slot: Slot, bandPx: number): Cell {
  const { body, columns, rows, notes, slide } = geometry;
  const span = slot.spansRows ?? 1;
  const width = slot.spansRows ? body.width : (body.width - (columns - 1) * GAP) / columns;
  const rowHeight = (body.height - bandPx - (rows - 1) * GAP) / rows;
  const height = span * rowHeight + (span - 1) * GAP;
  const left = body.x + (slot.spansRows ? 0 : slot.column * (width + GAP));
  const y = body.y + slot.row * (rowHeight + GAP);
  const scale = slot.spansRows
    ? Math.min(width / slide.widthPx, (height - CAPTION) / slide.heightPx)
    : geometry.scale;
  const printed = { width: slide.widthPx * scale, height: slide.heightPx * scale };
  const x = notes === 'beside' && !slot.spansRows ? left : left + (width - printed.width) / 2;
  const box = { x, y, ...printed };
  const cell = {
    slide: box,
    scale,
    caption: { x, y: y + printed.height, width: printed.width, height: CAPTION },
    notes: notes === 'beside' ? beside(box, left + width) : below(box, notes === 'none' ? 0 : y + height),
  };
  return geometry.isRightToLeft ? mirrored(cell, body) : cell;
}

function mirrored({ scale, ...boxes }: Cell, body: Box): Cell {
  const mirror = (box: Box): Box => ({ ...box, x: 2 * body.x + body.width - box.x - box.width });
  return { scale, slide: mirror(boxes.slide), caption: mirror(boxes.caption), notes: mirror(boxes.notes) };
}

function below(slide: Box, bottom: number): Box {
  const y = slide.y + slide.height + CAPTION;
  const room = bottom - y;
  return { x: slide.x, y, width: slide.width, height: room >= LINE_SPACING ? room : 0 };
}

function beside(slide: Box, right: number): Box {
  const x = slide.x + slide.width + GAP;
  return { x, y: slide.y, width: right - x, height: slide.height };
}

/** How many rows a slide takes that shall be printed large; none where it has a row for itself anyway. */
export function rowsOfLarge({ columns, rows }: Geometry): number | undefined {
  return columns > 1 ? Math.min(2, rows) : undefined;
}
