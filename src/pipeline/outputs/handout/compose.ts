import type { LaidOutSlide, Layout } from '../../../model/model.ts';
import { readsRightToLeft } from '../../../paper/direction.ts';
import { mm } from '../../../paper/paper.ts';
import { stampText } from '../../../paper/stamp.ts';
import type { OutputOptions, Typesetter } from '../../contract/output.ts';
import { type Cover, setCover } from './cover.ts';
import { type PlacedEntry, placeRows } from './grid/cells.ts';
import { chooseGeometry, type Geometry } from './grid/geometry.ts';
import { wordsBox } from './grid/page-frame.ts';
import { leastHeight } from './grid/rows.ts';
import { fillSheets, handoutSlides, type Sheet, slidesOf } from './grid/sheets.ts';
import { type LinkBand, type ListedLink, linkSetter, linksOf, listLinks } from './links.ts';
import { type SetNotes, setNotes } from './notes.ts';
import { textSetter } from './typeset.ts';

/** One page of a handout, in reading order. */
export type ComposedPage =
  | { readonly kind: 'cover'; readonly part: number }
  | { readonly kind: 'blank' }
  | {
      readonly kind: 'slides';
      readonly slides: readonly LaidOutSlide[];
      readonly cells: readonly PlacedEntry[];
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
  const geometry = chooseGeometry(layout.size, options, {
    hasLinks: options.links === 'sheet' && listed.size > 0,
    isRightToLeft: readsRightToLeft(layout),
  });
  const sheets = fillSheets(slides, geometry, options);
  const setter = await linkSetter(
    new Set(listed.values()),
    { widthPx: wordsBox(geometry).width, heightPx: 0 },
    setTexts,
  );
  const bands = sheets.map((sheet) => {
    const own = linksOf(slidesOf(sheet), listed, withNotes);
    const roomPx = geometry.body.height - leastHeight(sheet.rows, geometry) - ABOVE_LINKS;
    return options.links === 'sheet' ? setter.band(own, roomPx) : { rest: own };
  });
  const cells = sheets.map(({ rows }, i) => placeRows(geometry, rows, bandHeight(bands[i]?.band)));
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

function bandHeight(band: LinkBand | undefined): number {
  return band ? band.heightPx + ABOVE_LINKS : 0;
}

function pagesOfSheet(
  sheet: Sheet,
  cells: readonly PlacedEntry[],
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
