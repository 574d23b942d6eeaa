import type { Box } from '../../../../model/model.ts';
import { mm } from '../../../../paper/paper.ts';
import {
  CAPTION,
  COLUMN_GAP,
  FEWEST_LINES,
  GAP,
  type Geometry,
  hasSides,
  isPacked,
  LINE_SPACING,
  NARROWEST_SIDE,
  ROW_GAP,
  unitSize,
} from './geometry.ts';
import { cellHeight, type Entry, isMixed, leastHeights, leastWidth, type Row } from './rows.ts';

/** The place of a slide on a page. */
export interface Cell {
  readonly slide: Box;
  readonly scale: number;
  readonly caption: Box;
  /** For notes or lines; its height is 0 if there is no space. */
  readonly notes: Box;
  /**
   * Additional places for lines: next to a slide that has its notes below it, and below the last slide of a page that is not
   * full.
   */
  readonly ruled: readonly Box[];
}

export type PlacedEntry = readonly [entry: Entry, cell: Cell];

/** Minimum width of a column of notes; narrower notes are printed below the slide. */
const NARROWEST_NOTES = mm(45);

/**
 * The places of the slides of a page.
 *
 * @param bandPx height at the end of the body for other content: at most the height that the rows leave free.
 */
export function placeRows(geometry: Geometry, rows: readonly Row[], bandPx: number): PlacedEntry[] {
  const heights = rowHeights(geometry, rows, bandPx);
  const largest = isMixed(rows) ? Math.max(...rows.flat().map(({ wish }) => wish.scale)) : 0;
  let top = geometry.body.y;
  const placed: PlacedEntry[] = [];
  rows.forEach((row, i) => {
    const heightPx = heights[i] ?? 0;
    const y = whole(top);
    const cells =
      isMixed([row]) || row.length < geometry.columns || isPacked(geometry)
        ? flowingRow(geometry, row, { y, heightPx, largest })
        : usualRow(geometry, row, y, heightPx);
    row.forEach((entry, at) => {
      const cell = cells[at] as Cell;
      placed.push([entry, geometry.isRightToLeft ? mirrored(cell, geometry.body) : cell]);
    });
    top += heightPx + ROW_GAP;
  });
  const last = placed.at(-1);
  if (!last || geometry.notes === 'none') return placed;
  const rest = restOfPage(geometry, whole(top), bandPx);
  return [...placed.slice(0, -1), [last[0], { ...last[1], ruled: [...last[1].ruled, ...rest] }]];
}

/** Space that rows leave free on a page gets lines to write on. */
function restOfPage({ body, insetPx }: Geometry, y: number, bandPx: number): Box[] {
  const height = body.y + body.height - bandPx - y;
  const box = { x: body.x + insetPx, y, width: body.width - 2 * insetPx, height };
  return height >= FEWEST_LINES * LINE_SPACING ? [box] : [];
}

/**
 * Rows are as high as on any other page, but for what its band, or larger slides, need of them. Where each slide has a row to itself, with
 * its notes below it, the last one takes what is left of a page that is not full.
 */
function rowHeights(geometry: Geometry, rows: readonly Row[], bandPx: number): number[] {
  const unit = unitSize(geometry).heightPx;
  const room = geometry.body.height - bandPx - (rows.length - 1) * ROW_GAP;
  if (!isMixed(rows)) {
    const usual = Math.min(unit, room / rows.length);
    const [cell = 0] = leastHeights(rows, geometry);
    if (geometry.columns > 1 && isRestBetterAtEnd(geometry, rows.length, usual - cell))
      return rows.map(() => cell);
    const takesRest = geometry.columns === 1 && geometry.notes === 'below';
    const last = takesRest ? room - usual * (rows.length - 1) : usual;
    return rows.map((_, i) => (i === rows.length - 1 ? last : usual));
  }
  const least = leastHeights(rows, geometry);
  const free = Math.max(0, room - least.reduce((sum, one) => sum + one, 0));
  return least.map((one) => one + free / rows.length);
}

/** Below each row there is no room for lines, but there is below all of them. */
function isRestBetterAtEnd({ notes }: Geometry, rows: number, freePx: number): boolean {
  const leastPx = FEWEST_LINES * LINE_SPACING;
  return notes === 'below' && freePx < leastPx && rows * freePx - ROW_GAP >= leastPx;
}

