/** A deck after the plugins of reveal.js have run, before reveal.js itself changed anything. */
export interface SourceSlides {
  /** The inner HTML of `.slides`. */
  readonly html: string;
  /** Styles that plugins added to the page. */
  readonly styles: readonly string[];
}

/**
 * Runs inside the page of the view `source`, and must stay self-contained. Returns its slides as HTML, then shows all of them
 * at once, so that the page requests all fonts that the presentation needs.
 *
 * @param timeoutMs time limit for the fonts.
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
  // Fonts are only requested after layout.
  document.body.getBoundingClientRect();
  await Promise.race([document.fonts.ready, new Promise((resolve) => setTimeout(resolve, timeoutMs))]);
  return taken;
}
