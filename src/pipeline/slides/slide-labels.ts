import type { Deck, SourceSlide } from '../../model/model.ts';

/**
 * What the deck calls each of its slides on the screen, by the slides' indices: `12 / 57` where it counts so, else `4.3`.
 * The formats of reveal.js (https://revealjs.com/slide-numbers/) as `getSlideNumber` of its `controllers/slidenumber.js`
 * has them.
 */
export function slideLabels({
  outline,
  reveal,
}: Pick<Deck, 'outline' | 'reveal'>): ReadonlyMap<number, string> {
  const slides = outline.filter((slide) => !slide.hidden || slide.onScreen);
  const onScreen = slides.filter((slide) => slide.onScreen);
  const uncounted = new Set(slides.filter(isUncounted));
  const total = onScreen.length - onScreen.filter((slide) => uncounted.has(slide)).length;
  const isOneStack = new Set(onScreen.map(({ h }) => h)).size === 1;
  const { slideNumber = false } = reveal;
  let past = 0;
  const labels = new Map<number, string>();
  for (const slide of slides) {
    labels.set(slide.index, slide.onScreen ? label(slide) : slide.number);
    if (slide.onScreen && !uncounted.has(slide)) past += 1;
  }
  return labels;

  function label(slide: SourceSlide): string {
    if (!slideNumber) return slide.number;
    const offset = uncounted.has(slide) ? 0 : 1;
    if (slideNumber === 'c/t') return `${past + offset} / ${total}`;
    // A deck that only goes down is counted flatly.
    if (slideNumber === 'c' || isOneStack) return `${past + offset}`;
    const number = offset === 1 ? slide.number : slide.number.replace(/^\d+/, (h) => String(Number(h) - 1));
    return slideNumber === 'h/v' ? number.replace('.', '/') : number;
  }
}

/** Shown, and no part of the count: https://revealjs.com/slide-visibility/#uncounted-slides */
function isUncounted({ attributes }: SourceSlide): boolean {
  return attributes['data-visibility'] === 'uncounted';
}
