import type { Input } from '../../contract/input.ts';
import { discoverDecks } from './discover.ts';
import { pageAround, renderSite } from './render.ts';

/** Markdown decks as reveal-md shows them. */
export const REVEAL_MD: Input = {
  name: 'reveal-md',
  // Folders are searched for Markdown, and a file of any other name may be a deck.
  takes: () => true,
  discover: discoverDecks,
  // Parsers take a while to load, and most processes of a run parse nothing.
  parse: async (source, options, onSlide) => (await import('./read.ts')).parseDeck(source, options, onSlide),
  open: renderSite,
  around: pageAround,
};
