import type { Deck, SourceSlide } from '../../model/model.ts';

/**
 * The number of each slide as the deck shows it on the screen, by the slides' indices: `12 / 57` if it counts like this,
 * otherwise `4.3`. The formats of reveal.js (https://revealjs.com/slide-numbers/), as in `getSlideNumber` of its
 * `controllers/slidenumber.js`.
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
    // A deck with only vertical slides has flat numbers.
    if (slideNumber === 'c' || isOneStack) return `${past + offset}`;
    const number = offset === 1 ? slide.number : slide.number.replace(/^\d+/, (h) => String(Number(h) - 1));
    return slideNumber === 'h/v' ? number.replace('.', '/') : number;
  }
}

/** Shown, but not counted: https://revealjs.com/slide-visibility/#uncounted-slides */
function isUncounted({ attributes }: SourceSlide): boolean {
  return attributes['data-visibility'] === 'uncounted';
}
