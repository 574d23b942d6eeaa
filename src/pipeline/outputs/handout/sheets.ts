import type { LaidOutPage, LaidOutSlide, Layout } from '../../../model/model.ts';
import type { OutputOptions } from '../../contract/output.ts';
import { type Geometry, rowsOfLarge, type Slot } from './geometry.ts';

/** What one cell shows. */
export interface Entry {
  readonly slide: LaidOutSlide;
  readonly page: LaidOutPage;
  readonly slot: Slot;
}

/** The slides of one page. */
export interface Sheet {
  readonly entries: readonly Entry[];
  /** A section begins with it that is to begin a page. */
  readonly startsSection: boolean;
}

/** The slides that belong on paper. */
export function handoutSlides(layout: Layout): LaidOutSlide[] {
  return layout.slides.filter(({ handout }) => handout !== 'skip');
}

/** Fills the grid of one page after the other. A slide has one final page, or more where its HTML holds slides of its own. */
export function fillSheets(
  slides: readonly LaidOutSlide[],
  geometry: Geometry,
  { sectionStart }: Pick<OutputOptions, 'sectionStart'>,
): Sheet[] {
  const { columns, rows } = geometry;
  const large = rowsOfLarge(geometry);
  const sheets: { entries: Entry[]; startsSection: boolean }[] = [];
  /** The next free place, counted along the rows. */
  let next = columns * rows;
  let section = -1;
  for (const slide of slides) {
    const startsSection = sectionStart !== 'flow' && slide.h !== section;
    section = slide.h;
    if (startsSection) next = columns * rows;
    for (const page of slide.pages) {
      const spansRows = slide.handout === 'large' ? large : undefined;
      if (spansRows !== undefined) next = Math.ceil(next / columns) * columns;
      if (next + (spansRows ?? 0) * columns > columns * rows || next >= columns * rows) {
        sheets.push({ entries: [], startsSection: startsSection && page === slide.pages[0] });
        next = 0;
      }
      const slot = { column: next % columns, row: Math.floor(next / columns) };
      sheets.at(-1)?.entries.push({
        slide,
        page,
        slot: spansRows === undefined ? slot : { ...slot, spansRows },
      });
      next += (spansRows ?? 0) * columns || 1;
    }
  }
  return sheets;
}

export function rowsUsed({ entries }: Sheet): number {
  return Math.max(...entries.map(({ slot }) => slot.row + (slot.spansRows ?? 1)));
}

/** The slides of a sheet, each once. */
export function slidesOf({ entries }: Sheet): LaidOutSlide[] {
  return [...new Set(entries.map(({ slide }) => slide))];
}

/** Titles of the sections that slides belong to. */
export function sectionsOf(slides: readonly LaidOutSlide[], layout: Layout): string[] {
  const titles = [...new Set(slides.map(({ h }) => h))].map((h) => layout.sections[h] ?? '');
  return titles.filter((title) => title !== '');
}
