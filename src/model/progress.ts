import type { DeckResult } from './model.ts';

/** The stages of a deck that take time. */
export type Stage = 'read' | 'measure' | 'optimize' | 'print' | 'archive' | 'publish';

export type ProgressEvent =
  /** All decks of the run are known. */
  | { readonly type: 'run-started'; readonly decks: readonly string[] }
  /** A deck's turn has come. */
  | { readonly type: 'deck-started'; readonly deck: string }
  /** A deck enters a stage. */
  | { readonly type: 'stage-started'; readonly deck: string; readonly stage: Stage }
  /** A deck is done, well or not. */
  | { readonly type: 'deck-finished'; readonly deck: string; readonly result: DeckResult }
  /** Something about the run as a whole that its user should know. */
  | { readonly type: 'notice'; readonly severity: 'warning' | 'info'; readonly message: string };

export type OnProgress = (event: ProgressEvent) => void;
