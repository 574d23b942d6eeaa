import type { Highlights } from '../../../../model/highlights.ts';

/**
 * Runs inside the page and must stay self-contained. Lets highlight.js take what it made of the same code before: without a
 * language it tries all that it knows, which takes a third of a second for a deck.
 *
 * @param hljs as reveal.js gives it to `beforeHighlight`: https://revealjs.com/code/#beforehighlight
 * @returns what the page's blocks became; it grows as they are highlighted.
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
