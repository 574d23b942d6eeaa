import type { Block, LaidOutSlide, Layout } from '../../../model/model.ts';
import { judgeBlocks, scopeOf } from './selection.ts';

/** What is on the sheet, in the order of the deck. */
export interface CheatsheetSection {
  /** Empty where all of the sheet is one section. */
  readonly title: string;
  readonly topics: readonly CheatsheetTopic[];
}

export interface CheatsheetTopic {
  /** Empty where it says no more than its section's title. */
  readonly heading: string;
  readonly blocks: readonly ChosenBlock[];
}

export interface ChosenBlock {
  readonly block: Block;
  readonly slide: LaidOutSlide;
}

/** The chosen blocks by section, and in a section by the nearest heading before them. */
export function selectBlocks(layout: Layout): CheatsheetSection[] {
  const { named, namedOnly } = scopeOf(layout);
  const chosen = judgeBlocks(layout).filter(({ included }) => included);
  const headings = nearestHeadings(layout);
  return layout.sections.flatMap((title, h): CheatsheetSection[] => {
    const own = chosen.filter(({ slide }) => slide.h === h);
    if (own.length === 0) return [];
    const topics: { heading: string; blocks: ChosenBlock[] }[] = [];
    for (const { block, slide } of own) {
      const heading = block.heading || headings.get(slide) || '';
      const shown = heading === title ? '' : heading;
      // Two listings under one heading belong together, whatever stands between them on their slide.
      const known = topics.find(
        (topic, i) =>
          topic.heading === shown && (i === topics.length - 1 || topic.blocks.at(-1)?.slide === slide),
      );
      if (known) known.blocks.push({ block, slide });
      else topics.push({ heading: shown, blocks: [{ block, slide }] });
    }
    return [{ title: namedOnly && h === named ? '' : title, topics }];
  });
}

/** A slide without a heading goes on with that of the slide before it in its stack. */
function nearestHeadings(layout: Layout): ReadonlyMap<LaidOutSlide, string> {
  const before = new Map<LaidOutSlide, string>();
  const last: string[] = [];
  for (const slide of layout.slides) {
    before.set(slide, last[slide.h] ?? '');
    const own = slide.blocks.filter(({ kind }) => kind === 'heading').at(-1);
    if (own) last[slide.h] = own.text;
  }
  return before;
}
