/**
 * Runs inside the page, and must stay self-contained. Takes back what our stylesheets and those of reveal.js do to slides
 * for the sake of paper alone: shadows, which would be printed as bitmaps, and joined letters, which would be copied as
 * others. None of it moves anything.
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
