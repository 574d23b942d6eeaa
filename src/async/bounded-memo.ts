export interface BoundedMemo<T> {
  /**
   * The value that was found for a key before, or what `find` returns now. `find` is called once per key, as long as its
   * value is kept.
   */
  once(key: string, find: () => Promise<T>): Promise<T>;
}

interface Entry<T> {
  readonly found: Promise<T>;
  bytes: number;
}

/**
 * Remembers values up to a total number of bytes. Least recently used values are dropped first, and found again when they are
 * requested again. Values that are still being looked up are kept.
 *
 * @param weigh the size of a value in bytes; values of size 0 are never dropped.
 */
export function boundedMemo<T>(maxBytes: number, weigh: (found: T) => number): BoundedMemo<T> {
  // A Map keeps the order in which keys were set.
  const entries = new Map<string, Entry<T>>();
  let total = 0;
  const forget = (): void => {
    for (const [key, { bytes }] of entries) {
      if (total <= maxBytes) return;
      if (bytes === 0) continue;
      total -= bytes;
      entries.delete(key);
    }
  };
  return {
    once: (key, find) => {
      const known = entries.get(key);
      if (known) {
        entries.delete(key);
        entries.set(key, known);
        return known.found;
      }
      const entry: Entry<T> = { found: find(), bytes: 0 };
      entries.set(key, entry);
      entry.found.then(
        (found) => {
          entry.bytes = weigh(found);
          total += entry.bytes;
          forget();
        },
        // A later await gets the error. Until then the rejection must not count as unhandled, which would end the process.
        () => undefined,
      );
      return entry.found;
    },
  };
}
