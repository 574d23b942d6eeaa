import { type Item, type PackOptions, pack, type Span } from './pack.ts';
import type { MeasuredSheet, MeasuredType } from './page/measure-sheet.ts';

/** In points. Nothing is smaller than this on paper. */
export const LEGIBLE = 6;
/**
 * In points, of text: code and what stands above and below in formulas is smaller by a sixth, and all of it has to be
 * legible. Larger than the most is no cheatsheet.
 */
export const LEAST_TYPE = 7.25;
export const MOST_TYPE = 10.5;
const STEP = 0.25;
/** At this size, and above it, fewer pages are better than larger type. */
export const GOOD_TYPE = 8;

/** From the largest to the least. */
export const TYPE_SIZES: readonly number[] = Array.from(
  { length: (MOST_TYPE - LEAST_TYPE) / STEP + 1 },
  (_, i) => MOST_TYPE - i * STEP,
);

export interface Fit {
  readonly typeSize: number;
  /** Page by page and column by column, what stands there. */
  readonly pages: readonly (readonly (readonly Span[])[])[];
  /** By item: how much smaller a picture has to be, being taller than a column. */
  readonly shrunk: ReadonlyMap<number, number>;
  /** Items that are taller than a column even with the least type, and what heads nothing but these. */
  readonly left: ReadonlySet<number>;
}

/** Of a column's height: as tall as something may be, so that its headings can stand above it. */
const TALLEST = 0.8;
/** Rounding, between two ways to lay out the same. */
const SLACK_PX = 1;

export interface FitLimits {
  readonly pages: number;
  readonly columns: number;
}

/**
 * The largest type with which all items fit on so many pages, and their places. Fewer pages are taken where the type is
 * still good then, and blocks are broken more readily where it is not. What does not fit with the least type gets more
 * pages; only what is taller than a column, and can't be broken, is left out.
 */
export function fitSheet(sheet: MeasuredSheet, items: readonly FitItem[], limits: FitLimits): Fit {
  const input = { sheet, items, limits };
  let best: Fit | undefined;
  for (let count = 1; count <= limits.pages; count++) {
    for (const breaks of ['rarely', 'often'] as const) {
      const found = largestFit(input, { count, breaks });
      if (found && found.typeSize > (best?.typeSize ?? 0)) best = found;
      if (best && best.typeSize >= GOOD_TYPE) return best;
    }
  }
  return best ?? overflowing(input);
}

export interface FitItem {
  readonly kind: Item['kind'];
  /** Nothing of it is lost where it is smaller. */
  readonly isPicture: boolean;
  /** Of the item that heads its box. */
  readonly box?: number | undefined;
}

interface Input {
  readonly sheet: MeasuredSheet;
  readonly items: readonly FitItem[];
  readonly limits: FitLimits;
}

interface Attempt {
  /** Of pages. */
  readonly count: number;
  readonly breaks: PackOptions['breaks'];
}

/** Where rows that explain a command in one line have to wrap, somewhat smaller type is better. */
const WRAPPED_COST = 8;

function largestFit(input: Input, attempt: Attempt): Fit | undefined {
  let best: { readonly fit: Fit; readonly worth: number } | undefined;
  for (const type of input.sheet.types) {
    // What would be worth more than the best does not get there by smaller type.
    if (best && (type.size < GOOD_TYPE || type.size <= best.worth)) break;
    const fit = fitType(input, type, attempt);
    const worth = type.size - WRAPPED_COST * type.wrappedShare;
    if (fit && worth > (best?.worth ?? Number.NEGATIVE_INFINITY)) best = { fit, worth };
  }
  return best?.fit;
}

function overflowing(input: Input): Fit {
  const { sheet, limits } = input;
  const least = sheet.types.at(-1) as MeasuredType;
  for (let count = limits.pages + 1; ; count++) {
    // A column takes at least one row, however tall: there is an end.
    const hasRoom = roomFor(sheet, limits.columns, count) > 3 * needOf(least.items);
    const found = fitType(input, least, { count, breaks: hasRoom ? 'anywhere' : 'often' });
    if (found) return found;
  }
}

function fitType(
  { sheet, items: fitItems, limits }: Input,
  type: MeasuredType,
  { count, breaks }: Attempt,
): Fit | undefined {
  const { columns } = limits;
  const heights = pageHeights(sheet, count).flatMap((height) =>
    Array<number>(columns).fill(height - SLACK_PX),
  );
  const tallest = Math.min(...heights) * TALLEST;
  const shrunk = new Map<number, number>();
  const tooTall = new Set<number>();
  type.items.forEach(({ rows, frame }, i) => {
    const worst = frame + Math.max(...rows);
    if (worst <= tallest) return;
    if (fitItems[i]?.isPicture) shrunk.set(i, tallest / worst);
    else tooTall.add(i);
  });
  // With smaller type all of it may have room.
  if (tooTall.size > 0 && type.size > LEAST_TYPE) return undefined;
  const left = withEmptyHeads(tooTall, fitItems);
  const items = type.items.map(({ rows, frame, gap }, i): Item => {
    const { kind = 'block', box } = fitItems[i] ?? {};
    if (left.has(i)) return { rows: [], frame: 0, gap: 0, kind };
    const scale = shrunk.get(i) ?? 1;
    const head = box === undefined || box === i ? 0 : heightOf(type.items[box]);
    return { rows: rows.map((row) => row * scale), frame: frame * scale, gap, kind, head };
  });
  if (needOf(items) > roomFor(sheet, columns, count)) return undefined;
  const spare = Math.max(count - limits.pages, 0) * columns;
  const spans = pack(items, heights, { breaks, spare });
  if (!spans) return undefined;
  const pages = Array.from({ length: count }, (_, i) => spans.slice(i * columns, (i + 1) * columns));
  return { typeSize: type.size, pages, shrunk, left };
}

/** With the headings below which nothing is left. */
function withEmptyHeads(left: ReadonlySet<number>, items: readonly FitItem[]): ReadonlySet<number> {
  if (left.size === 0) return left;
  const RANK = { section: 0, topic: 1, block: 2 } as const;
  const all = new Set(left);
  items.forEach(({ kind }, i) => {
    if (kind === 'block') return;
    const next = items.findIndex((other, k) => k > i && RANK[other.kind] <= RANK[kind]);
    const below = items.slice(i + 1, next === -1 ? undefined : next);
    const isEmpty = below.every((other, k) => other.kind !== 'block' || left.has(i + 1 + k));
    if (isEmpty) all.add(i);
  });
  return all;
}

function heightOf(item: MeasuredType['items'][number] | undefined): number {
  return item ? item.frame + item.rows.reduce((sum, row) => sum + row, 0) : 0;
}

function pageHeights({ rooms }: MeasuredSheet, count: number): number[] {
  if (count === 1) return [rooms.only];
  return [rooms.first, ...Array<number>(count - 2).fill(rooms.middle), rooms.last];
}

function roomFor(sheet: MeasuredSheet, columns: number, count: number): number {
  return columns * pageHeights(sheet, count).reduce((sum, height) => sum + height, 0);
}

/** Without the blanks, which fall away at the top of a column. */
function needOf(items: readonly Pick<Item, 'rows' | 'frame'>[]): number {
  return items.reduce((sum, { rows, frame }) => sum + frame + rows.reduce((all, row) => all + row, 0), 0);
}
