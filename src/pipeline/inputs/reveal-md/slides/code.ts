import type { MarkdownSlide } from '../model/markdown-deck.ts';

/** A fence, an indentation as wide as that of a code block, or the element itself. */
const SOME_CODE = /`{3}|~{3}| {4}|\t|<pre\b/i;

/** Whether a slide may contain a block of code; may be true for text that only looks like one. */
export function mayHoldCode({ markdown, hidden }: MarkdownSlide): boolean {
  return !hidden && SOME_CODE.test(markdown);
}
