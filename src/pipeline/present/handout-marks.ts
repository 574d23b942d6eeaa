import { type Diagnostic, diagnostic } from '../../model/diagnostics.ts';
import type { Deck, HandoutMark, SourceSlide } from '../../model/model.ts';
import type { SourceLines } from '../contract/input.ts';
import type { HandoutMarks } from './frames/page/show-for.ts';

/** Whether a value is valid for the `data-handout` of a slide. */
export function isHandoutMark(mark: string): mark is HandoutMark {
  return ['skip', 'blank', 'only', 'large'].includes(mark);
}

/** Diagnostics for marks with invalid values, and for those that apply to less than it seems. */
export function handoutMarkDiagnostics(
  deck: Pick<Deck, 'source'>,
  slides: readonly SourceSlide[],
  { invalid, narrow }: Pick<HandoutMarks, 'invalid' | 'narrow'>,
  lines: SourceLines | undefined,
): Diagnostic[] {
  const placeOf = (index: string, texts: readonly string[]) => {
    const slide = slides.find((one) => String(one.index) === index);
    const [line] = slide ? texts.flatMap((text) => lines?.lineOf(slide, text) ?? []) : [];
    return { deck: deck.source.path, line: line ?? slide?.line, slide: slide?.number };
  };
  return [
    ...invalid.map(({ index, value, isSlide }) => {
      const [whose, allowed] = isSlide
        ? ['a slide', 'skip, blank, only or large']
        : ['an element', 'skip, blank or only'];
      const message = `data-handout="${value}" is ignored: for ${whose} it is ${allowed}`;
      const hint = `write ${allowed}`;
      return diagnostic('HANDOUT_MARK_INVALID', message, placeOf(index, spellings(value)), hint);
    }),
    ...narrow.map(({ index, value, words, others, side }) => {
      const message = `data-handout="${value}" only applies to “${short(words)}”, not to “${short(others)}” ${side} it`;
      const hint =
        'put what is meant into <span data-handout="…">…</span>, or put the comment of a paragraph on the next line';
      return diagnostic('HANDOUT_MARK_NARROW', message, placeOf(index, [others.slice(0, 20), words]), hint);
    }),
  ];
}

function short(words: string): string {
  return words.length > 40 ? `${words.slice(0, 39)}…` : words;
}

function spellings(value: string): string[] {
  return [`"${value}"`, `'${value}'`, value].map((written) => `data-handout=${written}`);
}
