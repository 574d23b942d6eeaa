import type { DeckLink, LaidOutSlide, Size } from '../../../model/model.ts';
import { mm } from '../../../paper/paper.ts';
import { qrSvg } from '../../../paper/qr.ts';
import { escapeHtml, unescapeHtml } from '../../../text/html.ts';
import { type Columns, columnsHeight, fillColumns, stacked } from './text/columns.ts';
import { heightsOf, type SetTexts, type Text } from './text/typeset.ts';

/** A link in the list: one entry per address, however often it occurs. */
export interface ListedLink {
  /** From 1, in the order of the handout. */
  readonly number: number;
  readonly url: string;
  /** Description of its target if it has no address: a slide of another deck. */
  readonly words?: string;
}

/** Approximate width of the columns of links. */
const COLUMN = mm(58);
const COLUMN_GAP = mm(4);
/** Size at which a QR code survives printing and copying; phone cameras need about a third of a millimeter per module. */
const MODULE = mm(0.37);
const BELOW_LINK = mm(1.5);
/** Nobody types longer addresses, and they might not fit on a page. */
const LONGEST = 2000;

/** The external links of slides, and of notes that are printed, by address. */
export function listLinks(
  slides: readonly LaidOutSlide[],
  withNotes: boolean,
  deckLinks: readonly DeckLink[],
): ReadonlyMap<string, ListedLink> {
  const wordsOf = new Map(deckLinks.map(({ url, words }) => [url, words]));
  const listed = new Map<string, ListedLink>();
  /** By the printed text: a slide may be linked to by its position, and by its id. */
  const byWords = new Map<string, ListedLink>();
  const note = (url: string): void => {
    if (!isOutside(url) || listed.has(url)) return;
    const words = wordsOf.get(url);
    const link = byWords.get(words ?? url) ?? {
      ...{ number: byWords.size + 1, url },
      ...(words === undefined ? {} : { words }),
    };
    byWords.set(words ?? url, link);
    listed.set(url, link);
  };
  for (const slide of slides) {
    for (const page of slide.pages) for (const { href } of page.links) note(href);
    if (withNotes) for (const url of hrefsOf(slide.notesHtml)) note(url);
  }
  return listed;
}

export function isOutside(url: string): boolean {
  return /^(?:https?|mailto|tel|ftps?):/i.test(url);
}

/** The links of a slide, in the order of the list. */
export function linksOf(
  slides: readonly LaidOutSlide[],
  listed: ReadonlyMap<string, ListedLink>,
  withNotes: boolean,
): ListedLink[] {
  const own = [...listLinks(slides, withNotes, []).keys()].flatMap((url) => listed.get(url) ?? []);
  return [...new Set(own)].sort((a, b) => a.number - b.number);
}

const HREF = /<a\b[^>]*?\shref="([^"]*)"/g;

function hrefsOf(html: string): string[] {
  return [...html.matchAll(HREF)].map(([, href = '']) => unescapeHtml(href));
}

/** Notes, with the number of each link after it. */
export function numberedNotes(html: string, listed: ReadonlyMap<string, ListedLink>): string {
  return html.replace(/<a\b[^>]*?\shref="([^"]*)"[^>]*>[\s\S]*?<\/a>/g, (link, href: string) => {
    const found = listed.get(unescapeHtml(href));
    return found ? `${link}<sup class="link-number">${found.number}</sup>` : link;
  });
}

/** Links laid out in columns, at the bottom of a sheet or on a page of their own. */
export interface LinkBand {
  readonly html: string;
  readonly heightPx: number;
}

/** An entry in the list: with its QR code, or as text only. */
interface SetLink {
  readonly link: ListedLink;
  readonly coded: number;
  readonly plain: number;
}

/** Lays out lists of links. */
export interface LinkSetter {
  /**
   * As many of the links as fit into a height: with as many QR codes as possible, the last ones without.
   *
   * @returns the band, if any link fits, and the remaining links.
   */
  band(
    links: readonly ListedLink[],
    roomPx: number,
  ): { readonly band?: LinkBand; readonly rest: readonly ListedLink[] };
  /** All links, with their codes, on as many pages as necessary. */
  pages(links: readonly ListedLink[], roomPx: number): LinkBand[];
}

/** All links, with their codes, on as many pages as necessary. Where an address is taller than a page, columns are wider. */
export async function linkPages(
  links: readonly ListedLink[],
  area: Size,
  setTexts: SetTexts,
): Promise<readonly LinkBand[]> {
  for (let count = columnsIn(area); ; count--) {
    const setter = await linkSetter(links, area, setTexts, count);
    const pages = setter.pages(links, area.heightPx);
    if (count === 1 || pages.every(({ heightPx }) => heightPx <= area.heightPx)) return pages;
  }
}

function columnsIn({ widthPx }: Size): number {
  return Math.max(1, Math.floor((widthPx + COLUMN_GAP) / (COLUMN + COLUMN_GAP)));
}

