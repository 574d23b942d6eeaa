import type { LaidOutSlide, Layout, NamedSection } from '../../../model/model.ts';
import { foldTitle } from '../../../text/fold-title.ts';
import { OWN_CHEATSHEET } from './phrases.ts';

/** The decisions of the deck's author about its cheatsheet. */
export interface Scope {
  /** By stack number: why a section is excluded; undefined if it may be on the sheet. */
  readonly excluded: ReadonlyMap<number, string>;
  /** Slides or blocks are marked with `only`. */
  readonly isMarked: boolean;
  /** The slides of the deck's own cheatsheet, if it has one and nothing is marked. */
  readonly own: ReadonlySet<LaidOutSlide>;
  /** The sheet has only the deck's own cheatsheet, or the sections that the author lists. */
  readonly isOwnOnly: boolean;
  /** The author requests a sheet, however small it is. */
  readonly isWanted: boolean;
}

/** Applies, in this order: the front matter's list of sections, marks, a title. */
export function scopeOf(layout: Layout): Scope {
  const { take, leave = [] } = layout.metadata.cheatsheet ?? {};
  const excluded = new Map<number, string>();
  layout.sections.forEach((title, h) => {
    if (isNamed(title, leave)) excluded.set(h, 'the front matter excludes its section');
    else if (take && !isNamed(title, take)) excluded.set(h, 'the front matter includes only other sections');
  });
  const slides = layout.slides.filter((slide) => !excluded.has(slide.h));
  const isMarked = slides.some(
    (slide) => slide.mark === 'only' || slide.blocks.some(({ mark }) => mark === 'only'),
  );
  const isKept = slides.some(
    (slide) =>
      slide.mark === 'keep' || slide.blocks.some(({ mark, kind }) => mark === 'keep' && kind !== 'picture'),
  );
  const own = new Set(isMarked ? [] : ownSlides(slides, layout.sections));
  const isOwnOnly = own.size > 0 && take === undefined;
  return {
    excluded,
    isMarked,
    own,
    isOwnOnly,
    isWanted: isMarked || isKept || own.size > 0 || take !== undefined,
  };
}

/** Slides in stacks with such a title, and slides with such a title; none if they contain nothing to look up. */
function ownSlides(slides: readonly LaidOutSlide[], sections: readonly string[]): LaidOutSlide[] {
  const found = slides.filter(
    ({ h, title }) => OWN_CHEATSHEET.test(sections[h] ?? '') || OWN_CHEATSHEET.test(title),
  );
  const hasContent = found.some(({ blocks }) =>
    blocks.some(
      ({ kind, facts, mark }) =>
        mark !== 'skip' &&
        ['code', 'table', 'definition', 'formula', 'list'].includes(kind) &&
        facts.inLinks < 0.5,
    ),
  );
  return hasContent ? found : [];
}

function isNamed(title: string, sections: readonly NamedSection[]): boolean {
  return sections.some((section) => foldTitle(section.title) === foldTitle(title));
}
