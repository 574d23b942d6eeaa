import { diagnostic } from '../../model/diagnostics.ts';
import type { LaidOutSlide, SlidesPlan } from '../../model/model.ts';
import type { Output } from '../contract/output.ts';
import { bookmarksBySection, destinationsOf } from '../planning/bookmarks.ts';
import { onPaper } from '../planning/on-paper.ts';
import { pageLabel } from '../planning/page-label.ts';
import { presentedSlides } from '../planning/slide-pages.ts';

/** One page per slide (or fragment step), as it was presented. */
export const slides: Output<SlidesPlan> = {
  kind: 'slides',
  followsFragments: true,
  sparesInk: false,
  isArchived: true,
  frames: (layout) => presentedSlides(layout).flatMap(({ pages }) => pages),
  printScale: (layout) => onPaper(layout)?.scale ?? 1,
  whenEmpty: (deck) => diagnostic('DECK_EMPTY', 'every slide of the deck is for the handout only', { deck }),
  plan: async (layout) => {
    const slides = presentedSlides(layout);
    if (slides.length === 0) return undefined;
    const pages = slides.flatMap((slide) => slide.pages);
    const firstPages = firstPagesOf(slides);
    const pageOf = (slide: LaidOutSlide) => firstPages.get(slide);
    return {
      frames: pages,
      paper: onPaper(layout),
      page: layout.printSize ?? layout.size,
      pageCount: pages.length,
      pageLabels: slides.flatMap((slide) => slide.pages.map((page) => pageLabel(slide, page))),
      bookmarks: bookmarksBySection(layout, pageOf),
      destinations: destinationsOf(layout, pageOf),
    };
  },
};

function firstPagesOf(slides: readonly LaidOutSlide[]): ReadonlyMap<LaidOutSlide, number> {
  const firstPages = new Map<LaidOutSlide, number>();
  let page = 0;
  for (const slide of slides) {
    firstPages.set(slide, page);
    page += slide.pages.length;
  }
  return firstPages;
}
