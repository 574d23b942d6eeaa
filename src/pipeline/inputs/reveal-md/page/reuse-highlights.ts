import type { Highlights } from '../../../../model/highlights.ts';

/**
 * Runs inside the page and must stay self-contained. Makes highlight.js reuse its earlier result for the same code: without a
 * language it tries all languages, which takes a third of a second for a deck.
 *
 * @param hljs as reveal.js passes it to `beforeHighlight`: https://revealjs.com/code/#beforehighlight
 * @returns the results for the page's blocks; it grows as they are highlighted.
 */
export function reuseHighlights(
  hljs: { highlightElement(element: HTMLElement): void },
  known: Highlights,
): Highlights {
  const used: Record<string, readonly [string, string]> = {};
  const highlight = hljs.highlightElement;
  hljs.highlightElement = (element) => {
    const key = `${element.className}\n${element.innerHTML}`;
    const before = Object.hasOwn(known, key) ? known[key] : undefined;
    if (before) {
      element.className = before[0];
      element.innerHTML = before[1];
      element.dataset.highlighted = 'yes';
    } else highlight(element);
    used[key] = [element.className, element.innerHTML];
  };
  return used;
}
