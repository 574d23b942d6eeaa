/** Extensions of decks, without the dot. */
export const DECK_EXTENSIONS = ['md', 'markdown'] as const;
