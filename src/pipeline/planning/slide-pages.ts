import type { LaidOutPage, LaidOutSlide, Layout } from '../../model/model.ts';
import { type PrintDocument, printDocument } from './document.ts';

/** What was presented: all slides but those that are there for paper only. */
export function presentedSlides(layout: Layout): readonly LaidOutSlide[] {
  return layout.slides.filter(({ handout }) => handout !== 'only');
}

/** Each as large as a slide, and one below the other. */
export function framesDocumentOf(
  layout: Layout,
  frames: readonly LaidOutPage[],
  look: Pick<PrintDocument, 'style' | 'css'>,
): string {
  return printDocument(layout, {
    ...look,
    page: layout.size,
    bodyClass: 'deckhand-slides',
    body: frames.map(({ html }) => html).join('\n'),
  });
}
