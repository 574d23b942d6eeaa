import type { Box } from '../../../model/model.ts';

/** A page in the window: its position there, and the addresses of its images that cannot be shown. */
export interface ShownPage {
  readonly box: Box;
  readonly lost: readonly string[];
}

/**
 * Runs inside the page, and must stay self-contained. Scrolls a `.deckhand-frame` to the top of the window.
 *
 * @param index from 0.
 * @returns null if there is no such page.
 */
export function scrollToPage(index: number): ShownPage | null {
  const page = document.querySelectorAll('.deckhand-frame')[index];
  if (!page) return null;
  const { left, top } = page.getBoundingClientRect();
  window.scrollBy({ left, top, behavior: 'instant' });
  const { x, y, width, height } = page.getBoundingClientRect();
  const lost = [...page.querySelectorAll('img')].filter((one) => !one.complete || one.naturalWidth === 0);
  return { box: { x, y, width, height }, lost: lost.map(({ src }) => src) };
}
