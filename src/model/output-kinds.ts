/** What the browser makes. */
export type CapturedKind = 'slides' | 'handout' | 'cheatsheet' | 'images';

/** What can be made of a deck. */
export type OutputKind = CapturedKind | 'archive';
