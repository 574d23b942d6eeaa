/** What the browser makes. */
export type CapturedKind = 'slides' | 'handout' | 'cheatsheet' | 'images';

export type OutputKind = CapturedKind | 'archive';
