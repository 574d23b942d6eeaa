/** A deck as the plugins of reveal.js made it, before reveal.js itself changed anything. */
export interface SourceSlides {
  /** The inside of `.slides`. */
  readonly html: string;
  /** What plugins added to the styles of the page. */
  readonly styles: readonly string[];
}

/**
 * Runs inside the page of the view `source`, and must stay self-contained. Takes its slides down as HTML, then shows all
 * of them at once: the page asks for the fonts that one would ask for who goes through the slides.
 *
 * @param timeoutMs for the fonts.
 */
export async function takeDownSource(timeoutMs: number): Promise<SourceSlides> {
  for (const element of document.querySelectorAll<HTMLElement>('[data-deckhand-trouble]')) {
    delete element.dataset.deckhandTrouble;
    delete element.dataset.reason;
  }
  const slides = document.querySelector('.reveal .slides');
  const taken = {
    html: slides?.innerHTML ?? '',
    styles: [...document.head.querySelectorAll('style:not([data-deckhand-template])')].map(
      (style) => style.textContent ?? '',
    ),
  };
  const shown = document.createElement('style');
  shown.textContent = '.reveal .slides section { display: block !important; }';
  document.head.append(shown);
  // Nothing is asked for before there is a layout.
  document.body.getBoundingClientRect();
  await Promise.race([document.fonts.ready, new Promise((resolve) => setTimeout(resolve, timeoutMs))]);
  return taken;
}
