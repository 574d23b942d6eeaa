/** How severe a diagnostic is: an `error` makes an output incomplete or fail, a `warning` should be looked at, an `info` is a note. */
export type Severity = 'error' | 'warning' | 'info';

/** A diagnostic code in general, for any deck. docs/troubleshooting.md is generated from these. */
export interface CodeEntry {
  /** Its usual severity. */
  readonly severity: Severity;
  /** What is wrong, in one sentence without a period. */
  readonly meaning: string;
  /** How this comes about, and what Deckhand does about it. */
  readonly cause: string;
  /** What to do. */
  readonly remedy: string;
}
