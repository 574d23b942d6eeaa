import type { Input } from '../../contract/input.ts';
import { DECK_EXTENSIONS, discoverDecks } from './discover.ts';
import type { MarkdownDeck } from './model/markdown-deck.ts';
import { pageAround, renderSite } from './render.ts';
import { headingIds } from './slides/heading-ids.ts';

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
  discover: discoverDecks,
  // Parsers take long to load, and most processes of a run do not parse.
  parse: async (source, options, onSlide) => (await import('./read.ts')).parseDeck(source, options, onSlide),
  open: renderSite,
  around: pageAround,
  formerIds: ({ stacks }, { index }) => headingIds(stacks.flat()[index]?.markdown ?? ''),
  looks: ({ theme, settings = [], source }) => ({
    theme: theme.name,
    isOwn: settings.some(({ key, from }) => LOOKS.test(key) && from.startsWith(`${source.path}:`)),
  }),
};

const LOOKS = /^(?:theme|highlightTheme|separator|revealOptions\..*)$/;
