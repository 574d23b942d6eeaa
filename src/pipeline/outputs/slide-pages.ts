import { type PrintDocument, printDocument } from '../../print/document.ts';
import type { LaidOutSlide, Layout } from '../model.ts';

/** What was presented: all slides but those that are there for paper only. */
export function presentedSlides(layout: Layout): readonly LaidOutSlide[] {
  return layout.slides.filter(({ handout }) => handout !== 'only');
}

/** One page a slide (or a fragment step), each as large as a slide and one below the other. */
export function slidesDocument(
  layout: Layout,
  slides: readonly LaidOutSlide[],
  look: Pick<PrintDocument, 'style' | 'css'>,
): string {
  const pages = slides.flatMap((slide) => slide.pages.map(({ html }) => html));
  return printDocument(layout, {
    ...look,
    page: layout.size,
    bodyClass: 'deckhand-slides',
    body: pages.join('\n'),
  });
}
