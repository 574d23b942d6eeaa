import type { SourceSlide } from '../../../model/model.ts';
import { decodeOrKeep } from '../../../text/decode.ts';
import { lineCounter } from '../../../text/lines.ts';
import type { SourceLines } from '../../contract/input.ts';
import type { MarkdownDeck, MarkdownSlide } from './model/markdown-deck.ts';

/** Finds content of the page in the Markdown. */
export function sourceLines({ sources, stacks }: Pick<MarkdownDeck, 'sources' | 'stacks'>): SourceLines {
  const slides = stacks.flat();
  const own = ({ index }: SourceSlide): MarkdownSlide | undefined => slides[index];
  const lineAt = lineCounter(sources[0].content);
  /** Where the last code was found, by slide, because the same code may occur twice on it. */
  const searched = new Map<number, number>();
  return {
    lineOf: (slide, text) => {
      const { markdown = '', line } = own(slide) ?? {};
      // Markdown encodes spaces and characters beyond ASCII, HTML the ampersand.
      const spellings = [text, decodeOrKeep(text), text.replaceAll('&', '&amp;')].filter((one) => one !== '');
      const at = markdown
        .split('\n')
        .findIndex((one) => spellings.some((spelling) => one.includes(spelling)));
      return line === undefined || at === -1 ? undefined : line + at;
    },
    lineOfCode: (slide, code) => {
      const { markdown = '', offset = 0, index } = own(slide) ?? {};
      if (index === undefined) return undefined;
      const at = placeOf(code, markdown, (searched.get(index) ?? -1) + 1);
      if (at === undefined) return undefined;
      searched.set(index, at);
      return lineAt(offset + at);
    },
  };
}

/** A formula is found by its text: in a list or a quotation, its lines begin with other characters. */
function placeOf(code: string, markdown: string, from: number): number | undefined {
  const lines = code.split('\n').map((line) => line.trim());
  const first = lines.find((line) => line !== '' && line !== '$$') ?? '';
  const candidates = [code.trim(), first].filter((text) => text !== '');
  const places = candidates.flatMap((text) => [markdown.indexOf(text, from), markdown.indexOf(text)]);
  return places.find((at) => at !== -1);
}
