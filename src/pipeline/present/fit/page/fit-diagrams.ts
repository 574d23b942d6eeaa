import type { Size } from '../../../../model/model.ts';

/**
 * Runs inside the page, before `fit-slides.ts`, and must stay self-contained. A diagram that makes its slide too tall is
 * drawn smaller, so that the text around it keeps its size. Below two fifths, the whole slide is scaled instead.
 */
export function fitDiagrams({ heightPx }: Size): void {
  const LEAST = 0.4;
  const MARGIN = 16;
  for (const section of document.querySelectorAll<HTMLElement>(
    '.deckhand-frame section[data-deckhand-slide]',
  )) {
    const drawings = [...section.querySelectorAll<SVGElement>('.deckhand-diagram > svg')];
    if (drawings.length === 0) continue;
    const excess = section.scrollHeight + MARGIN - heightPx;
    if (excess <= MARGIN) continue;
    // In the slide's own pixels: reveal.js scales the whole slide.
    const slides = section.closest<HTMLElement>('.slides') as HTMLElement;
    const scale = slides.getBoundingClientRect().width / slides.offsetWidth;
    const boxes = drawings.map((drawing) => {
      const { width, height } = drawing.getBoundingClientRect();
      return { width: width / scale, height: height / scale };
    });
    const tall = boxes.reduce((sum, { height }) => sum + height, 0);
    const by = Math.max((tall - excess) / tall, LEAST);
    drawings.forEach((drawing, i) => {
      const { width = 0, height = 0 } = boxes[i] ?? {};
      drawing.setAttribute('width', (width * by).toFixed(2));
      drawing.setAttribute('height', (height * by).toFixed(2));
    });
  }
}
