import type { Diagnostic, Outcome } from '../../model/diagnostics.ts';
import type { DeckFile } from '../../model/model.ts';
import type { ParsedDeck, ParseOptions } from '../contract/input.ts';

// What `deck-parser.ts` and its processes say to each other.

export interface ParseJob {
  readonly source: DeckFile;
  readonly options: ParseOptions;
}

export interface ParseLimits {
  readonly timeoutMs: number;
  readonly memoryBytes: number;
}

/** What a process answers to a job, in this order. */
export type ParseAnswer =
  /** It has read the job: from here on time counts. */
  | { readonly kind: 'begun' }
  /** It is about to read a slide that may take a while. */
  | { readonly kind: 'at'; readonly line: number }
  | { readonly kind: 'done'; readonly outcome: Outcome<ParsedDeck> }
  /** The deck can't be read, for reasons that it is to blame for. */
  | { readonly kind: 'refused'; readonly diagnostics: readonly Diagnostic[] }
  /** A bug. */
  | { readonly kind: 'failed'; readonly stack: string };

/** What the process says on stderr when it ends itself for its memory. */
export const OUTGROWN = 'deckhand: out of memory';
