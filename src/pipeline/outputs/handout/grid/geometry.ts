import type { Size } from '../../../../model/model.ts';
import { mm } from '../../../../paper/paper.ts';
import type { OutputOptions } from '../../../contract/output.ts';
import { type Orientation, type PageFrame, pageFrame } from './page-frame.ts';

export type GeometryOptions = Pick<
  OutputOptions,
  'paper' | 'orientation' | 'margin' | 'perPage' | 'notes' | 'binding' | 'gutter' | 'booklet'
>;

/** Between cells that stand side by side, in pixels. */
export const COLUMN_GAP = mm(1.5);
/** Between rows of cells: a caption is in between. */
export const ROW_GAP = mm(3);
/** Between a slide and what stands beside it, and between columns of text. */
export const GAP = mm(6);
export const LINE_SPACING = mm(7);
/** Fewer lines than this are not worth the ink. */
export const FEWEST_LINES = 2;
/** Room below a slide for its number. */
export const CAPTION = mm(5);
/** A slide with notes below it leaves them this much of its cell. */
const LEAST_NOTES = 0.35;
/** A slide with notes beside it takes this much of its cell's width. */
const BESIDE_NOTES = 0.56;
/** Some lines of notes. */
const GROWN_NOTES = mm(21);
/** Slides give way to a row of links by at most this much of their size. */
const MOST_GIVEN = 0.065;
/** A row of links with their codes, with the space above it; and the lowest that is worth it, of words alone. */
const LINK_ROW = mm(17);
const LEAST_LINK_ROW = mm(8);

/** A page with its grid. */
export interface Geometry extends PageFrame {
  readonly columns: number;
  readonly rows: number;
  /** Where lines, or notes, stand. */
  readonly notes: 'below' | 'beside' | 'none';
  /** Of a cell's height, what a slide leaves to what stands below it. */
  readonly notesShare: number;
  /** Height of the lines that stand below a slide of usual size in any case. */
  readonly linesPx: number;
  /** Height that a slide leaves to its notes which is too large to have them beside it. */
  readonly grownNotesPx: number;
  /** What slides are scaled by. */
  readonly scale: number;
  readonly slide: Size;
  /** Its slides go from right to left, and what stands beside them stands on their left. */
  readonly isRightToLeft: boolean;
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

interface GeometryNeeds {
  /** Links are listed at the foot of each sheet. */
  readonly hasLinks?: boolean;
  readonly isRightToLeft?: boolean;
}

/**
 * The orientation that was asked for, or else the one that prints slides larger. Pages of three slides or fewer that have
 * notes are portrait, unless told: that is how they are held while writing.
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
  const place = { notes, notesShare, grownNotesPx, linesPx: 0 };
  const grid = { ...frame, ...place, columns, rows, slide, isRightToLeft, scale: 1 };
  const full = { ...grid, scale: scaleIn(grid, SINGLE, 0) };
  const lined = withLines(full, options, hasLinks ? LINK_ROW : 0);
  if (!hasLinks || freeHeight(lined) >= LINK_ROW) return lined;
  // Lines come first, then links; what has no room for links lists them at the end.
  for (let reservePx = LINK_ROW; reservePx >= LEAST_LINK_ROW; reservePx -= mm(0.5)) {
    const scale = scaleIn(lined, SINGLE, reservePx);
    if (scale >= full.scale * (1 - MOST_GIVEN)) return { ...lined, scale };
  }
  return lined;
}

/** Where there is room for two lines below each slide, they are kept free from all else. */
function withLines(geometry: Geometry, { notes, perPage }: GeometryOptions, reservePx: number): Geometry {
  if (geometry.notes !== 'below' || notes === 'speaker') return geometry;
  const linesPx = FEWEST_LINES * LINE_SPACING;
  const lined = { ...geometry, linesPx };
  if (freeHeight(lined) > 0) return lined;
  // Up to four slides a page are large enough to give way to them.
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

/** Cells of the grid. */
interface Span {
  readonly columns: number;
  readonly rows: number;
}

const SINGLE: Span = { columns: 1, rows: 1 };

/** The size of a cell of a full page. */
export function unitSize(geometry: Geometry): Size {
  return spanSize(geometry, SINGLE, 0);
}

/** The size of so many cells, and the gaps between them. */
function spanSize({ body, columns, rows }: Geometry, span: Span, reservePx: number): Size {
  const width = (body.width - (columns - 1) * COLUMN_GAP) / columns;
  const height = (body.height - reservePx - (rows - 1) * ROW_GAP) / rows;
  return {
    widthPx: span.columns * width + (span.columns - 1) * COLUMN_GAP,
    heightPx: span.rows * height + (span.rows - 1) * ROW_GAP,
  };
}

/**
 * The most that a slide can be scaled by in so many cells. In one of them, it leaves room to what stands there in any case.
 *
 * @param reservePx height of the body that is left free at its end.
 */
export function scaleIn(geometry: Geometry, span: Span, reservePx = 0): number {
  const { slide, notes, notesShare, linesPx, grownNotesPx } = geometry;
  const { widthPx, heightPx } = spanSize(geometry, span, reservePx);
  const isSingle = span.columns === 1 && span.rows === 1;
  const below = Math.max(heightPx * notesShare, isSingle ? linesPx : grownNotesPx);
  return Math.max(
    Math.min(
      (isSingle && notes === 'beside' ? widthPx * BESIDE_NOTES : widthPx) / slide.widthPx,
      (heightPx - below - CAPTION) / slide.heightPx,
    ),
    // So that what has no room is still there to be seen as too small.
    0.001,
  );
}

/** Height of the body that a full page of usual slides leaves free, with what stands below each in any case. */
export function freeHeight(geometry: Geometry): number {
  const { body, rows, slide, scale, notesShare, linesPx } = geometry;
  const cell = scale * slide.heightPx + CAPTION;
  const row = Math.max(cell / (1 - notesShare), cell + linesPx);
  return Math.max(0, body.height - rows * row - (rows - 1) * ROW_GAP);
}
