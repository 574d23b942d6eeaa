import type { Size } from '../../../../model/model.ts';
import { mm } from '../../../../paper/paper.ts';
import type { OutputOptions } from '../../../contract/output.ts';
import { type Orientation, type PageFrame, pageFrame } from './page-frame.ts';

export type GeometryOptions = Pick<
  OutputOptions,
  'paper' | 'orientation' | 'margin' | 'perPage' | 'notes' | 'binding' | 'gutter' | 'booklet'
>;

/** Gap between cells in a row, in pixels. */
export const COLUMN_GAP = mm(1.5);
/** Gap between rows of cells: it contains a caption. */
export const ROW_GAP = mm(3);
/** Gap between a slide and the content next to it, and between columns of text. */
export const GAP = mm(6);
export const LINE_SPACING = mm(7);
/** Smaller differences come from rounding. */
const EPSILON_PX = 0.01;
/** Fewer lines than this are not useful. */
export const FEWEST_LINES = 2;
/** Minimum width for writing. */
export const NARROWEST_SIDE = mm(28);
/** Height below a slide for its number. */
export const CAPTION = mm(5);
/** Share of its cell that a slide leaves for notes below it. */
const LEAST_NOTES = 0.35;
/** Share of its cell's width that a slide with notes next to it takes. */
const BESIDE_NOTES = 0.56;
/** How much larger slides have to be with lines at their side than with lines below them, or with both. */
const GAIN_OVER_BELOW = 0.97;
const GAIN_OVER_BOTH = 1.1;
/** Height of a few lines of notes. */
const GROWN_NOTES = mm(21);
/** Slides are scaled down for a row of links by at most this share of their size. */
const MOST_GIVEN = 0.065;
/** Height of a row of links with QR codes, including the space above it, and the minimum height of a row without codes. */
const LINK_ROW = mm(17);
const LEAST_LINK_ROW = mm(8);

/** A page with its grid. */
export interface Geometry extends PageFrame {
  readonly columns: number;
  readonly rows: number;
  /** Where lines or notes are placed. */
  readonly notes: 'below' | 'beside' | 'none';
  /** Share of a cell's height that a slide leaves for the content below it. */
  readonly notesShare: number;
  /** Height of the lines that are always below a slide of the usual size. */
  readonly linesPx: number;
  /** Width that a slide of the usual size leaves for lines next to it. */
  readonly sidePx: number;
  /** Height that a slide leaves for its notes if it is too large to have them next to it. */
  readonly grownNotesPx: number;
  /** Scale of slides. */
  readonly scale: number;
  readonly slide: Size;
  /** Its slides go from right to left, and the content next to them is on their left. */
  readonly isRightToLeft: boolean;
}

/** Columns and rows of a portrait page; a landscape page has them swapped. */
const GRIDS: Readonly<Record<number, readonly [columns: number, rows: number]>> = {
  1: [1, 1],
  2: [1, 2],
  3: [1, 3],
  4: [2, 2],
  6: [2, 3],
  9: [3, 3],
};

interface GeometryNeeds {
  /** Links are listed at the bottom of each sheet. */
  readonly hasLinks?: boolean;
  readonly isRightToLeft?: boolean;
}

/**
 * The orientation in the settings, otherwise the one that prints slides larger. By default, pages with up to three slides
 * that have notes are portrait, because they are held like this while writing.
 */
export function chooseGeometry(slide: Size, options: GeometryOptions, needs: GeometryNeeds = {}): Geometry {
  const portrait = layOut(slide, options, 'portrait', needs);
  const landscape = layOut(slide, options, 'landscape', needs);
  if (options.orientation !== 'auto') return options.orientation === 'portrait' ? portrait : landscape;
  if (options.perPage <= 3 && options.notes !== 'none') return portrait;
  return landscape.scale > portrait.scale * 1.02 ? landscape : portrait;
}

function layOut(
  slide: Size,
  options: GeometryOptions,
  way: Orientation,
  { hasLinks = false, isRightToLeft = false }: GeometryNeeds,
): Geometry {
  const frame = pageFrame(options, way);
  const [across = 2, down = 3] = GRIDS[options.perPage] ?? [];
  const [columns, rows] = way === 'portrait' ? [across, down] : [down, across];
  const notes = placeOfNotes(options, way);
  const notesShare = shareOfNotes(options, notes);
  const grownNotesPx = notes === 'beside' && options.notes === 'speaker' ? GROWN_NOTES : 0;
  const place = { notes, notesShare, grownNotesPx, linesPx: 0, sidePx: 0 };
  const grid = { ...frame, ...place, columns, rows, slide, isRightToLeft, scale: 1 };
  const full = { ...grid, scale: scaleIn(grid, SINGLE, 0) };
  const below = withLinks(withLines(full, options, hasLinks ? LINK_ROW : 0), full, hasLinks);
  if (!isScaledForLines(below, options)) return below;
  const narrow = { ...grid, sidePx: GAP + NARROWEST_SIDE };
  const fullNarrow = { ...narrow, scale: scaleIn(narrow, SINGLE, 0) };
  const beside = withLinks(fullNarrow, fullNarrow, hasLinks);
  // With lines below there may be some at the side, too.
  const isWide = sideWidth(below) >= NARROWEST_SIDE;
  return beside.scale >= below.scale * (isWide ? GAIN_OVER_BOTH : GAIN_OVER_BELOW) ? beside : below;
}