/** Measures all links at once, with and without their codes. */
export async function linkSetter(
  links: Iterable<ListedLink>,
  area: Size,
  setTexts: SetTexts,
  count = columnsIn(area),
): Promise<LinkSetter> {
  const all = [...links];
  const widthPx = (area.widthPx - (count - 1) * COLUMN_GAP) / count;
  const text = (link: ListedLink, withCode: boolean): Text => ({
    html: renderLink(link, withCode),
    className: 'link-entry',
    widthPx,
  });
  const heights = await heightsOf(
    [...all.map((one) => text(one, true)), ...all.map((one) => text(one, false))],
    setTexts,
  );
  const byNumber = new Map(
    all.map((link, i): [number, SetLink] => [
      link.number,
      { link, coded: (heights[i] ?? 0) + BELOW_LINK, plain: (heights[all.length + i] ?? 0) + BELOW_LINK },
    ]),
  );
  const setOf = (some: readonly ListedLink[]): SetLink[] =>
    some.flatMap(({ number }) => byNumber.get(number) ?? []);
  return {
    band: (some, roomPx) => fitBand(setOf(some), { count, widthPx, roomPx }),
    pages: (some, roomPx) => {
      const set = setOf(some);
      const sizes = set.map(({ coded }) => coded);
      const columns = stacked(sizes, roomPx);
      const pages = Array.from({ length: Math.ceil(columns.length / count) }, (_, i) =>
        evenly(columns.slice(i * count, (i + 1) * count), sizes, count, roomPx),
      );
      return pages.map((page) => render(set, page, new Set(set.keys()), widthPx, columnsHeight(page, sizes)));
    },
  };
}

/** The same links in all columns of a page. */
function evenly(columns: Columns, sizes: readonly number[], count: number, roomPx: number): Columns {
  const own = columns.flat();
  const heights = own.map((i) => sizes[i] ?? 0);
  const even = fillColumns(heights, count, roomPx);
  return even?.map((column) => column.map((i) => own[i] ?? 0)) ?? columns;
}

interface BandRoom {
  readonly count: number;
  readonly widthPx: number;
  readonly roomPx: number;
}

function fitBand(
  set: readonly SetLink[],
  { count, widthPx, roomPx }: BandRoom,
): ReturnType<LinkSetter['band']> {
  const heights = (coded: ReadonlySet<number>, taken: number): number[] =>
    set.slice(0, taken).map((one, i) => (coded.has(i) ? one.coded : one.plain));
  const fits = (coded: ReadonlySet<number>, taken: number): boolean =>
    fillColumns(heights(coded, taken), count, roomPx) !== undefined;
  const taken = largest(set.length, (n) => fits(new Set(), n));
  const coded = mostCoded(taken, (some) => fits(some, taken));
  const rest = set.slice(taken).map(({ link }) => link);
  const chosen = heights(coded, taken);
  const columns = fillColumns(chosen, count, roomPx);
  if (taken === 0 || !columns) return { rest };
  return { band: render(set, columns, coded, widthPx, columnsHeight(columns, chosen)), rest };
}

/** Which links have QR codes: the last ones have none, or a single other one if that suffices. */
function mostCoded(taken: number, fits: (coded: ReadonlySet<number>) => boolean): ReadonlySet<number> {
  const first = (n: number): Set<number> => new Set(Array.from({ length: n }, (_, i) => i));
  const count = largest(taken, (n) => fits(first(n)));
  for (let n = taken; n > count + 1; n--) {
    for (let without = n - 1; without >= 0; without--) {
      const some = first(n);
      some.delete(without);
      if (fits(some)) return some;
    }
  }
  return first(count);
}

/** The largest number up to `most` that fits, if every smaller one fits, too. */
function largest(most: number, fits: (n: number) => boolean): number {
  let [low, high] = [0, most];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if (fits(middle)) low = middle;
    else high = middle - 1;
  }
  return low;
}

function render(
  set: readonly SetLink[],
  columns: Columns,
  coded: ReadonlySet<number>,
  widthPx: number,
  heightPx: number,
): LinkBand {
  const html = columns.map((column) => {
    const entries = column.flatMap((i) => {
      const one = set[i];
      return one ? [`<div class="link-entry">${renderLink(one.link, coded.has(i))}</div>`] : [];
    });
    return `<div class="link-column" style="width:${widthPx}px">${entries.join('')}</div>`;
  });
  return { html: `<div class="links">${html.join('')}</div>`, heightPx };
}

/** A code takes a millisecond, and each is set twice: to measure it, and on its sheet. */
const codes = new WeakMap<ListedLink, string>();

function codeOf(link: ListedLink): string | undefined {
  const code = codes.get(link) ?? qrSvg(link.url);
  if (code !== undefined) codes.set(link, code);
  return code;
}

function renderLink(link: ListedLink, withCode: boolean): string {
  const { number, url, words = url } = link;
  // A link to another file is of no use on paper.
  const code = withCode && words === url ? codeOf(link) : undefined;
  const side = code ? Number(/viewBox="0 0 (\d+)/.exec(code)?.[1] ?? 0) * MODULE : 0;
  const drawn = code
    ? `<span class="link-code" aria-hidden="true" style="width:${side}px;height:${side}px">${code}</span>`
    : '';
  const printed = words.length > LONGEST ? `${words.slice(0, LONGEST)}…` : words;
  const address = `<a href="${escapeHtml(url)}">${escapeHtml(printed)}</a>`;
  return `${drawn}<span class="link-words"><b>${number}</b>&nbsp;${address}</span>`;
}
