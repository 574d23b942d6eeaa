/**
 * Runs inside a document of frames, once its fonts are there, and must stay self-contained. Where the font of a text lacks a
 * letter, Chromium takes that one letter from any font that has it: in another style, in another weight, in the middle of
 * a word. A word with such a letter is set in one font of the same kind and weight: words in Latin, Greek and Cyrillic.
 */
export async function joinWords(): Promise<void> {
  /** The last of each has all letters that are looked at here. */
  const FAMILIES = {
    sans: ['Deckhand Lato', 'DejaVu Sans'],
    serif: ['Deckhand Lora', 'Deckhand Serif'],
    mono: ['DejaVu Sans Mono'],
  };
  /** Two that have them all, none of them in the same width. */
  const PROBES = ['DejaVu Sans', 'DejaVu Sans Mono'] as const;
  const WORD =
    /[\p{L}\p{M}\p{N}'’\u00ad\u200b-]*[\u0100-\u058f\u1c80-\u1c8f\u1d00-\u1fff\u2c60-\u2c7f\u2de0-\u2dff\ua640-\ua7ff][\p{L}\p{M}\p{N}'’\u00ad\u200b-]*/gu;
  /** Between words of a run. */
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
  // Words may be in a font now that nothing was set in before.
  document.body.getBoundingClientRect();
  await document.fonts.ready;

  /** Neighbours in one font are one run. */
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

  /** A family that has the whole word: the next one that the theme names, else one of ours. */
  function familyFor(word: string, style: CSSStyleDeclaration): string {
    const ours = FAMILIES[kindOf(style.fontFamily)].map((family) => `"${family}"`);
    const families = [...familiesOf(style).slice(1), ...ours];
    return families.find((family) => has(family, word, style)) ?? ours.at(-1) ?? 'sans-serif';
  }

  /** Of those that the theme names, those that are there. */
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

  /** What a family has looks the same whatever comes after it. */
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

  /** By the generic family that stands last, as themes have it; else by names. */
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
    // From behind, so that places stay what they are.
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

/** Words that are set in a family of their own. */
interface Run {
  readonly from: number;
  to: number;
  readonly family: string;
}
