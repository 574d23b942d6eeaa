import type { LaidOutSlide, Layout } from '../../../model/model.ts';
import { readsRightToLeft } from '../../../paper/direction.ts';
import { mm } from '../../../paper/paper.ts';
import { stampText } from '../../../paper/stamp.ts';
import type { OutputOptions, Typesetter } from '../../contract/output.ts';
import type { ComposedPage, TextPage } from './composed-page.ts';
import { type Cover, setCover } from './cover.ts';
import { flowPages } from './flow.ts';
import { type PlacedEntry, placeRows } from './grid/cells.ts';
import { chooseGeometry, type Geometry } from './grid/geometry.ts';
import { wordsBox } from './grid/page-frame.ts';
import { leastHeight } from './grid/rows.ts';
import { fillSheets, handoutSlides, type Sheet, slidesOf } from './grid/sheets.ts';
import { type LinkBand, type ListedLink, linkPages, linkSetter, linksOf, listLinks } from './links.ts';
import { LINKS_HEAD } from './links-heading.ts';
import { type SetNotes, setNotes } from './notes.ts';
import { isText, readingsOf } from './readings.ts';
import { type SetTexts, textSetter } from './text/typeset.ts';

/** A handout before its pages are numbered. */
export interface Composition {
  readonly geometry: Geometry;
  readonly pages: readonly ComposedPage[];
  readonly listed: ReadonlyMap<string, ListedLink>;
  readonly cover?: Cover;
  readonly stamp: string;
  /** Links that do not fit on their sheet. */
  readonly movedLinks: readonly ListedLink[];
}

/** Gap between the slides of a sheet and its links, in pixels. */
const ABOVE_LINKS = mm(3);

/** Decides about the content of each page. */
export async function compose(
  layout: Layout,
  options: OutputOptions,
  typesetter: Typesetter,
): Promise<Composition> {
  const setTexts = textSetter(layout, options, typesetter);
  const { geometry, bySheet, startsSection, listed, atEnd } = await (isText(options)
    ? composeText(layout, options, setTexts)
    : composeSheets(layout, options, setTexts));
  const stamp = stampText(options.stamp, layout);
  const shown = bySheet.flat().flatMap(slidesOn);
  const cover = options.cover ? await setCover(layout, shown, geometry, stamp, setTexts) : undefined;
  const pages = inOrder(bySheet, startsSection, cover, options);
  const forLinks = { widthPx: wordsBox(geometry).width, heightPx: geometry.body.height - LINKS_HEAD };
  for (const links of await linkPages(atEnd, forLinks, setTexts)) pages.push({ kind: 'links', links });
  while (options.booklet && pages.length % 4 !== 0) pages.push({ kind: 'blank' });
  const movedLinks = options.links === 'sheet' && !isText(options) ? atEnd : [];
  return { geometry, pages, listed, stamp, movedLinks, ...(cover ? { cover } : {}) };
}

function slidesOn(page: ComposedPage): readonly LaidOutSlide[] {
  return page.kind === 'slides' ? page.slides : page.kind === 'text' ? page.begins : [];
}

/** The main content of a handout, before other pages are added. */
interface Composed {
  readonly geometry: Geometry;
  /** The pages of each sheet, or all pages of a text. */
  readonly bySheet: readonly (readonly ComposedPage[])[];
  readonly startsSection: readonly boolean[];
  readonly listed: ReadonlyMap<string, ListedLink>;
  /** Links that are not listed on their sheets. */
  readonly atEnd: readonly ListedLink[];
}

async function composeText(layout: Layout, options: OutputOptions, setTexts: SetTexts): Promise<Composed> {
  const readings = readingsOf(layout, options);
  const orientation = options.orientation === 'auto' ? 'portrait' : options.orientation;
  const isRightToLeft = readsRightToLeft(layout);
  const geometry = chooseGeometry(layout.size, { ...options, orientation }, { isRightToLeft });
  const texts = readings.map(({ slide, html }) => ({ ...slide, pages: [], notesHtml: html }));
  const listed = options.links === 'none' ? NO_LINKS : listLinks(texts, true, layout.deckLinks);
  const className = options.handout.form === 'article' ? 'notes article' : 'notes';
  const pages = await flowPages(layout, readings, className, geometry, listed, setTexts);
  const atEnd = [...new Set(listed.values())];
  return { geometry, bySheet: [pages], startsSection: [false], listed, atEnd };
}

const NO_LINKS: ReadonlyMap<string, ListedLink> = new Map();

async function composeSheets(layout: Layout, options: OutputOptions, setTexts: SetTexts): Promise<Composed> {
  const slides = handoutSlides(layout);
  const withNotes = options.notes === 'speaker';
  const listed = options.links === 'none' ? NO_LINKS : listLinks(slides, withNotes, layout.deckLinks);
  const geometry = chooseGeometry(layout.size, options, {
    hasLinks: options.links === 'sheet' && listed.size > 0,
    isRightToLeft: readsRightToLeft(layout),
  });
  const sheets = fillSheets(slides, geometry, options);
  const width = { widthPx: wordsBox(geometry).width, heightPx: 0 };
  const setter = await linkSetter(options.links === 'sheet' ? new Set(listed.values()) : [], width, setTexts);
  const bands = sheets.map((sheet) => {
    const own = linksOf(slidesOf(sheet), listed, withNotes);
    const roomPx = geometry.body.height - leastHeight(sheet.rows, geometry) - ABOVE_LINKS;
    const set = options.links === 'sheet' ? setter.band(own, roomPx) : { rest: own };
    const rest = new Set(set.rest);
    return { ...set, listed: own.filter((link) => !rest.has(link)) };
  });
  const cells = sheets.map(({ rows }, i) => placeRows(geometry, rows, bandHeight(bands[i]?.band)));
  const notes = withNotes ? await setNotes(cells, geometry, listed, setTexts) : [];
  const listedOnSheets = new Set(bands.flatMap((band) => band.listed));
  return {
    ...{ geometry, listed },
    bySheet: sheets.map((sheet, i) => pagesOfSheet(sheet, cells[i] ?? [], notes[i], bands[i]?.band)),
    startsSection: sheets.map((sheet) => sheet.startsSection),
    atEnd: [...new Set(listed.values())].filter((link) => !listedOnSheets.has(link)),
  };
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
    ...(notes?.further ?? []).map(
      (columns): TextPage => ({
        ...{ kind: 'text', className: 'notes', slides, begins: [], columns, isRuled: true },
      }),
    ),
  ];
}

/** If sections begin on right-hand pages, a blank page may be needed before one. */
function inOrder(
  bySheet: readonly (readonly ComposedPage[])[],
  startsSection: readonly boolean[],
  cover: Cover | undefined,
  { sectionStart }: OutputOptions,
): ComposedPage[] {
  const pages: ComposedPage[] = [];
  for (let part = 0; part < (cover?.pages ?? 0); part++) pages.push({ kind: 'cover', part });
  bySheet.forEach((own, i) => {
    const wantsRight = sectionStart === 'right' && startsSection[i];
    if (wantsRight && pages.length % 2 === 1) pages.push({ kind: 'blank' });
    pages.push(...own);
  });
  return pages;
}
