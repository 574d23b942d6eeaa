import type { Box, SlideLink } from '../../../model/model.ts';
import { mm } from '../../../paper/paper.ts';
import { escapeHtml } from '../../../text/html.ts';
import { at } from './boxes.ts';
import type { Cell } from './grid/cells.ts';
import type { Entry } from './grid/rows.ts';
import { isOutside, type ListedLink } from './links.ts';

/** Line height of the digits, so that the number fits between two lines. */
const MARK_HEIGHT = mm(1.45);
const DIGIT_WIDTH = mm(1);
/** How far down text reaches if nothing is in the way, as a share of the line height. */
const OVERLAP = 0.3;

export interface MarkOptions {
  readonly isRightToLeft: boolean;
  readonly listed: ReadonlyMap<string, ListedLink>;
  /** Page, from 1, that a link within the deck leads to; undefined if its slide is not in the handout. */
  readonly pageOf: (href: string) => number | undefined;
}

/**
 * A small number at the end of each link, on top of the slide so that it moves nothing: the number of its address in the
 * list, or of the target page. It is placed where it covers the least of the text around it.
 */
export function renderMarks({ page }: Entry, cell: Cell, options: MarkOptions): string {
  const placed: Box[] = [];
  return page.links
    .map((link) => {
      const text = markText(link, options);
      if (text === undefined) return '';
      const place = markPlace(link, (text.length + 0.4) * DIGIT_WIDTH, cell, options, placed);
      placed.push(place);
      return `<span class="link-mark" style="${at(place)}">${escapeHtml(text)}</span>`;
    })
    .join('');
}

function markText({ href }: SlideLink, { listed, pageOf }: MarkOptions): string | undefined {
  if (isOutside(href)) return listed.get(href)?.number.toString();
  const page = href.startsWith('#') ? pageOf(href) : undefined;
  return page === undefined ? undefined : `p. ${page}`;
}

/** Distances between the positions that are tried, and their maximum distance from the upper end of the link. */
const STEP = mm(0.25);
const ALONG = mm(4);
const ACROSS = mm(2.5);
/** Covering one square pixel of text is as bad as this distance in pixels. */
const COST_OF_COVERING = 8;

/** The nearest ones first. Of equally good ones, that with the lowest `order` is chosen. */
const STEPS = steps(ACROSS)
  .flatMap((dy) => steps(ALONG).map((dx) => ({ dx, dy, distance: Math.abs(dx) + Math.abs(dy) })))
  .map((step, order) => ({ ...step, order }))
  .sort((a, b) => a.distance - b.distance);

function steps(most: number): number[] {
  const count = Math.floor(most / STEP);
  return Array.from({ length: 2 * count + 1 }, (_, i) => (i - count) * STEP);
}

function markPlace(
  { box, near }: SlideLink,
  width: number,
  { slide, scale }: Cell,
  { isRightToLeft }: Pick<MarkOptions, 'isRightToLeft'>,
  placed: readonly Box[],
): Box {
  const ink = [...near.map((one) => onPaper(one, slide, scale)), ...placed];
  const end = slide.x + (isRightToLeft ? box.x * scale - width : (box.x + box.width) * scale);
  const top = slide.y + (box.y + OVERLAP * box.height) * scale - MARK_HEIGHT;
  const costOf = (place: Box): number =>
    ink.reduce((sum, one) => sum + overlap(place, one), 0) * COST_OF_COVERING;
  let best: { readonly place: Box; readonly cost: number; readonly order: number } | undefined;
  for (const { dx, dy, distance, order } of STEPS) {
    // All others are farther away.
    if (best && distance > best.cost) break;
    const place = {
      x: clamp(end + dx, slide.x, slide.x + slide.width - width),
      y: clamp(top + dy, slide.y, slide.y + slide.height - MARK_HEIGHT),
      width,
      height: MARK_HEIGHT,
    };
    const cost = costOf(place) + distance;
    if (!best || cost < best.cost || (cost === best.cost && order < best.order))
      best = { place, cost, order };
  }
  return (best as NonNullable<typeof best>).place;
}

function onPaper({ x, y, width, height }: Box, slide: Box, scale: number): Box {
  return { x: slide.x + x * scale, y: slide.y + y * scale, width: width * scale, height: height * scale };
}

/** Overlap in square pixels. */
function overlap(a: Box, b: Box): number {
  const width = Math.min(a.x + a.width, b.x + b.width) - Math.max(a.x, b.x);
  const height = Math.min(a.y + a.height, b.y + b.height) - Math.max(a.y, b.y);
  return width > 0 && height > 0 ? width * height : 0;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}
