import type { Box, Size } from '../../../../model/model.ts';
import { mm, paperSize } from '../../../../paper/paper.ts';
import type { OutputOptions } from '../../../contract/output.ts';

export type Orientation = 'portrait' | 'landscape';

type FrameOptions = Pick<OutputOptions, 'paper' | 'margin' | 'binding' | 'gutter' | 'booklet'>;

/** Printers cut off content that is closer to the edge than this: text keeps this distance even if slides do not. */
const WORDS_EDGE = mm(10.3);
const MOST_INSET = mm(2.1);
const HEAD = mm(5.5);
const BELOW_HEAD = mm(2);
const FOOT = mm(4.5);
const ABOVE_FOOT = mm(1.5);

/** The layout that all pages of a handout share. All boxes are in pixels, from the upper left corner of the page's area. */
export interface PageFrame {
  /** A page for reading: half a sheet in a booklet. */
  readonly page: Size;
  /** The printed area of the page; its position differs between left and right pages. */
  readonly area: Size;
  readonly head: Box;
  readonly foot: Box;
  readonly body: Box;
  /** How much further inside than slides text begins. */
  readonly insetPx: number;
}

export function pageFrame(options: FrameOptions, way: Orientation): PageFrame {
  const page = pageSize(options, way);
  const gutter = gutterOf(options, way);
  const margin = mm(options.margin);
  // Browsers draw frames at whole pixels, so slides begin close to one.
  const area = {
    widthPx: Math.floor(page.widthPx - 2 * margin - gutter.x) - 1,
    heightPx: Math.floor(page.heightPx - 2 * margin - gutter.y) - 1,
  };
  const insetPx = Math.max(0, Math.min(MOST_INSET, WORDS_EDGE - margin));
  const words = { x: insetPx, width: area.widthPx - 2 * insetPx };
  const foot = { ...words, y: area.heightPx - insetPx - FOOT, height: FOOT };
  const y = Math.ceil(insetPx + HEAD + BELOW_HEAD);
  return {
    ...{ page, area, insetPx, foot },
    head: { ...words, y: insetPx, height: HEAD },
    body: { x: 0, y, width: area.widthPx, height: foot.y - ABOVE_FOOT - y },
  };
}

/** The body without its outer edge, if that is too close to the edge of the paper for text. */
export function wordsBox({ body, insetPx }: PageFrame): Box {
  return { ...body, x: body.x + insetPx, width: body.width - 2 * insetPx };
}

/** In a booklet, a page is half a sheet. */
function pageSize({ paper, booklet }: FrameOptions, way: Orientation): Size {
  const size = paperSize(paper, way);
  if (!booklet) return size;
  const { widthPx, heightPx } = paperSize(paper, 'portrait');
  const half = { widthPx: heightPx / 2, heightPx: widthPx };
  return way === 'portrait' ? half : { widthPx: half.heightPx, heightPx: half.widthPx };
}

/** A sheet is bound at its left or right edge if that is the selected one, otherwise at its top or bottom. */
function isBoundAtSide(binding: FrameOptions['binding'], way: Orientation): boolean {
  return (binding === 'long') === (way === 'portrait');
}

function gutterOf({ binding, gutter }: FrameOptions, way: Orientation): { x: number; y: number } {
  if (binding === 'none') return { x: 0, y: 0 };
  return isBoundAtSide(binding, way) ? { x: mm(gutter), y: 0 } : { x: 0, y: mm(gutter) };
}

/**
 * Upper left corner of a page's area, in pixels of the page. The gutter is at the left of odd pages and at the right of even
 * ones, swapped for decks that are read from right to left; or at the top and at the bottom.
 *
 * @param pageNumber from 1.
 */
export function areaOrigin(
  { page, isRightToLeft }: Pick<PageFrame, 'page'> & { readonly isRightToLeft: boolean },
  options: FrameOptions,
  pageNumber: number,
): { readonly x: number; readonly y: number } {
  const way = page.widthPx > page.heightPx ? 'landscape' : 'portrait';
  const gutter = gutterOf(options, way);
  const margin = mm(options.margin);
  const isFirstSide = pageNumber % 2 === 1;
  const isLeft = isFirstSide !== isRightToLeft;
  return {
    x: quarter(margin + (isLeft ? gutter.x : 0)),
    y: quarter(margin + (isFirstSide ? gutter.y : 0)),
  };
}

/** Rounds up to a quarter of a pixel: nothing is printed closer to the edge. */
function quarter(px: number): number {
  return Math.ceil(px * 4) / 4;
}
