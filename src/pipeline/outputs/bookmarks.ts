import type { BookmarkTree } from '../../pdf/outline.ts';
import type { LaidOutSlide, Layout } from '../model.ts';

/**
 * Stacks as chapters, their slides below.
 *
 * @param pageOf from 0; undefined for a slide that is not in the file.
 */
export function bookmarksBySection(
  layout: Layout,
  pageOf: (slide: LaidOutSlide) => number | undefined,
): BookmarkTree[] {
  return layout.sections.flatMap((section, h) => {
    const placed = layout.slides.flatMap((slide) => {
      const page = slide.h === h ? pageOf(slide) : undefined;
      return page === undefined ? [] : [{ title: slideTitle(slide), page, children: [] }];
    });
    const [first, ...children] = placed;
    return first ? [{ title: first.title || section, page: first.page, children }] : [];
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
