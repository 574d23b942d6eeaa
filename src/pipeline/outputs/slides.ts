import { diagnostic } from '../../diagnostics.ts';
import type { BookmarkTree } from '../../pdf/outline.ts';
import type { LaidOutSlide, Layout, PrintPlan } from '../model.ts';
import { bookmarksBySection } from './bookmarks.ts';
import type { Output } from './output.ts';
import { presentedSlides, slidesDocument } from './slide-pages.ts';

/** One page a slide (or a fragment step), as it was presented. */
export const slides: Output<PrintPlan> = {
  kind: 'slides',
  followsFragments: true,
  sparesInk: false,
  printScale: () => 1,
  whenEmpty: (deck) => diagnostic('DECK_EMPTY', 'every slide of the deck is for paper only', { deck }),
  plan: async (layout) => {
    const slides = presentedSlides(layout);
    if (slides.length === 0) return undefined;
    const pages = slides.flatMap((slide) => slide.pages);
    return {
      html: slidesDocument(layout, slides, { style: 'slides' }),
      page: layout.size,
      pageCount: pages.length,
      pageLabels: slides.flatMap(({ label, pages: own }) =>
        own.map((_, i) => (i === 0 ? label : `${label} (${i + 1})`)),
      ),
      pictures: pages.map((page) => page.pictures),
      bookmarks: bookmarksOf(layout, slides),
    };
  },
};

function bookmarksOf(layout: Layout, slides: readonly LaidOutSlide[]): BookmarkTree[] {
  const firstPages = new Map<LaidOutSlide, number>();
  let page = 0;
  for (const slide of slides) {
    firstPages.set(slide, page);
    page += slide.pages.length;
  }
  return bookmarksBySection(layout, (slide) => firstPages.get(slide));
}
