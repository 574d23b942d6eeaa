import { DeckError, type Diagnostic, diagnostic } from '../model/diagnostics.ts';
import type { LaidOutSlide, Layout } from '../model/model.ts';

/** A position in a deck as slide numbers give it, from 1: a stack, or one of its slides. */
interface Position {
  readonly stack: number;
  readonly slide?: number;
}

/** The selected slides, and the text that selects them. */
export type SlideRange =
  | { readonly text: string; readonly from: Position; readonly to: Position }
  | { readonly text: string; readonly id: string };

/**
 * Parses a comma-separated list such as `1-3,5,4.2,#id`: stacks, single slides by their numbers, ranges of either, and ids.
 *
 * @throws Error that says what is wrong.
 */
export function parseSlideRanges(list: string): SlideRange[] {
  const parts = list.split(',').map((part) => part.trim());
  return parts.filter((part) => part !== '').map(parseRange);
}

function parseRange(text: string): SlideRange {
  const id = /^#\/?(.+)$/.exec(text)?.[1];
  if (id !== undefined) return { text, id };
  const [, fromStack, fromSlide, toStack, toSlide] =
    /^(\d{1,6})(?:\.(\d{1,6}))?(?:\s*-\s*(\d{1,6})(?:\.(\d{1,6}))?)?$/.exec(text) ?? [];
  const from = position(fromStack, fromSlide);
  if (!from) throw new Error(`“${text}” is not of the form 3, 4.2, 1-3, 4.2-5.1 or #id`);
  const to = position(toStack, toSlide) ?? from;
  if (order(from, to) > 0) throw new Error(`“${text}” ends before it begins`);
  return { text, from, to };
}

function position(stack: string | undefined, slide: string | undefined): Position | undefined {
  if (stack === undefined) return undefined;
  return { stack: Number(stack), ...(slide === undefined ? {} : { slide: Number(slide) }) };
}

/** If only stacks are given, slide numbers do not matter. */
function order(a: Position, b: Position): number {
  if (a.stack !== b.stack || a.slide === undefined || b.slide === undefined) return a.stack - b.stack;
  return a.slide - b.slide;
}

/**
 * Reduces a layout to the selected slides, in the order of the deck and with the same numbers.
 *
 * @param ranges empty: all slides.
 * @throws DeckError if none of them is in the deck.
 */
export function selectSlides(layout: Layout, ranges: readonly SlideRange[]): Layout {
  if (ranges.length === 0) return layout;
  const slides = layout.slides.filter((slide) => ranges.some((range) => isSelected(slide, range)));
  const empty = ranges.filter((range) => !layout.slides.some((slide) => isSelected(slide, range)));
  const missing = empty.map(({ text }) => notThere(text, layout));
  if (slides.length === 0) throw new DeckError(noneLeft(layout));
  const numbers = new Set(slides.map(({ number }) => number));
  const own = layout.diagnostics.filter(({ slide }) => slide === undefined || numbers.has(slide));
  return { ...layout, slides, diagnostics: [...own, ...missing] };
}

export function isSelected({ h, v, id }: Pick<LaidOutSlide, 'h' | 'v' | 'id'>, range: SlideRange): boolean {
  if ('id' in range) return id === range.id;
  const at = { stack: h + 1, slide: v + 1 };
  return order(range.from, at) <= 0 && order(at, range.to) <= 0;
}

function notThere(text: string, { path, sections }: Layout): Diagnostic {
  const hint = `slides are numbered from 1 to ${sections.length}, those of a stack like 2.1`;
  return diagnostic('SLIDES_UNKNOWN', `the deck has no slide ${text}`, { deck: path }, hint);
}

function noneLeft({ path }: Layout): Diagnostic {
  const hint = 'correct --slides, or build this deck without it';
  return diagnostic('DECK_EMPTY', 'none of the requested slides is in the deck', { deck: path }, hint);
}
