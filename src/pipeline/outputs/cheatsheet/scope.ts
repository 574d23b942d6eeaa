import type { LaidOutSlide, Layout, NamedSection } from '../../../model/model.ts';
import { foldTitle } from '../../../text/fold-title.ts';
import { OWN_CHEATSHEET } from './phrases.ts';

/** What the deck's author has decided about its cheatsheet. */
export interface Scope {
  /** By the number of its stack, why a section is out; none for one that may be on the sheet. */
  readonly excluded: ReadonlyMap<number, string>;
  /** Slides or blocks are marked as the only ones. */
  readonly isMarked: boolean;
  /** The slides of the deck's own cheatsheet, where it has one and nothing is marked. */
  readonly own: ReadonlySet<LaidOutSlide>;
  /** The deck's own cheatsheet is all there is to the sheet; else the author has listed the sections. */
  readonly isOwnOnly: boolean;
  /** The author has asked for a sheet, however little is on it. */
  readonly isWanted: boolean;
}

/** Who decides: the front matter's list of sections first, then marks, then a title. */
export function scopeOf(layout: Layout): Scope {
  const { take, leave = [] } = layout.metadata.cheatsheet ?? {};
  const excluded = new Map<number, string>();
  layout.sections.forEach((title, h) => {
    if (isNamed(title, leave)) excluded.set(h, 'the front matter leaves its section');
    else if (take && !isNamed(title, take)) excluded.set(h, 'the front matter takes other sections');
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

/** Of stacks that are titled for it, and slides that are; none where nothing on them can be looked up. */
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
