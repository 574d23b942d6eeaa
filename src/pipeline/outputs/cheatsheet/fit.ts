import { type Item, type PackOptions, pack, type Span } from './pack.ts';
import type { MeasuredSheet, MeasuredType } from './page/measure-sheet.ts';

/** Minimum type size of anything on paper, in points. */
export const LEGIBLE = 6;
/**
 * Type sizes of text, in points: code and the small parts of formulas are smaller by a sixth and must be legible. A sheet
 * with larger type than the maximum would be no cheatsheet.
 */
export const LEAST_TYPE = 7.25;
export const MOST_TYPE = 10.5;
const STEP = 0.25;
/** At this size and above, fewer pages are better than larger type. */
export const GOOD_TYPE = 8;

/** From the largest to the smallest. */
export const TYPE_SIZES: readonly number[] = Array.from(
  { length: (MOST_TYPE - LEAST_TYPE) / STEP + 1 },
  (_, i) => MOST_TYPE - i * STEP,
);

export interface Fit {
  readonly typeSize: number;
  /** The items in each column of each page. */
  readonly pages: readonly (readonly (readonly Span[])[])[];
  /** By item: the scale of an image that is taller than a column. */
  readonly shrunk: ReadonlyMap<number, number>;
  /** Items that are taller than a column even in the smallest type, and headings of nothing but these. */
  readonly left: ReadonlySet<number>;
}

/** Maximum height of an item as a share of a column's height, so that its headings fit above it. */
const TALLEST = 0.8;
/** Tolerance for rounding between two layouts of the same content. */
const SLACK_PX = 1;

export interface FitLimits {
  readonly pages: number;
  readonly columns: number;
}

/**
 * The largest type with which all items fit on the given number of pages, and their positions. Fewer pages are used if the
 * type is still large enough, and blocks are broken more readily if it is not. Items that do not fit in the smallest type get
 * further pages; only those that are taller than a column and cannot be broken are omitted.
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
  /** A formula that is scaled down loses nothing. */
  readonly isPicture: boolean;
  /** Height of the heading of its box. */
  readonly box?: number | undefined;
}

interface Input {
  readonly sheet: MeasuredSheet;
  readonly items: readonly FitItem[];
  readonly limits: FitLimits;
}

interface Attempt {
  /** Number of pages. */
  readonly count: number;
  readonly breaks: PackOptions['breaks'];
}

/** If rows that explain a command in one line have to wrap, somewhat smaller type is better. */
const WRAPPED_COST = 8;

function largestFit(input: Input, attempt: Attempt): Fit | undefined {
  let best: { readonly fit: Fit; readonly worth: number } | undefined;
  for (const type of input.sheet.types) {
    // Smaller type cannot become better than the best one from here on.
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
    // A column takes at least one row, however tall, so that this ends.
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
  // In smaller type all of it may fit.
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

/** Also removes headings without remaining content. */
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

/** Without the space above items, which is dropped at the top of a column. */
function needOf(items: readonly Pick<Item, 'rows' | 'frame'>[]): number {
  return items.reduce((sum, { rows, frame }) => sum + frame + rows.reduce((all, row) => all + row, 0), 0);
}
