/** An item in a column: a heading, or a block with the parts between which it may be broken. */
export interface Item {
  /** Height of each part, from top to bottom. At least one. */
  readonly rows: readonly number[];
  /** Additional height of each piece: its frame, or a table's header. */
  readonly frame: number;
  /** Space above it, except at the top of a column. */
  readonly gap: number;
  readonly kind: 'section' | 'topic' | 'block';
  /** Height of the heading of its box, which is repeated in a column that begins within the box; 0 if there is none. */
  readonly head?: number;
}

/** Rows of an item: from the first, to before the second. */
export interface Span {
  readonly item: number;
  readonly from: number;
  readonly to: number;
}

/** Cost of a break, where half a column of blank space costs a hundred. */
const COST = { section: 0, topic: 25, block: 40, row: 80 } as const;
const BLANK_COST = 400;
/** Cost of a break in a box that is short enough to be kept whole: blank space below it is better. */
const SHORT_BOX_COST = 150;
/** Share of a column: items up to this height are not broken. */
const KEPT_WHOLE = { rarely: 0.4, often: 0.12, anywhere: 0 } as const;
/** As for widows and orphans: https://www.w3.org/TR/css-break-3/#widows-orphans */
const LEAST_ROWS = { rarely: 3, often: 2, anywhere: 0 } as const;

export interface PackOptions {
  /** What may be broken: only tall items; all except short ones; or everything, even after a heading. */
  readonly breaks: keyof typeof KEPT_WHOLE;
  /** The number of last columns that only take the rest: their blank space does not matter. */
  readonly spare?: number;
}

/**
 * Fills columns so that no heading is alone at the end of a column, no short item is broken, and the blank space at their
 * ends is evenly distributed.
 *
 * @param columns their heights in pixels.
 * @returns the items of each column; undefined if they do not fit.
 */
export function pack(
  items: readonly Item[],
  columns: readonly number[],
  { breaks, spare = 0 }: PackOptions,
): Span[][] | undefined {
  const rows = flatten(items, Math.min(...columns), breaks);
  const all = rows.length;
  /** For each column: where the best distribution of all rows before a row has begun, and its cost. */
  const ways: Map<number, Way>[] = [];
  let ends = new Map<number, Way>([[0, { from: 0, cost: 0 }]]);
  for (const [i, height] of columns.entries()) {
    const blankCost = i < columns.length - spare ? BLANK_COST : 0;
    const next = new Map<number, Way>();
    for (const [from, { cost }] of ends) {
      for (const [to, used] of fillings(rows, from, height)) {
        const blank = (height - used) / height;
        const total = cost + blankCost * blank * blank + (rows[to]?.breakCost ?? 0);
        if (total < (next.get(to)?.cost ?? Number.POSITIVE_INFINITY)) next.set(to, { from, cost: total });
      }
    }
    ways.push(next);
    ends = next;
  }
  if (!ends.has(all)) return undefined;
  const spans: Span[][] = [];
  let to = all;
  for (const way of ways.reverse()) {
    const from = way.get(to)?.from ?? 0;
    spans.unshift(spansOf(rows.slice(from, to)));
    to = from;
  }
  return spans;
}

interface Way {
  readonly from: number;
  readonly cost: number;
}

interface Row {
  readonly item: number;
  readonly row: number;
  readonly height: number;
  readonly frame: number;
  readonly gap: number;
  /** The heading above it if a column begins with it. */
  readonly atTop: number;
  /** Cost of a break above it; infinite where none is allowed. */
  readonly breakCost: number;
}

function flatten(items: readonly Item[], shortest: number, breaks: PackOptions['breaks']): Row[] {
  const least = LEAST_ROWS[breaks];
  const boxes = boxHeights(items);
  return items.flatMap((item, i) => {
    const whole = item.frame + item.rows.reduce((sum, height) => sum + height, 0);
    const mayBreak = whole > shortest * KEPT_WHOLE[breaks];
    const follows = breaks !== 'anywhere' && (items[i - 1]?.kind ?? 'block') !== 'block';
    return item.rows.map((height, row): Row => {
      const isInside = row > 0;
      const isEdge = row < least || row > item.rows.length - least;
      const isForbidden = isInside ? !mayBreak || isEdge : follows;
      const isShort = item.kind !== 'section' && (boxes[i] ?? 0) <= shortest * KEPT_WHOLE.rarely;
      const torn = (isInside ? COST.row : COST[item.kind]) + (item.head && isShort ? SHORT_BOX_COST : 0);
      const breakCost = isForbidden ? Number.POSITIVE_INFINITY : torn;
      const atTop = item.head ? item.head + item.gap : 0;
      return { item: i, row, height, frame: item.frame, gap: isInside ? 0 : item.gap, atTop, breakCost };
    });
  });
}

/** By item, the total height of its box. */
function boxHeights(items: readonly Item[]): number[] {
  const heights: number[] = [];
  let start = 0;
  let sum = 0;
  items.forEach((item, i) => {
    if (item.kind === 'section') {
      heights.fill(sum, start);
      [start, sum] = [i, 0];
    }
    sum += item.frame + item.gap + item.rows.reduce((all, row) => all + row, 0);
    heights.push(sum);
  });
  return heights.fill(sum, start);
}

/** The possible ends of a column that begins with a row, and the height that is used. */
function* fillings(rows: readonly Row[], from: number, height: number): Generator<[number, number]> {
  if (from === rows.length) yield [from, 0];
  let used = 0;
  for (let to = from; to < rows.length; to++) {
    const row = rows[to] as Row;
    const isFirst = to === from;
    used += row.height + (isFirst ? row.atTop : row.gap) + (isFirst || row.row === 0 ? row.frame : 0);
    if (used > height) return;
    if ((rows[to + 1]?.breakCost ?? 0) < Number.POSITIVE_INFINITY) yield [to + 1, used];
  }
}

function spansOf(rows: readonly Row[]): Span[] {
  const spans: Span[] = [];
  for (const { item, row } of rows) {
    const last = spans.at(-1);
    if (last?.item === item) spans[spans.length - 1] = { ...last, to: row + 1 };
    else spans.push({ item, from: row, to: row + 1 });
  }
  return spans;
}
