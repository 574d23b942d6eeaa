import type { LaidOutPage, LaidOutSlide, Layout } from '../../model/model.ts';
import { type PrintDocument, printDocument } from './document.ts';

/** The presented slides: all except those that are only for print. */
export function presentedSlides(layout: Layout): readonly LaidOutSlide[] {
  return layout.slides.filter(({ handout }) => handout !== 'only');
}

/** Pages of the size of a slide, one below the other. */
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
