import type { Input } from '../../contract/input.ts';
import { discoverDecks } from './discover.ts';
import { pageAround, renderSite } from './render.ts';

/** Markdown decks as reveal-md shows them. */
export const REVEAL_MD: Input = {
  name: 'reveal-md',
  // Folders are searched for Markdown; a named file of any other extension may also be a deck.
  takes: () => true,
  discover: discoverDecks,
  // Parsers take long to load, and most processes of a run do not parse.
  parse: async (source, options, onSlide) => (await import('./read.ts')).parseDeck(source, options, onSlide),
  open: renderSite,
  around: pageAround,
};
