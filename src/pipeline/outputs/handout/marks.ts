import { mm } from '../../../print/paper.ts';
import type { Box, LaidOutSlide, SlideLink } from '../../model.ts';
import { escapeHtml } from '../../render.ts';
import { at } from './boxes.ts';
import type { Cell } from './geometry.ts';
import { isOutside, type ListedLink } from './links.ts';
import type { Entry } from './sheets.ts';

const MARK_HEIGHT = mm(1.6);
const DIGIT_WIDTH = mm(1);
/** Of the height of a line: as far down as it may reach without hiding the letters that follow. */
const OVERLAP = 0.3;

export interface MarkOptions {
  readonly isRightToLeft: boolean;
  readonly listed: ReadonlyMap<string, ListedLink>;
  /** Page, from 1, of the slide that has an element; none where it is not in the handout. */
  readonly pageOfId: (id: string) => number | undefined;
}

/**
 * A small number at the end of each link, over the slide so that nothing on it moves: that of its address in the list, or
 * of the page that it leads to.
 */
export function renderMarks({ page }: Entry, cell: Cell, options: MarkOptions): string {
  return page.links.map((link) => renderMark(link, cell, options)).join('');
}

function renderMark({ href, box }: SlideLink, cell: Cell, options: MarkOptions): string {
  const { listed, pageOfId } = options;
  if (isOutside(href)) {
    const found = listed.get(href);
    return found ? mark(String(found.number), box, cell, options) : '';
  }
  const page = href.startsWith('#') ? pageOfId(decode(href.slice(1))) : undefined;
  return page === undefined ? '' : mark(`p. ${page}`, box, cell, options);
}

/** At the upper end of the link, but never outside its slide. */
function mark(
  text: string,
  box: Box,
  { slide, scale }: Cell,
  { isRightToLeft }: Pick<MarkOptions, 'isRightToLeft'>,
): string {
  const width = (text.length + 0.4) * DIGIT_WIDTH;
  const end = slide.x + (isRightToLeft ? box.x * scale - width : (box.x + box.width) * scale);
  const top = slide.y + (box.y + OVERLAP * box.height) * scale - MARK_HEIGHT;
  const place = {
    x: clamp(end, slide.x, slide.x + slide.width - width),
    y: clamp(top, slide.y, slide.y + slide.height - MARK_HEIGHT),
    width,
    height: MARK_HEIGHT,
  };
  return `<span class="link-mark" style="${at(place)}">${escapeHtml(text)}</span>`;
}

function clamp(value: number, low: number, high: number): number {
  return Math.max(low, Math.min(value, high));
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}

/** Which slide holds the element with an id. */
export function slideWithId(slides: readonly LaidOutSlide[]): (id: string) => LaidOutSlide | undefined {
  const known = new Map<string, LaidOutSlide>();
  for (const slide of slides) {
    for (const { html } of slide.pages)
      for (const [, id = ''] of html.matchAll(/\sid="([^"]*)"/g)) if (!known.has(id)) known.set(id, slide);
    known.set(slide.id, slide);
  }
  return (id) => known.get(id);
}
