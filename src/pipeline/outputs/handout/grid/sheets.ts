import type { LaidOutSlide, Layout } from '../../../../model/model.ts';
import type { OutputOptions } from '../../../contract/output.ts';
import type { Geometry } from './geometry.ts';
import { fillPages, type Row } from './rows.ts';
import { wishMaker } from './wishes.ts';

/** The slides of one page. */
export interface Sheet {
  readonly rows: readonly Row[];
  /** It begins with a section that must begin on a new page. */
  readonly startsSection: boolean;
}

/** The slides that are printed on paper. */
export function handoutSlides(layout: Layout): LaidOutSlide[] {
  return layout.slides.filter(({ handout }) => handout !== 'skip');
}

/** Fills one page after the other. A slide has one final page, or more if its HTML contains slides of its own. */
export function fillSheets(
  slides: readonly LaidOutSlide[],
  geometry: Geometry,
  { sectionStart, minType }: Pick<OutputOptions, 'sectionStart' | 'minType'>,
): Sheet[] {
  const wishFor = wishMaker(geometry, minType);
  const startsPage = sectionStart !== 'flow';
  return (startsPage ? bySection(slides) : [slides]).flatMap((section) => {
    const entries = section.flatMap((slide) =>
      slide.pages.map((page) => ({ slide, page, wish: wishFor(slide, page) })),
    );
    return fillPages(entries, geometry).map((rows, i) => ({ rows, startsSection: startsPage && i === 0 }));
  });
}

function bySection(slides: readonly LaidOutSlide[]): LaidOutSlide[][] {
  const sections: LaidOutSlide[][] = [];
  slides.forEach((slide, i) => {
    if (slide.h !== slides[i - 1]?.h) sections.push([]);
    sections.at(-1)?.push(slide);
  });
  return sections;
}

/** The slides of a sheet, each once. */
export function slidesOf({ rows }: Sheet): LaidOutSlide[] {
  return [...new Set(rows.flat().map(({ slide }) => slide))];
}

/** Titles of the sections of slides. */
export function sectionsOf(slides: readonly LaidOutSlide[], layout: Layout): string[] {
  const titles = [...new Set(slides.map(({ h }) => h))].map((h) => layout.sections[h] ?? '');
  return [...new Set(titles)].filter((title) => title !== '');
}