function usualRow(geometry: Geometry, row: Row, y: number, heightPx: number): Cell[] {
  const { body, notes, slide, scale } = geometry;
  const { widthPx } = unitSize(geometry);
  const width = slide.widthPx * scale;
  const isAside = notes === 'beside' || hasSides(geometry);
  return row.map((_, i) => {
    const left = body.x + i * (widthPx + COLUMN_GAP);
    const x = left + (isAside ? 0 : (widthPx - width) / 2);
    return cell(geometry, { x, y, left, right: left + widthPx, heightPx, scale, isAside });
  });
}

interface RowPlace {
  readonly y: number;
  readonly heightPx: number;
  /** The largest scale that a slide of its page needs; 0 if all have the usual size. */
  readonly largest: number;
}

/**
 * Places slides one after the other. Larger slides grow into the remaining space, except for a place to write. So do the others
 * where nobody is to write.
 */
function flowingRow(geometry: Geometry, row: Row, { y, heightPx, largest }: RowPlace): Cell[] {
  const { body, notes, slide } = geometry;
  const least = row.map(({ wish }) => leastWidth(wish, geometry));
  const gaps = (row.length - 1) * COLUMN_GAP;
  const sum = least.reduce((total, one) => total + one, 0);
  const roomPx = body.width - gaps;
  const isAside = notes !== 'none' && roomPx - sum >= GAP + NARROWEST_SIDE;
  const across = (isAside ? roomPx - GAP - NARROWEST_SIDE : roomPx) / sum;
  const most = isMixed([row]) ? MOST_GROWTH : notes === 'none' ? largest / geometry.scale : 1;
  const growth = Math.max(1, Math.min(most, across, growthIn(geometry, row, heightPx)));
  let left = body.x + (isAside || growth === 1 ? 0 : (roomPx - sum * growth) / 2);
  return row.map(({ wish }, i) => {
    const widthPx = (least[i] ?? 0) * growth;
    const scale = wish.scale * growth;
    const isLast = isAside && i === row.length - 1;
    const isOwnSide = wish.kind === 'usual' && hasSides(geometry);
    const x = left + (isOwnSide ? 0 : (widthPx - scale * slide.widthPx) / 2);
    const right = isLast ? body.x + body.width : left + widthPx;
    const place = cell(geometry, { x, y, left, right, heightPx, scale, isAside: isLast || isOwnSide });
    left += widthPx + COLUMN_GAP;
    return place;
  });
}

/** Slides larger than twice the necessary size look odd. */
const MOST_GROWTH = 1.4;

function growthIn(geometry: Geometry, row: Row, heightPx: number): number {
  const tallest = Math.max(...row.map(({ wish }) => cellHeight(wish, geometry, 0)));
  return (heightPx - CAPTION) / (tallest - CAPTION);
}

interface Place {
  /** Size of the slide. */
  readonly x: number;
  readonly y: number;
  /** Size of the slide with everything that belongs to it. */
  readonly left: number;
  readonly right: number;
  readonly heightPx: number;
  readonly scale: number;
  /** There is space for lines or notes next to it. */
  readonly isAside: boolean;
}

function cell(geometry: Geometry, { y, left, right, heightPx, scale, isAside, ...place }: Place): Cell {
  const x = whole(place.x);
  const { slide, insetPx, notes } = geometry;
  const printed = { width: slide.widthPx * scale, height: slide.heightPx * scale };
  const start = x + printed.width + GAP;
  const beside = { x: start, y, width: right - start - insetPx };
  const belowY = y + printed.height + CAPTION;
  const room = y + heightPx - belowY;
  const below = {
    ...{ x: left + insetPx, y: belowY, width: right - left - 2 * insetPx },
    height: notes !== 'none' && room >= LINE_SPACING ? room : 0,
  };
  const isBeside = isAside && notes === 'beside' && beside.width >= NARROWEST_NOTES;
  return {
    slide: { x, y, ...printed },
    scale,
    caption: { x: x + insetPx, y: y + printed.height, width: printed.width - 2 * insetPx, height: CAPTION },
    notes: isBeside ? { ...beside, height: heightPx } : below,
    ruled: isAside && !isBeside ? [{ ...beside, height: printed.height }] : [],
  };
}

function mirrored({ scale, slide, caption, notes, ruled }: Cell, body: Box): Cell {
  const mirror = (box: Box): Box => ({ ...box, x: 2 * body.x + body.width - box.x - box.width });
  return {
    ...{
      scale,
      slide: { ...mirror(slide), x: whole(mirror(slide).x) },
      caption: mirror(caption),
      notes: mirror(notes),
    },
    ruled: ruled.map(mirror),
  };
}

/** Rounds down to a whole pixel; a value that is only minimally less than an integer counts as that integer. */
function whole(px: number): number {
  return Math.floor(px + 0.001);
}
