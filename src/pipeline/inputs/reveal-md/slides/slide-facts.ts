import { slideAttributes } from '../../../../markup/attributes.ts';
import type { MarkdownFlags } from '../../../../markup/slide-html.ts';
import type { MarkdownReference } from '../model/markdown-deck.ts';
import { type ActiveContent, activeContent } from './active-content.ts';
import { type Alternatives, pictureAlternatives } from './alternatives.ts';
import { slideReferences } from './references.ts';
import { slideIds } from './slide-ids.ts';

/** All results of parsing a slide. Lines count from the slide's first line, offsets from its beginning. */
export interface SlideFacts {
  readonly attributes: Readonly<Record<string, string>>;
  readonly ids: readonly string[];
  readonly alternatives: Alternatives;
  readonly active: readonly ActiveContent[];
  readonly references: readonly MarkdownReference[];
}

export interface FactsOptions {
  readonly flags?: MarkdownFlags;
  readonly exactPlaces?: boolean | undefined;
}

/** Reads a slide once. References come last, because finding their exact positions parses other texts. */
export function slideFacts(markdown: string, { flags, exactPlaces }: FactsOptions): SlideFacts {
  const slide = { markdown, line: 1, number: '', offset: 0 };
  return {
    attributes: slideAttributes(markdown, flags),
    ids: slideIds(markdown, flags),
    alternatives: pictureAlternatives(slide, flags),
    active: activeContent(slide, flags),
    references: slideReferences(slide, { flags, exactPlaces }),
  };
}

/** The references of a slide with positions in the deck. */
export function deckReferences(
  references: readonly MarkdownReference[],
  { line, number, offset }: { readonly line: number; readonly number: string; readonly offset: number },
): MarkdownReference[] {
  return references.map(({ span, ...one }) => ({
    ...one,
    line: line + one.line - 1,
    slide: number,
    ...(span ? { span: [offset + span[0], offset + span[1]] as const } : {}),
  }));
}
