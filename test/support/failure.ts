import { DeckError, type Diagnostic } from '../../src/model/diagnostics.ts';

/** The diagnostics of the DeckError that a function throws; none where it throws nothing. Any other error goes on. */
export function deckErrors(work: () => unknown): readonly Diagnostic[] {
  try {
    work();
    return [];
  } catch (error) {
    if (error instanceof DeckError) return error.diagnostics;
    throw error;
  }
}
