/** All kinds of output, in the order in which they are created. */
export const OUTPUT_KINDS = ['slides', 'handout', 'cheatsheet', 'images', 'archive'] as const;

/** A kind of output. */
export type OutputKind = (typeof OUTPUT_KINDS)[number];

/** What an `Output` makes from a layout. An archive is made from the other outputs. */
export type PlannedKind = Exclude<OutputKind, 'archive'>;
