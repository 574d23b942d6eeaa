/** Removes items with the same key: the last one is kept, at the position of the first. */
export function uniqueBy<T>(items: readonly T[], keyOf: (item: T) => unknown): T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}

/** Removes duplicates, in the order of first occurrence. */
export function unique<T>(items: readonly T[]): T[] {
  return [...new Set(items)];
}
