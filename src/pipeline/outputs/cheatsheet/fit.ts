import { type Item, type PackOptions, pack, type Span } from './pack.ts';
import type { MeasuredSheet, MeasuredType } from './page/measure-sheet.ts';

/** In points. Smaller type than the least can't be read; larger than the most is no cheatsheet. */
export const LEAST_TYPE = 6;
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
  /** By item: how much smaller than the rest it has to be set, being taller than a column. */
  readonly shrunk: ReadonlyMap<number, number>;
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
 * pages: nothing is ever left out.
 */
export function fitSheet(sheet: MeasuredSheet, kinds: readonly Item['kind'][], limits: FitLimits): Fit {
  const input = { sheet, kinds, limits };
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

interface Input {
  readonly sheet: MeasuredSheet;
  readonly kinds: readonly Item['kind'][];
  readonly limits: FitLimits;
}

interface Attempt {
  /** Of pages. */
  readonly count: number;
  readonly breaks: PackOptions['breaks'];
}

function largestFit(input: Input, attempt: Attempt): Fit | undefined {
  for (const type of input.sheet.types) {
    const found = fitType(input, type, attempt);
    if (found) return found;
  }
  return undefined;
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
  { sheet, kinds, limits }: Input,
  type: MeasuredType,
  { count, breaks }: Attempt,
): Fit | undefined {
  const { columns } = limits;
  const heights = pageHeights(sheet, count).flatMap((height) =>
    Array<number>(columns).fill(height - SLACK_PX),
  );
  const tallest = Math.min(...heights) * TALLEST;
  const shrunk = new Map<number, number>();
  const items = type.items.map(({ rows, frame, gap }, i): Item => {
    const kind = kinds[i] ?? 'block';
    const worst = frame + Math.max(...rows);
    if (worst <= tallest) return { rows, frame, gap, kind };
    const scale = tallest / worst;
    shrunk.set(i, scale);
    return { rows: rows.map((row) => row * scale), frame: frame * scale, gap, kind };
  });
  const isTiny = [...shrunk.values()].some((scale) => scale * type.size < LEAST_TYPE);
  // With smaller type all of it may be legible.
  if (isTiny && type.size > LEAST_TYPE) return undefined;
  if (needOf(items) > roomFor(sheet, columns, count)) return undefined;
  const spare = Math.max(count - limits.pages, 0) * columns;
  const spans = pack(items, heights, { breaks, spare });
  if (!spans) return undefined;
  const pages = Array.from({ length: count }, (_, i) => spans.slice(i * columns, (i + 1) * columns));
  return { typeSize: type.size, pages, shrunk };
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
