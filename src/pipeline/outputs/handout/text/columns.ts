/** The distribution of items over columns: for each column, their indices in the list. */
export type Columns = readonly (readonly number[])[];

/**
 * Fills columns one after the other, in order, as evenly as possible.
 *
 * @param heights of the items, with the space below each, in pixels.
 * @param roomPx height of the columns.
 * @returns undefined if they do not fit.
 */
export function fillColumns(heights: readonly number[], count: number, roomPx: number): Columns | undefined {
  const highest = Math.max(0, ...heights);
  // The lowest sufficient height is the sum of the heights of consecutive items.
  const sums = heights.flatMap((_, from) => runningSums(heights.slice(from)));
  const possible = sums.filter((sum) => sum >= highest && sum <= roomPx + 0.01);
  const candidates = [...new Set(possible)].sort((a, b) => a - b);
  let [low, high] = [0, candidates.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    if (stacked(heights, candidates[middle] ?? 0).length <= count) high = middle;
    else low = middle + 1;
  }
  const height = candidates[low];
  if (heights.length === 0) return [];
  return height === undefined ? undefined : stacked(heights, height);
}

/** Columns of a height, as many as necessary; a higher item has a column of its own. */
export function stacked(heights: readonly number[], roomPx: number): Columns {
  const columns: number[][] = [];
  let used = Number.POSITIVE_INFINITY;
  heights.forEach((height, i) => {
    if (used + height > roomPx + 0.01) {
      columns.push([]);
      used = 0;
    }
    columns.at(-1)?.push(i);
    used += height;
  });
  return columns;
}

/** The height of the highest column. */
export function columnsHeight(columns: Columns, heights: readonly number[]): number {
  const sums = columns.map((column) => column.reduce((sum, i) => sum + (heights[i] ?? 0), 0));
  return Math.max(0, ...sums);
}

function runningSums(heights: readonly number[]): number[] {
  let sum = 0;
  return heights.map((height) => {
    sum += height;
    return sum;
  });
}
