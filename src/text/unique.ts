/** Each item once: of those with the same key the last one, in the place of the first. */
export function uniqueBy<T>(items: readonly T[], keyOf: (item: T) => unknown): T[] {
  return [...new Map(items.map((item) => [keyOf(item), item])).values()];
}

/** Each once, in the order in which they come first. */
export function unique<T>(items: readonly T[]): T[] {
  return [...new Set(items)];
}
