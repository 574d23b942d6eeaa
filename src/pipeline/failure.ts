import type { Loss } from '../browser/crashes.ts';
import { PageLostError } from '../browser/deadline.ts';
import { DeckError, type Diagnostic, diagnostic } from '../model/diagnostics.ts';
import { messageOf } from '../model/errors.ts';
import type { DeckFile, DeckResult } from '../model/model.ts';
import type { OutputKind } from '../model/output-kinds.ts';

/**
 * Whether a deck lost its page, for any reason: decks share a browser, and a deck that was only affected by a crash should be
 * tried again. A deck that takes too long is not.
 */
export function isLost(error: unknown): boolean {
  return error instanceof PageLostError && !error.timedOut;
}

/** The diagnostics of a deck that failed. */
export function failedDeck(source: DeckFile, error: unknown): DeckResult {
  const failed = { path: source.path, title: '', slides: 0, decorations: 0, outputs: [], failed: true };
  return { ...failed, diagnostics: explain(error, { deck: source.path }, 'DECK_FAILED') };
}

/** The diagnostics of one output that failed. */
export function failedOutput(path: string, output: OutputKind, error: unknown): Diagnostic[] {
  return explain(error, { deck: path, output }, 'OUTPUT_FAILED');
}

const HINTS: Readonly<Record<Loss, string>> = {
  memory: 'divide the deck, or reduce its largest tables, diagrams, code blocks or styles',
  killed: 'the system may be short of memory: build with --jobs 1. Otherwise something ended the browser',
  'no-answer':
    'look for what keeps the browser busy: deeply nested lists, thousands of unclosed marks, a huge table or diagram. If the deck is just large, raise --timeout',
  crashed: 'run “deckhand doctor” to check the browser; if it works, please report the deck',
};

/** An unexpected error is a bug, and reported with its stack. */
function explain(
  error: unknown,
  place: { readonly deck: string; readonly output?: OutputKind },
  unforeseen: 'DECK_FAILED' | 'OUTPUT_FAILED',
): Diagnostic[] {
  if (error instanceof DeckError) return [...error.diagnostics];
  if (error instanceof PageLostError) {
    return [diagnostic('BROWSER_CRASHED', messageOf(error), place, HINTS[error.loss])];
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const hint = 'this is a bug in Deckhand: please report it with the deck';
  return [diagnostic(unforeseen, stack, place, hint)];
}

/** A problem that belongs to no readable deck has its own entry in the report. */
export function withoutDeck(trouble: Diagnostic): DeckResult {
  const diagnostics = [trouble];
  const failed = trouble.severity === 'error';
  return { path: trouble.deck, title: '', slides: 0, decorations: 0, outputs: [], diagnostics, failed };
}
