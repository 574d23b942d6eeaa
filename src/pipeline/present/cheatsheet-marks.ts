import { type Diagnostic, diagnostic } from '../../model/diagnostics.ts';
import type { CheatsheetMark, Deck, SourceSlide } from '../../model/model.ts';
import type { CollectedDeck } from './page/collect-slides.ts';

/** The meaning of a slide's `data-cheatsheet`: without a value, `only`. */
export function cheatsheetMark(value: string | undefined): CheatsheetMark | undefined {
  if (value === '') return 'only';
  return value === 'keep' || value === 'skip' || value === 'only' ? value : undefined;
}

/** Diagnostics for invalid values of `data-cheatsheet`. */
export function cheatsheetMarkDiagnostics(
  deck: Deck,
  slides: readonly SourceSlide[],
  { pages }: CollectedDeck,
): Diagnostic[] {
  return slides.flatMap((slide) => {
    const own = pages.filter(({ index }) => index === String(slide.index));
    const marks = new Set(own.flatMap(({ cheatsheetMarks }) => cheatsheetMarks));
    return [...marks]
      .filter((mark) => cheatsheetMark(mark) === undefined)
      .map((mark) => {
        const place = { deck: deck.source.path, line: slide.line, slide: slide.number };
        const message = `data-cheatsheet="${mark}" is none of keep, skip and only; it is left out of account`;
        return diagnostic(
          'CHEATSHEET_MARK_INVALID',
          message,
          place,
          'write data-cheatsheet="keep", "skip" or "only"',
        );
      });
  });
}
