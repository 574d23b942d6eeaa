import { PageLostError } from '../browser/deadline.ts';
import { DeckError, type Diagnostic, diagnostic } from '../diagnostics.ts';
import { messageOf } from '../errors.ts';
import type { DeckFile, OutputKind } from './model.ts';
import type { DeckResult } from './report.ts';

/**
 * Whether a deck lost its page, by whosever fault: decks share a browser, and one that was only near a crash deserves
 * another try. One that takes too long has had its time.
 */
export function isLost(error: unknown): boolean {
  return error instanceof PageLostError && !error.timedOut;
}

/** What there is to say of a deck that failed. */
export function failedDeck(source: DeckFile, error: unknown): DeckResult {
  const failed = { path: source.path, title: '', slides: 0, decorations: 0, outputs: [], failed: true };
  return { ...failed, diagnostics: explain(error, { deck: source.path }, 'DECK_FAILED') };
}

/** What there is to say of one output of a deck that failed. */
export function failedOutput(path: string, output: OutputKind, error: unknown): Diagnostic[] {
  return explain(error, { deck: path, output }, 'OUTPUT_FAILED');
}

/** Anything unforeseen is a bug, with its stack. */
function explain(
  error: unknown,
  place: { readonly deck: string; readonly output?: OutputKind },
  unforeseen: 'DECK_FAILED' | 'OUTPUT_FAILED',
): Diagnostic[] {
  if (error instanceof DeckError) return [...error.diagnostics];
  if (error instanceof PageLostError) {
    const hint = 'a deck this large may need more --timeout; “deckhand doctor” checks the browser';
    return [diagnostic('BROWSER_CRASHED', messageOf(error), place, hint)];
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const hint = 'this is a bug in Deckhand: please report it with the deck';
  return [diagnostic(unforeseen, stack, place, hint)];
}

/** Trouble that belongs to no deck that could be read still has its line in the report. */
export function withoutDeck(trouble: Diagnostic): DeckResult {
  const diagnostics = [trouble];
  const failed = trouble.severity === 'error';
  return { path: trouble.deck, title: '', slides: 0, decorations: 0, outputs: [], diagnostics, failed };
}
