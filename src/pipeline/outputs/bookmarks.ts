import type { BookmarkTree } from '../../pdf/outline.ts';
import type { LaidOutSlide, Layout } from '../model.ts';

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
