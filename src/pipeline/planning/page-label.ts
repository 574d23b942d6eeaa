import type { LaidOutPage, LaidOutSlide } from '../../model/model.ts';

/** The label of a page: the slide's number as the deck shows it, and from its second page on the number of the page. */
export function pageLabel({ label, pages }: LaidOutSlide, page: LaidOutPage): string {
  const i = pages.indexOf(page);
  return i > 0 ? `${label} (${i + 1})` : label;
}
