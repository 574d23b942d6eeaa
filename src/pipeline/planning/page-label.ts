import type { LaidOutPage, LaidOutSlide } from '../../model/model.ts';

/** What a page of a slide is called: the slide's number as the deck shows it, and which of its pages it is from the second on. */
export function pageLabel({ label, pages }: LaidOutSlide, page: LaidOutPage): string {
  const i = pages.indexOf(page);
  return i > 0 ? `${label} (${i + 1})` : label;
}
