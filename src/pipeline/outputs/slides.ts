import { inReveal, printDocument } from '../../print/document.ts';
import type { LaidOutSlide } from '../model.ts';
import { bookmarksBySection } from './bookmarks.ts';
import type { Output } from './output.ts';

/** One page a slide (or a fragment step), as it was presented. */
export const slides: Output = {
  kind: 'slides',
  followsFragments: true,
  printScale: () => 1,
  plan: (layout) => {
    const pages = layout.slides.flatMap((slide) => slide.pages);
    return {
      html: printDocument(layout, {
        page: layout.size,
        style: 'slides',
        bodyClass: 'reveal-viewport',
        body: inReveal(layout, pages.map((page) => page.html).join('\n')),
      }),
      page: layout.size,
      pageCount: pages.length,
      pictures: pages.map((page) => page.pictures),
    };
  },
  bookmarks: (layout) => {
    const firstPages = new Map<LaidOutSlide, number>();
    let page = 0;
    for (const slide of layout.slides) {
      firstPages.set(slide, page);
      page += slide.pages.length;
    }
    return bookmarksBySection(layout, (slide) => firstPages.get(slide) ?? 0);
  },
};
