// All types of the model, by subject: a deck as it was read, as the browser laid it out, what is to be made of it, what was made,
// and what is said of that.
export type * from './deck.ts';
export type * from './geometry.ts';
export type * from './layout.ts';
export type * from './plan.ts';
export type * from './print.ts';
export type * from './report.ts';
