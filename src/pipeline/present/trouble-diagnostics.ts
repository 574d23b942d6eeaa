import { type Diagnostic, diagnostic } from '../../model/diagnostics.ts';
import type { Deck, SourceSlide } from '../../model/model.ts';
import type { SourceLines } from '../contract/input.ts';
import type { FoundTrouble } from './page/collect-trouble.ts';

/** One diagnostic for each formula and diagram that cannot be drawn, with its line. */
export function troubleDiagnostics(
  deck: Deck,
  slides: readonly SourceSlide[],
  found: readonly FoundTrouble[],
  lines: SourceLines | undefined,
): Diagnostic[] {
  return found.map((one) => {
    const slide = slides.find(({ index }) => String(index) === one.index);
    const line = slide && (lines?.lineOfCode(slide, one.source) ?? slide.line);
    return describe(one, { deck: deck.source.path, line, slide: slide?.number });
  });
}

function describe(
  { kind, source, reason }: FoundTrouble,
  place: Parameters<typeof diagnostic>[2],
): Diagnostic {
  switch (kind) {
    case 'math': {
      // The position of an error is underlined with combining characters.
      const why = reason.replace(/\u0332/g, '').replace(/^KaTeX parse error:\s*/, '');
      const message = `the formula ${shortened(source)} cannot be parsed: ${shortened(why, 160)}`;
      const hint =
        'see https://katex.org/docs/supported for what KaTeX supports; write \\$ for a dollar sign';
      return diagnostic('MATH_INVALID', message, place, hint);
    }
    case 'diagram': {
      const message = `the diagram cannot be drawn: ${shortened(reason, 240)}`;
      return diagnostic('MERMAID_INVALID', message, place, 'try it at https://mermaid.live');
    }
  }
}

function shortened(text: string, length = 60): string {
  const folded = text.replace(/\s+/g, ' ').trim();
  return folded.length > length ? `${folded.slice(0, length - 1)}…` : folded;
}
