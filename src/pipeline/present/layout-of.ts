import type { Diagnostic } from '../../model/diagnostics.ts';
import type { Deck, LaidOutSlide, Layout, LayoutHead, Paper } from '../../model/model.ts';
import { uniqueBy } from '../../text/unique.ts';
import type { LaidOutFrames } from './lay-out-frames.ts';

/** The layout of a deck as it was presented, without the parts for document heads. */
export function layoutOf(
  deck: Deck,
  { slides, deckLinks }: Pick<LaidOutFrames, 'slides' | 'deckLinks'>,
  diagnostics: readonly Diagnostic[],
): Omit<Layout, keyof LayoutHead> {
  return {
    path: deck.source.path,
    metadata: deck.metadata,
    date: deck.date,
    ...(deck.commit === undefined ? {} : { commit: deck.commit }),
    size: deck.size,
    ...(deck.printSize === undefined ? {} : { printSize: deck.printSize }),
    ...named(slides),
    diagnostics,
    deckLinks,
  };
}

/**
 * The layout of a deck on paper: slides that differ from the screen are replaced.
 *
 * @param presented the slides as on the screen.
 * @param marked only the slides that differ on this paper.
 */
export function layoutOnPaper(
  paper: Paper,
  layout: Layout,
  presented: Pick<LaidOutFrames, 'slides' | 'diagnostics'>,
  marked: Pick<LaidOutFrames, 'slides' | 'deckLinks' | 'diagnostics'>,
): Layout {
  const others = new Map(marked.slides.map((slide) => [slide.index, slide]));
  return {
    ...layout,
    ...named(presented.slides.map((slide) => others.get(slide.index) ?? slide)),
    deckLinks: uniqueBy([...layout.deckLinks, ...marked.deckLinks], ({ url }) => url),
    diagnostics: [...layout.diagnostics, ...onPaperOnly(paper, presented, marked)],
  };
}

/** Diagnostics that only apply to paper. A slide that is too large is reported once. */
function onPaperOnly(
  paper: Paper,
  presented: Pick<LaidOutFrames, 'diagnostics'>,
  marked: Pick<LaidOutFrames, 'diagnostics'>,
): Diagnostic[] {
  const { content, fit } = presented.diagnostics;
  const told = new Set(content.map((one) => JSON.stringify(one)));
  const toldSizes = new Set(fit.map(({ code, slide }) => `${code} ${slide}`));
  return [
    ...marked.diagnostics.content.filter((one) => !told.has(JSON.stringify(one))),
    // Sizes of slides do not matter for a cheatsheet.
    ...(paper === 'cheatsheet' ? [] : marked.diagnostics.fit).filter(
      ({ code, slide }) => !toldSizes.has(`${code} ${slide}`),
    ),
  ].map((one) => ({ ...one, message: `in the ${paper}, ${one.message}` }));
}

/** Slides with the titles of their sections. If a name occurs twice, the first one counts. */
function named(slides: readonly LaidOutSlide[]): Pick<Layout, 'slides' | 'sections'> {
  const known = new Set<string>();
  const sections: string[] = [];
  for (const { h, title } of slides) sections[h] ||= title;
  return {
    slides: slides.map((slide) => ({
      ...slide,
      names: slide.names.filter((name) => !known.has(name) && known.add(name)),
    })),
    sections: Array.from(sections, (title) => title ?? ''),
  };
}
