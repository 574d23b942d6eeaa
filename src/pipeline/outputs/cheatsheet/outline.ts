import type { Block, LaidOutSlide, Layout } from '../../../model/model.ts';
import { scopeOf } from './scope.ts';
import { judgeBlocks, nearestHeadings } from './selection.ts';

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
  const { own: ownSlides, isOwnOnly } = scopeOf(layout);
  const chosen = judgeBlocks(layout).filter(({ included }) => included);
  const headings = nearestHeadings(layout.slides);
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
    return [{ title: isOwnOnly && own.every(({ slide }) => ownSlides.has(slide)) ? '' : title, topics }];
  });
}
