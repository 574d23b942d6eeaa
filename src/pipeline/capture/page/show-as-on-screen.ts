/**
 * Runs inside the page, and must stay self-contained. Reverts what our stylesheets and those of reveal.js change for print
 * only: shadows, which would be printed as bitmaps, and ligatures, which would be copied as other characters. It moves
 * nothing.
 */
export function showAsOnScreen(): void {
  const ours = `${location.origin}/.deckhand/`;
  for (const sheet of document.styleSheets) {
    if (!sheet.href?.startsWith(ours)) continue;
    for (const rule of sheet.cssRules) {
      if (!(rule instanceof CSSStyleRule) || !rule.selectorText.includes('html.deckhand-frames')) continue;
      for (const name of ['box-shadow', 'font-variant-ligatures']) rule.style.removeProperty(name);
    }
  }
}