/** Lines come first, then links. Links that do not fit are listed at the end. */
function withLinks(lined: Geometry, full: Geometry, hasLinks: boolean): Geometry {
  if (!hasLinks || freeHeight(lined) >= LINK_ROW) return lined;
  for (let reservePx = LINK_ROW; reservePx >= LEAST_LINK_ROW; reservePx -= mm(0.5)) {
    const scale = scaleIn(lined, SINGLE, reservePx);
    if (scale >= full.scale * (1 - MOST_GIVEN)) return { ...lined, scale };
  }
  return lined;
}

/**
 * Slides are scaled down for lines below them, which narrow slides may have at their side instead. One or two on a page always have
 * them below, in full width.
 */
function isScaledForLines({ notes, linesPx }: Geometry, { perPage }: GeometryOptions): boolean {
  return notes === 'below' && linesPx > 0 && (perPage === 3 || perPage === 4);
}

/** Width that a slide of the usual size leaves next to it. */
export function sideWidth(geometry: Geometry): number {
  return unitSize(geometry).widthPx - geometry.slide.widthPx * geometry.scale - GAP;
}

/** If there is space for two lines below each slide, it is reserved. */
function withLines(geometry: Geometry, { notes, perPage }: GeometryOptions, reservePx: number): Geometry {
  if (geometry.notes !== 'below' || notes === 'speaker') return geometry;
  const linesPx = FEWEST_LINES * LINE_SPACING;
  const lined = { ...geometry, linesPx };
  if (freeHeight(lined) > 0) return lined;
  // Up to four slides per page are large enough to be scaled down for them.
  if (perPage > 4) return geometry;
  return { ...lined, scale: scaleIn(lined, SINGLE, Math.min(reservePx, LINK_ROW)) };
}

function placeOfNotes({ perPage, notes }: GeometryOptions, way: Orientation): Geometry['notes'] {
  if (notes === 'none') return 'none';
  return way === 'portrait' && perPage === 3 ? 'beside' : 'below';
}

function shareOfNotes({ perPage, notes }: GeometryOptions, place: Geometry['notes']): number {
  return place === 'below' && (perPage === 1 || notes === 'speaker') ? LEAST_NOTES : 0;
}

/** Whether slides of the usual size have lines next to each of them. The width that was reserved counts in spite of rounding. */
export function hasSides(geometry: Geometry): boolean {
  return geometry.notes === 'below' && sideWidth(geometry) >= NARROWEST_SIDE - EPSILON_PX;
}

/** Whether slides are next to each other, so that the rest of the width is one column of lines. */
export function isPacked(geometry: Geometry): boolean {
  const { body, columns, notes, notesShare, slide, scale } = geometry;
  if (columns === 1 || notes !== 'below' || notesShare > 0 || hasSides(geometry)) return false;
  const packed = columns * slide.widthPx * scale + (columns - 1) * COLUMN_GAP;
  return body.width - packed >= GAP + NARROWEST_SIDE;
}

/** Number of cells in the grid. */
interface Span {
  readonly columns: number;
  readonly rows: number;
}

const SINGLE: Span = { columns: 1, rows: 1 };

/** The size of a cell on a full page. */
export function unitSize(geometry: Geometry): Size {
  return spanSize(geometry, SINGLE, 0);
}

/** The size of this number of cells, including the gaps between them. */
function spanSize({ body, columns, rows }: Geometry, span: Span, reservePx: number): Size {
  const width = (body.width - (columns - 1) * COLUMN_GAP) / columns;
  const height = (body.height - reservePx - (rows - 1) * ROW_GAP) / rows;
  return {
    widthPx: span.columns * width + (span.columns - 1) * COLUMN_GAP,
    heightPx: span.rows * height + (span.rows - 1) * ROW_GAP,
  };
}

/**
 * The largest scale of a slide in this number of cells. In a single cell it leaves space for its fixed content.
 *
 * @param reservePx height of the body that is left free at its end.
 */
export function scaleIn(geometry: Geometry, span: Span, reservePx = 0): number {
  const { slide, notes, notesShare, linesPx, sidePx, grownNotesPx } = geometry;
  const { widthPx, heightPx } = spanSize(geometry, span, reservePx);
  const isSingle = span.columns === 1 && span.rows === 1;
  const below = Math.max(heightPx * notesShare, isSingle ? linesPx : grownNotesPx);
  return Math.max(
    Math.min(
      (isSingle && notes === 'beside' ? widthPx * BESIDE_NOTES : widthPx - (isSingle ? sidePx : 0)) /
        slide.widthPx,
      (heightPx - below - CAPTION) / slide.heightPx,
    ),
    // So that something that does not fit is still found to be too small.
    0.001,
  );
}

/** Height of the body that a full page of slides of the usual size leaves free, with the fixed content below each. */
export function freeHeight(geometry: Geometry): number {
  const { body, rows, slide, scale, notesShare, linesPx } = geometry;
  const cell = scale * slide.heightPx + CAPTION;
  const row = Math.max(cell / (1 - notesShare), cell + linesPx);
  return Math.max(0, body.height - rows * row - (rows - 1) * ROW_GAP);
}
