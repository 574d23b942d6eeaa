/** Something on a slide that could not be drawn; its source is shown instead. */
export interface FoundTrouble {
  /** Index of its slide. */
  readonly index: string;
  readonly kind: 'math' | 'diagram';
  readonly source: string;
  readonly reason: string;
}

/**
 * Runs inside the page, before its slides are captured, and must stay self-contained. Collects, and removes, what
 * `set-math.ts` and `draw-diagrams.ts` noted on the slides: what could not be drawn, in order, and why.
 */
export function collectTrouble(): FoundTrouble[] {
  const pages = [...document.querySelectorAll<HTMLElement>('.deckhand-frame section[data-deckhand-slide]')];
  const seen = new Set<string>();
  const found = pages.flatMap((section) => {
    const index = section.dataset.deckhandSlide ?? '';
    // Further pages of a slide are its steps.
    if (seen.has(index)) return [];
    seen.add(index);
    return [...section.querySelectorAll<HTMLElement>('[data-deckhand-trouble]')].map((element) => ({
      index,
      kind: element.dataset.deckhandTrouble as FoundTrouble['kind'],
      source: element.textContent ?? '',
      reason: element.dataset.reason ?? '',
    }));
  });
  for (const element of document.querySelectorAll<HTMLElement>('[data-deckhand-trouble]')) {
    delete element.dataset.deckhandTrouble;
    delete element.dataset.reason;
  }
  return found;
}
