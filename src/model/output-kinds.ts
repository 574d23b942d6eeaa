/** Everything that can be made of a deck, in the order in which it is made. */
export const OUTPUT_KINDS = ['slides', 'handout', 'cheatsheet', 'images', 'archive'] as const;

/** What can be made of a deck. */
export type OutputKind = (typeof OUTPUT_KINDS)[number];

/** What an `Output` makes from a layout. An archive is made from the other outputs. */
export type PlannedKind = Exclude<OutputKind, 'archive'>;
