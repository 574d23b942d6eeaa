export interface BoundedMemo<T> {
  /** What was found for a key before, or what `find` finds now: once, as long as it is kept. */
  once(key: string, find: () => Promise<T>): Promise<T>;
}

interface Entry<T> {
  readonly found: Promise<T>;
  bytes: number;
}

/**
 * Remembers what was found, up to a number of bytes: what was asked for longest ago is forgotten first, and found again if
 * it is requested again. What is still being looked for is kept.
 *
 * @param weigh in bytes; what has none is never forgotten.
 */
export function boundedMemo<T>(maxBytes: number, weigh: (found: T) => number): BoundedMemo<T> {
  // A map keeps the order in which keys were set.
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
        // A later await gets the error. That nothing awaits it yet must not end the process.
        () => undefined,
      );
      return entry.found;
    },
  };
}
