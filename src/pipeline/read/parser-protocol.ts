import type { Diagnostic, Outcome } from '../../model/diagnostics.ts';
import type { DeckFile } from '../../model/model.ts';
import type { ParsedDeck, ParseOptions } from '../contract/input.ts';

// The messages between `deck-parser.ts` and its processes.

export interface ParseJob {
  readonly source: DeckFile;
  readonly options: ParseOptions;
}

export interface ParseLimits {
  readonly timeoutMs: number;
  readonly memoryBytes: number;
}

/** The answers of a process to a job, in this order. */
export type ParseAnswer =
  /** The process has read the job. From here on time counts. */
  | { readonly kind: 'begun' }
  /** It is about to read a slide that may take long. */
  | { readonly kind: 'at'; readonly line: number }
  | { readonly kind: 'done'; readonly outcome: Outcome<ParsedDeck> }
  /** The deck cannot be read, because of an error in it. */
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] }
  /** A bug. */
  | { readonly kind: 'failed'; readonly stack: string };

/** Written to stderr when a process ends because of its memory limit. */
export const OUTGROWN = 'deckhand: out of memory';
