import type { LaidOutSlide, Layout } from '../../model/model.ts';
import type { BookmarkTree, Destination } from '../../model/pdf-parts.ts';

/** From 0; undefined for a slide that is not in the file. */
type PageOf = (slide: LaidOutSlide) => number | undefined;

/** Stacks as chapters, with their slides below. */
export function bookmarksBySection(layout: Layout, pageOf: PageOf): BookmarkTree[] {
  return layout.sections.flatMap((section, h) => {
    const placed = layout.slides.flatMap((slide) => {
      const page = slide.h === h ? pageOf(slide) : undefined;
      return page === undefined ? [] : [{ title: slideTitle(slide), page, children: [] }];
    });
    const [first, ...children] = placed;
    return first ? [{ title: first.title || section, page: first.page, children }] : [];
  });
}

/** All names by which links from elsewhere may refer to a slide of the file. */
export function destinationsOf({ slides }: Layout, pageOf: PageOf): Destination[] {
  return slides.flatMap((slide) => {
    const page = pageOf(slide);
    return page === undefined ? [] : slide.names.map((name) => ({ name, page }));
  });
}

export function slideTitle({ title, name, number }: LaidOutSlide): string {
  return title || name || `Slide ${number}`;
}
