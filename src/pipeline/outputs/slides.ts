import type { BookmarkTree } from '../../pdf/outline.ts';
import { inReveal, printDocument } from '../../print/document.ts';
import type { LaidOutSlide, Layout } from '../model.ts';
import type { Output } from './index.ts';

/** One page a slide (or a fragment step), as it was presented. */
export const slides: Output = {
  kind: 'slides',
  followsFragments: true,
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

/** Stacks as chapters, their slides below. */
export function bookmarksBySection(layout: Layout, pageOf: (slide: LaidOutSlide) => number): BookmarkTree[] {
  return layout.sections.flatMap((section, h) => {
    const [first, ...below] = layout.slides.filter((slide) => slide.h === h);
    if (!first) return [];
    const children = below.map((slide) => ({ title: slideTitle(slide), page: pageOf(slide), children: [] }));
    return [{ title: slideTitle(first) || section, page: pageOf(first), children }];
  });
}

/** A slide without a heading is known by its first words, or by its first picture's alternative text. */
export function slideTitle(slide: LaidOutSlide): string {
  if (slide.title) return slide.title;
  const words = slide.text.replace(/\s+/g, ' ').trim().split(' ').slice(0, 8).join(' ');
  const alt = /<img[^>]*\salt="([^"]+)"/.exec(slide.pages[0]?.html ?? '')?.[1];
  return words || unescapeHtml(alt) || `Slide ${slide.number}`;
}

function unescapeHtml(text = ''): string {
  const entities: Record<string, string> = { amp: '&', quot: '"', lt: '<', gt: '>', nbsp: ' ' };
  return text.replace(/&(amp|quot|lt|gt|nbsp);/g, (_, name: string) => entities[name] ?? '');
}
