import type { SourceSlide } from '../../model/model.ts';

/** The printed slide that replaces one that is counted but not printed: the next one, otherwise the last one. */
export function onPaper(slide: SourceSlide, slides: readonly SourceSlide[]): SourceSlide | undefined {
  if (!slide.hidden) return slide;
  const shown = slides.filter((one) => !one.hidden);
  return shown.find((one) => one.index > slide.index) ?? shown.at(-1);
}

/** The indices of slides by their positions, `h/v` from 0, as in links. */
export function slidePositions(slides: readonly SourceSlide[]): {
  readonly positions: Readonly<Record<string, string>>;
  /** The same for blank slides, which are not printed. */
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
