import type { Input } from '../../contract/input.ts';
import { DECK_EXTENSIONS } from './deck-extensions.ts';
import type { MarkdownDeck } from './model/markdown-deck.ts';

/** Markdown decks as reveal-md shows them. */
export const REVEAL_MD: Input<MarkdownDeck> = {
  name: 'reveal-md',
  format: {
    name: 'Markdown',
    mediaType: 'text/markdown',
    about: 'The slides are text in Markdown, in UTF-8:',
    reading: 'Any editor can read it; a line of --- or ---- separates slides.',
  },
  extensions: DECK_EXTENSIONS,
  // Folders are searched for Markdown; a named file of any other extension may also be a deck.
  takes: () => true,
  // These parts take long to load. A process that parses decks does not find them, and the other way round.
  discover: async (named, options) => (await import('./discover.ts')).discoverDecks(named, options),
  parse: async (source, options, onSlide) => (await import('./read.ts')).parseDeck(source, options, onSlide),
  open: async (deck, options) => (await import('./render.ts')).renderSite(deck, options),
  around: async (deck) => (await import('./render.ts')).pageAround(deck),
  formerIds: async ({ stacks }, { index }) =>
    (await import('./slides/heading-ids.ts')).headingIds(stacks.flat()[index]?.markdown ?? ''),
  looks: ({ theme, settings = [], source }) => ({
    theme: theme.name,
    isOwn: settings.some(({ key, from }) => LOOKS.test(key) && from.startsWith(`${source.path}:`)),
  }),
};

const LOOKS = /^(?:theme|highlightTheme|separator|revealOptions\..*)$/;
