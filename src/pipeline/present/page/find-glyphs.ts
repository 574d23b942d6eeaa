/** Characters on a slide that no font has. */
export interface MissingGlyphs {
  /** Index of its slide. */
  readonly index: string;
  /** Each once, in order. */
  readonly characters: readonly string[];
}

/**
 * Runs inside the page and must stay self-contained. Finds characters that the browser can only draw as the box for missing
 * glyphs: they look the same as an unassigned code point.
 *
 * Latin is in every bundled font; characters without a shape of their own (spaces and joiners) are skipped. A single
 * character without a glyph, such as a copied control character, keeps Chromium from finding a font for the characters next
 * to it.
 *
 * @param boxed false: returns the characters of the slides. True: replaces each with a box character, wherever it is and
 * without moving anything, because PDF/A requires that each shape has a meaning (ISO 19005-2, 6.2.11.8).
 */
export function findGlyphs({ boxed }: { readonly boxed: boolean }): MissingGlyphs[] {
  /** Unassigned in Unicode 17, between Greek letters. */
  const NOBODYS = '\u0378';
  /** White square, which DejaVu (bundled) contains. */
  const BOX = '\u25a1';
  const BEYOND_LATIN = /[^\t\n\f\r -~\u00a0-\u024f]/u;
  const SIZE = 32;
  const canvas = new OffscreenCanvas(SIZE * 2, SIZE * 2);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const boxes = new Map<string, string>();
  const known = new Map<string, boolean>();
  const found = new Map<string, Set<string>>();
  if (!context) return [];

  const slides = '.deckhand-frame section[data-deckhand-slide]';
  for (const root of document.querySelectorAll<HTMLElement>(boxed ? 'body' : slides)) {
    for (const { text, parent, characters } of missingIn(root)) {
      if (boxed) putBoxes(text, parent, characters);
      else for (const character of characters) note(root.dataset.deckhandSlide ?? '', character);
    }
  }
  return [...found].map(([index, characters]) => ({ index, characters: [...characters] }));

  function missingIn(root: HTMLElement): { text: Text; parent: Element; characters: string[] }[] {
    const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
    const texts: { text: Text; parent: Element; characters: string[] }[] = [];
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.nodeValue ?? '';
      const parent = node.parentElement;
      if (!parent || !BEYOND_LATIN.test(text) || parent.closest('script, style, textarea')) continue;
      const font = getComputedStyle(parent).fontFamily;
      const characters = [...new Set(text)].filter((character) => isMissing(character, font));
      if (characters.length > 0) texts.push({ text: node as Text, parent, characters });
    }
    return texts;
  }

  function putBoxes(text: Text, parent: Element, characters: readonly string[]): void {
    const pieces = [...(text.nodeValue ?? '')].map((one) => (characters.includes(one) ? BOX : one));
    // Elements that keep widths are only possible in HTML.
    if (!(parent instanceof HTMLElement)) {
      text.nodeValue = pieces.join('');
      return;
    }
    const { fontFamily, fontSize } = getComputedStyle(parent);
    const original = [...(text.nodeValue ?? '')];
    const nodes = pieces.map((piece, i) =>
      piece === BOX ? boxFor(original[i] ?? '', fontFamily, Number.parseFloat(fontSize)) : piece,
    );
    text.replaceWith(...nodes);
    parent.normalize();
  }

  function boxFor(character: string, font: string, sizePx: number): HTMLElement {
    const box = document.createElement('span');
    const room = widthOf(character, font, sizePx);
    const size = Math.min(sizePx, (sizePx * room) / widthOf(BOX, font, sizePx));
    box.style.cssText = `display:inline-block;width:${room}px;font-size:${size}px;line-height:0;text-indent:0`;
    box.textContent = BOX;
    return box;
  }

  function widthOf(text: string, font: string, sizePx: number): number {
    if (!context) return 0;
    context.font = `${sizePx}px ${font}`;
    return context.measureText(text).width;
  }

  function note(index: string, character: string): void {
    found.set(index, (found.get(index) ?? new Set()).add(character));
  }

  function isMissing(character: string, font: string): boolean {
    // Characters that are not letters may have no shape, except those of icon fonts and those that browsers show as a box.
    if (!BEYOND_LATIN.test(character) || /^[\p{Z}\p{Cf}\p{Cs}]$/u.test(character)) return false;
    const key = `${font}\n${character}`;
    const before = known.get(key);
    if (before !== undefined) return before;
    const box = boxes.get(font) ?? drawn(NOBODYS, font);
    boxes.set(font, box);
    const missing = drawn(character, font) === box;
    known.set(key, missing);
    return missing;
  }

  function drawn(character: string, font: string): string {
    if (!context) return '';
    context.clearRect(0, 0, SIZE * 2, SIZE * 2);
    context.font = `${SIZE}px ${font}`;
    context.textBaseline = 'middle';
    context.fillText(character, SIZE / 4, SIZE);
    return context.getImageData(0, 0, SIZE * 2, SIZE * 2).data.join();
  }
}
