import { PageLostError } from '../browser/deadline.ts';
import { DeckError, type Diagnostic, diagnostic } from '../diagnostics.ts';
import { messageOf } from '../errors.ts';
import type { DeckFile } from './model.ts';
import type { DeckResult } from './report.ts';

/** Decks share a browser: one that was only near a crash deserves another try with a new one. One that takes too long has had its time. */
export async function withSecondChance<T>(attempt: () => Promise<T>): Promise<T> {
  try {
    return await attempt();
  } catch (error) {
    if (!(error instanceof PageLostError) || error.timedOut) throw error;
    return attempt();
  }
}

/** What there is to say of a deck that failed. Anything unforeseen is a bug, with its stack. */
export function failedDeck(source: DeckFile, error: unknown): DeckResult {
  const failed = { path: source.path, title: '', slides: 0, decorations: 0, outputs: [], failed: true };
  if (error instanceof DeckError) return { ...failed, diagnostics: error.diagnostics };
  const place = { deck: source.path };
  if (error instanceof PageLostError) {
    const hint = 'a deck this large may need more --timeout; “deckhand doctor” checks the browser';
    return { ...failed, diagnostics: [diagnostic('BROWSER_CRASHED', messageOf(error), place, hint)] };
  }
  const stack = error instanceof Error ? (error.stack ?? error.message) : String(error);
  const hint = 'this is a bug in Deckhand: please report it with the deck';
  return { ...failed, diagnostics: [diagnostic('DECK_FAILED', stack, place, hint)] };
}

/** Trouble that belongs to no deck that could be read still has its line in the report. */
export function withoutDeck(trouble: Diagnostic): DeckResult {
  const diagnostics = [trouble];
  return { path: trouble.deck, title: '', slides: 0, decorations: 0, outputs: [], diagnostics, failed: true };
}
