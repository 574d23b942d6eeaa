import type { DeckResult } from './model.ts';

/** A stage of a deck that takes time. */
export type Stage = 'read' | 'measure' | 'optimize' | 'print' | 'archive' | 'publish';

/** What a build reports while it runs. */
export type ProgressEvent =
  /** All decks of the run are known; `unusable` counts further ones, which do not exist or cannot be built. */
  | { readonly type: 'run-started'; readonly decks: readonly string[]; readonly unusable: number }
  /** A deck is started. */
  | { readonly type: 'deck-started'; readonly deck: string }
  /** A deck enters a stage. */
  | { readonly type: 'stage-started'; readonly deck: string; readonly stage: Stage }
  /** A deck is finished, successfully or not. */
  | { readonly type: 'deck-finished'; readonly deck: string; readonly result: DeckResult }
  /** Something about the run as a whole that its user should know. */
  | { readonly type: 'notice'; readonly severity: 'warning' | 'info'; readonly message: string };

/** Is called for each event, synchronously; must not throw. */
export type OnProgress = (event: ProgressEvent) => void;
