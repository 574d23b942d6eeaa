import type { LaidOutSlide, Layout } from '../../../model/model.ts';
import { readsRightToLeft } from '../../../paper/direction.ts';
import { mm } from '../../../paper/paper.ts';
import { stampText } from '../../../paper/stamp.ts';
import type { OutputOptions, Typesetter } from '../../contract/output.ts';
import { type Cover, setCover } from './cover.ts';
import { type Cell, cellAt, chooseGeometry, freeHeight, type Geometry } from './geometry.ts';
import { type LinkBand, type ListedLink, linkSetter, linksOf, listLinks } from './links.ts';
import { type SetNotes, setNotes } from './notes.ts';
import { type Entry, fillSheets, handoutSlides, rowsUsed, type Sheet, slidesOf } from './sheets.ts';
import { textSetter } from './typeset.ts';

/** One page of a handout, in reading order. */
export type ComposedPage =
  | { readonly kind: 'cover'; readonly part: number }
  | { readonly kind: 'blank' }
  | {
      readonly kind: 'slides';
      readonly slides: readonly LaidOutSlide[];
      readonly cells: readonly (readonly [Entry, Cell])[];
      readonly notes: SetNotes['beside'];
      readonly links?: LinkBand;
    }
  | { readonly kind: 'notes'; readonly slides: readonly LaidOutSlide[]; readonly columns: readonly string[] }
  | { readonly kind: 'links'; readonly links: LinkBand };

/** A handout before its pages are numbered. */
export interface Composition {
  readonly geometry: Geometry;
  readonly pages: readonly ComposedPage[];
  readonly listed: ReadonlyMap<string, ListedLink>;
  readonly cover?: Cover;
  readonly stamp: string;
  /** Links whose sheet had no room for them. */
  readonly movedLinks: readonly ListedLink[];
}

/** Height that sheets of a deck with links keep free for them: one row. */
const LINK_ROW = mm(17);
/** Between the slides of a sheet and its links. */
const ABOVE_LINKS = mm(3);

/** Decides what stands on which page. */
export async function compose(
  layout: Layout,
  options: OutputOptions,
  typesetter: Typesetter,
): Promise<Composition> {
  const setTexts = textSetter(layout, options, typesetter);
  const slides = handoutSlides(layout);
  const withNotes = options.notes === 'speaker';
  const listed =
    options.links === 'none' ? new Map<string, ListedLink>() : listLinks(slides, withNotes, layout.deckLinks);
  const geometry = geometryFor(layout, options, listed.size);
  const sheets = fillSheets(slides, geometry, options);
  const setter = await linkSetter(
    new Set(listed.values()),
    { widthPx: geometry.body.width, heightPx: 0 },
    setTexts,
  );
  const bands = sheets.map((sheet) => {
    const own = linksOf(slidesOf(sheet), listed, withNotes);
    const roomPx = freeHeight(geometry, options, rowsUsed(sheet)) - ABOVE_LINKS;
    return options.links === 'sheet' ? setter.band(own, roomPx) : { rest: own };
  });
  const cells = sheets.map(({ entries }, i) =>
    entries.map((entry) => {
      // Below the last slides there may be more room than there is on a full page, where slides would have to move.
      const bandPx = Math.min(bandHeight(bands[i]?.band), freeHeight(geometry, options));
      return [entry, cellAt(geometry, entry.slot, bandPx)] as const;
    }),
  );
  const notes = withNotes ? await setNotes(cells, geometry, listed, setTexts) : [];
  const stamp = stampText(options.stamp, layout);
  const cover = options.cover ? await setCover(layout, geometry, stamp, setTexts) : undefined;
  const listedOnSheets = new Set<ListedLink>();
  bands.forEach(({ rest }, i) => {
    const moved = new Set(rest);
    for (const link of linksOf(slidesOf(sheets[i] as Sheet), listed, withNotes))
      if (!moved.has(link)) listedOnSheets.add(link);
  });
  const atEnd = [...new Set(listed.values())].filter((link) => !listedOnSheets.has(link));
  const pages = inOrder(
    sheets.map((sheet, i) => pagesOfSheet(sheet, cells[i] ?? [], notes[i], bands[i]?.band)),
    sheets,
    cover,
    options,
  );
  for (const links of setter.pages(atEnd, geometry.body.height)) pages.push({ kind: 'links', links });
  while (options.booklet && pages.length % 4 !== 0) pages.push({ kind: 'blank' });
  const movedLinks = options.links === 'sheet' ? atEnd : [];
  return { geometry, pages, listed, stamp, movedLinks, ...(cover ? { cover } : {}) };
}

/** Slides give way to one row of links where they would leave no room for any. */
function geometryFor(layout: Layout, options: OutputOptions, links: number): Geometry {
  const isRightToLeft = readsRightToLeft(layout);
  const geometry = chooseGeometry(layout.size, options, { isRightToLeft });
  if (links === 0 || options.links !== 'sheet' || freeHeight(geometry, options) >= LINK_ROW) return geometry;
  return chooseGeometry(layout.size, options, { reservePx: LINK_ROW, isRightToLeft });
}

function bandHeight(band: LinkBand | undefined): number {
  return band ? band.heightPx + ABOVE_LINKS : 0;
}

function pagesOfSheet(
  sheet: Sheet,
  cells: readonly (readonly [Entry, Cell])[],
  notes: SetNotes | undefined,
  links: LinkBand | undefined,
): ComposedPage[] {
  const slides = slidesOf(sheet);
  return [
    { kind: 'slides', slides, cells, notes: notes?.beside ?? new Map(), ...(links ? { links } : {}) },
    ...(notes?.further ?? []).map((columns): ComposedPage => ({ kind: 'notes', slides, columns })),
  ];
}

/** Where a section is to begin on the right, a blank page may have to come before it. */
function inOrder(
  bySheet: readonly (readonly ComposedPage[])[],
  sheets: readonly Sheet[],
  cover: Cover | undefined,
  { sectionStart }: OutputOptions,
): ComposedPage[] {
  const pages: ComposedPage[] = [];
  for (let part = 0; part < (cover?.pages ?? 0); part++) pages.push({ kind: 'cover', part });
  bySheet.forEach((own, i) => {
    const wantsRight = sectionStart === 'right' && sheets[i]?.startsSection;
    if (wantsRight && pages.length % 2 === 1) pages.push({ kind: 'blank' });
    pages.push(...own);
  });
  return pages;
}
