import type { SourceSlide } from '../../model/model.ts';

/** The slide on paper that stands in for one that is counted, and has no paper: the next one, else the last one. */
export function onPaper(slide: SourceSlide, slides: readonly SourceSlide[]): SourceSlide | undefined {
  if (!slide.hidden) return slide;
  const shown = slides.filter((one) => !one.hidden);
  return shown.find((one) => one.index > slide.index) ?? shown.at(-1);
}

/** The indices of slides by their places, `h/v` from 0, as links give them. */
export function slidePositions(slides: readonly SourceSlide[]): {
  readonly positions: Readonly<Record<string, string>>;
  /** Of blank slides, which have no paper of their own. */
  readonly blanks: Readonly<Record<string, string>>;
} {
  const entries = (some: readonly SourceSlide[]): Record<string, string> =>
    Object.fromEntries(
      some.flatMap((slide) => {
        const target = onPaper(slide, slides);
        return target ? [[`${slide.h}/${slide.v}`, String(target.index)] as const] : [];
      }),
    );
  const counted = slides.filter(({ onScreen }) => onScreen);
  return {
    positions: entries(counted.filter(({ hidden }) => !hidden)),
    blanks: entries(counted.filter(({ hidden }) => hidden)),
  };
}
