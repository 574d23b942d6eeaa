/**
 * Runs inside a document of frames, when its fonts are available, and must stay self-contained. If the font of a text lacks a
 * letter, Chromium takes that letter from any font that has it: in another style or weight, in the middle of a word. A word
 * with such a letter gets one font of the same kind and weight: words in Latin, Greek and Cyrillic.
 */
export async function joinWords(): Promise<void> {
  /** The last font of each list has all letters that are checked here. */
  const FAMILIES = {
    sans: ['Deckhand Lato', 'DejaVu Sans'],
    serif: ['Deckhand Lora', 'Deckhand Serif'],
    mono: ['DejaVu Sans Mono'],
  };
  /** Two fonts that have all of them, with different widths. */
  const PROBES = ['DejaVu Sans', 'DejaVu Sans Mono'] as const;
  const WORD =
    /[\p{L}\p{M}\p{N}'’\u00ad\u200b-]*[\u0100-\u058f\u1c80-\u1c8f\u1d00-\u1fff\u2c60-\u2c7f\u2de0-\u2dff\ua640-\ua7ff][\p{L}\p{M}\p{N}'’\u00ad\u200b-]*/gu;
  /** Characters between the words of a run. */
  const GAP = /^[\s.,;:!?…–—()«»„“”"/&-]*$/u;
  const NOT_WORDS = 'script, style, textarea, svg, .katex, [class^="deckhand-card"]';
  const context = new OffscreenCanvas(1, 1).getContext('2d');
  const known = new Map<string, boolean>();
  if (!context) return;

  const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
  const texts: Text[] = [];
  for (let node = walker.nextNode(); node; node = walker.nextNode()) texts.push(node as Text);
  const found = texts.flatMap((text) => {
    const parent = text.parentElement;
    const words = [...text.data.matchAll(WORD)];
    if (!parent || words.length === 0 || parent.closest(NOT_WORDS)) return [];
    const style = getComputedStyle(parent);
    const lacking = words.filter(({ 0: word }) => lacksLetters(word, style));
    return lacking.length > 0 ? [{ text, style, words: lacking }] : [];
  });
  const loading = found.flatMap(({ style, words }) =>
    FAMILIES[kindOf(style.fontFamily)].map((family) =>
      document.fonts.load(`${fontOf(style)} "${family}"`, shownAs(words.join(''), style)),
    ),
  );
  await Promise.allSettled(loading);
  for (const { text, style, words } of found) join(text, runsOf(text.data, words, style));
  // Words may use a font now that was not used before.
  document.body.getBoundingClientRect();
  await document.fonts.ready;

  /** Consecutive words in one font are one run. */
  function runsOf(text: string, words: readonly RegExpExecArray[], style: CSSStyleDeclaration): Run[] {
    const runs: Run[] = [];
    for (const { 0: word, index } of words) {
      const family = familyFor(word, style);
      const [last, to] = [runs.at(-1), index + word.length];
      if (last?.family === family && GAP.test(text.slice(last.to, index))) last.to = to;
      else runs.push({ from: index, to, family });
    }
    return runs;
  }

  function lacksLetters(word: string, style: CSSStyleDeclaration): boolean {
    const [first] = familiesOf(style);
    return first !== undefined && !has(first, word, style);
  }

  /** A family that has the whole word: the next one in the theme's list, otherwise one of ours. */
  function familyFor(word: string, style: CSSStyleDeclaration): string {
    const ours = FAMILIES[kindOf(style.fontFamily)].map((family) => `"${family}"`);
    const families = [...familiesOf(style).slice(1), ...ours];
    return families.find((family) => has(family, word, style)) ?? ours.at(-1) ?? 'sans-serif';
  }

  /** Those of the theme's families that are available. */
  function familiesOf(style: CSSStyleDeclaration): string[] {
    const named = (style.fontFamily.match(/"[^"]*"|[^,]+/g) ?? []).map((one) => one.trim());
    return named.filter((family) => !isMissing('n', fontOf(style), family));
  }

  function has(family: string, word: string, style: CSSStyleDeclaration): boolean {
    const letters = new Set(shownAs(word, style).replace(/[\u00ad\u200b]/g, ''));
    return [...letters].every((letter) => !isMissing(letter, fontOf(style), family));
  }

  function shownAs(text: string, { textTransform }: CSSStyleDeclaration): string {
    return textTransform === 'uppercase' ? text.toUpperCase() : text;
  }

  function fontOf({ fontStyle, fontWeight }: CSSStyleDeclaration): string {
    return `${fontStyle} ${fontWeight} 100px`;
  }

  /** The letters that a family has look the same regardless of the fallback. */
  function isMissing(letter: string, font: string, family: string): boolean {
    const key = `${letter} ${font} ${family}`;
    const [one, other] = PROBES.map((probe) => width(letter, font, family, probe));
    const missing = known.get(key) ?? one !== other;
    known.set(key, missing);
    return missing;
  }

  function width(letter: string, font: string, family: string, last: string): number {
    if (!context) return 0;
    context.font = `${font} ${family}, "${last}"`;
    return context.measureText(letter).width;
  }

  /** By the generic family at the end of the list, as in most themes; otherwise by names. */
  function kindOf(families: string): keyof typeof FAMILIES {
    if (/\b(?:ui-)?monospace\b|\bmono\b|courier|consolas/i.test(families)) return 'mono';
    if (/\b(?:ui-)?sans-serif\b|\bsystem-ui\b/i.test(families)) return 'sans';
    return /\bserif\b|times|georgia|palatino|garamond|\blora\b/i.test(families) ? 'serif' : 'sans';
  }

  function join(text: Text, runs: readonly Run[]): void {
    const [first] = runs;
    const parent = text.parentElement;
    const rest = first && text.data.slice(0, first.from) + text.data.slice(first.to);
    if (parent && first && runs.length === 1 && GAP.test(rest ?? '') && parent.childNodes.length === 1) {
      parent.style.setProperty('font-family', first.family, 'important');
      return;
    }
    // From the end, so that earlier positions stay valid.
    for (const { from, to, family } of runs.toReversed()) {
      const range = document.createRange();
      range.setStart(text, from);
      range.setEnd(text, to);
      const span = document.createElement('span');
      span.style.setProperty('font-family', family, 'important');
      range.surroundContents(span);
    }
  }
}

/** The words that get a family of their own. */
interface Run {
  readonly from: number;
  to: number;
  readonly family: string;
}
