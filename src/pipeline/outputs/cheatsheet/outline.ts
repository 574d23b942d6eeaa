import type { Block, LaidOutSlide, Layout } from '../../../model/model.ts';
import { foldTitle } from '../../../text/fold-title.ts';
import { GETTING_STARTED } from './phrases.ts';
import { scopeOf } from './scope.ts';
import { judgeBlocks, nearestHeadings, sectionTitles } from './selection.ts';

/** The contents of the sheet, in the order of the deck. */
export interface CheatsheetSection {
  /** Empty if the whole sheet is one section. */
  readonly title: string;
  readonly topics: readonly CheatsheetTopic[];
}

export interface CheatsheetTopic {
  /** Empty if it would repeat its section's title. */
  readonly heading: string;
  readonly blocks: readonly ChosenBlock[];
}

export interface ChosenBlock {
  readonly block: Block;
  readonly slide: LaidOutSlide;
}

/** The selected blocks by section, and within a section by the nearest heading before them. */
export function selectBlocks(layout: Layout): CheatsheetSection[] {
  const { own: ownSlides, isOwnOnly } = scopeOf(layout);
  const chosen = judgeBlocks(layout).filter(({ included }) => included);
  const headings = nearestHeadings(layout.slides);
  const found = sectionTitles(layout).flatMap((title, h): CheatsheetSection[] => {
    const own = chosen.filter(({ slide }) => slide.h === h);
    if (own.length === 0) return [];
    const topics: { heading: string; blocks: ChosenBlock[] }[] = [];
    for (const { block, slide } of own) {
      const heading = block.heading || headings.get(slide) || '';
      const shown = heading === title ? '' : heading;
      topics.push({ heading: shown, blocks: [{ block, slide }] });
    }
    const isOwn = isOwnOnly && own.every(({ slide }) => ownSlides.has(slide));
    return [{ title: isOwn ? '' : title, topics }];
  });
  return startFirst(merged(found));
}

/** Merges sections with the same title, and topics with the same heading in a section: “Helm”, “Helm (2)”. */
function merged(sections: readonly CheatsheetSection[]): CheatsheetSection[] {
  return together(
    sections,
    ({ title }) => title,
    (one, other) => ({ title: withoutPart(one.title), topics: [...one.topics, ...other.topics] }),
    'apart',
  ).map((section) => ({
    ...section,
    topics: together(
      section.topics,
      ({ heading }) => heading,
      (one, other) => ({ heading: withoutPart(one.heading), blocks: [...one.blocks, ...other.blocks] }),
      'one',
    ),
  }));
}

/** Moves those with the same name to the first of them; those without a name are not merged. */
function together<T>(
  all: readonly T[],
  nameOf: (one: T) => string,
  join: (one: T, other: T) => T,
  isNameless: 'apart' | 'one',
): T[] {
  const known = new Map<unknown, T>();
  for (const one of all) {
    const name = nameOf(one);
    const key = name === '' && isNameless === 'apart' ? one : foldTitle(withoutPart(name));
    const first = known.get(key);
    known.set(key, first === undefined ? one : join(first, one));
  }
  return [...known.values()];
}

/** Without words that mark a continuation of the previous slide. */
const GOES_ON =
  /[\s:–—-]*(?:\((?:\d+(?:\s*\/\s*\d+)?|[ivx]+|cont\.?|continued|ctd\.?|forts\.?|suite|cont(?:inuaci[oó]n)?)\)|…|\.\.\.|\d+\s*\/\s*\d+)\s*$/iu;

function withoutPart(title: string): string {
  return title.replace(GOES_ON, '') || title;
}

/** Topics about getting started come first. */
function startFirst(sections: readonly CheatsheetSection[]): CheatsheetSection[] {
  const isStart = ({ title }: CheatsheetSection): boolean => GETTING_STARTED.test(title);
  return [...sections.filter(isStart), ...sections.filter((section) => !isStart(section))];
}
