/** Characters on a slide that no font has. */
export interface MissingGlyphs {
  /** Of the slide. */
  readonly index: string;
  /** Each once, in order. */
  readonly characters: readonly string[];
}

/**
 * Runs inside the page and must stay self-contained. Looks for characters that the browser can only draw as the box that
 * stands for all it has no glyph for: they look just like a code point that Unicode has given to nobody.
 *
 * Latin is in every font that ships; what has no shape of its own (spaces, joiners, marks that stand on others) is
 * passed over.
 */
export function findGlyphs(): MissingGlyphs[] {
  /** Unassigned in Unicode 17, between Greek letters. */
  const NOBODYS = '\u0378';
  const BEYOND_LATIN = /[^\p{ASCII}\u0080-\u024f]/u;
  const SIZE = 32;
  const canvas = new OffscreenCanvas(SIZE * 2, SIZE * 2);
  const context = canvas.getContext('2d', { willReadFrequently: true });
  const boxes = new Map<string, string>();
  const known = new Map<string, boolean>();
  const found = new Map<string, Set<string>>();
  if (!context) return [];

  for (const section of document.querySelectorAll<HTMLElement>('.pdf-page > section[data-deckhand-slide]')) {
    const index = section.dataset.deckhandSlide ?? '';
    const walker = document.createTreeWalker(section, NodeFilter.SHOW_TEXT);
    for (let node = walker.nextNode(); node; node = walker.nextNode()) {
      const text = node.nodeValue ?? '';
      if (!BEYOND_LATIN.test(text) || node.parentElement?.closest('script, style, textarea')) continue;
      if (!node.parentElement) continue;
      const font = getComputedStyle(node.parentElement).fontFamily;
      for (const character of new Set(text)) if (isMissing(character, font)) note(index, character);
    }
  }
  return [...found].map(([index, characters]) => ({ index, characters: [...characters] }));

  function note(index: string, character: string): void {
    found.set(index, (found.get(index) ?? new Set()).add(character));
  }

  function isMissing(character: string, font: string): boolean {
    if (!BEYOND_LATIN.test(character) || /^[\p{M}\p{Z}\p{C}]$/u.test(character)) {
      // What fonts of icons use has a shape, if only they are there.
      if (!/^\p{Co}$/u.test(character)) return false;
    }
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
