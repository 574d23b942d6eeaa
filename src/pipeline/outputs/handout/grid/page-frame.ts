import type { Box, Size } from '../../../../model/model.ts';
import { mm, paperSize } from '../../../../paper/paper.ts';
import type { OutputOptions } from '../../../contract/output.ts';

export type Orientation = 'portrait' | 'landscape';

type FrameOptions = Pick<OutputOptions, 'paper' | 'margin' | 'binding' | 'gutter' | 'booklet'>;

/** Printers lose what is nearer to the edge than this: words keep off it where slides come nearer. */
const WORDS_EDGE = mm(10.3);
const MOST_INSET = mm(2.1);
const HEAD = mm(5.5);
const BELOW_HEAD = mm(2);
const FOOT = mm(4.5);
const ABOVE_FOOT = mm(1.5);

/** What every page of a handout has in common. All boxes are in pixels, from the upper left of the page's area. */
export interface PageFrame {
  /** A page as it is read: half a sheet of a booklet. */
  readonly page: Size;
  /** The part of a page that is printed on; where it lies differs between left and right pages. */
  readonly area: Size;
  readonly head: Box;
  readonly foot: Box;
  readonly body: Box;
  /** How much further in than slides words begin. */
  readonly insetPx: number;
}

export function pageFrame(options: FrameOptions, way: Orientation): PageFrame {
  const page = pageSize(options, way);
  const gutter = gutterOf(options, way);
  const margin = mm(options.margin);
  // A browser draws frames at whole pixels: slides begin near one.
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

/** The body without its outer edge, where that is too near to that of the paper for words. */
export function wordsBox({ body, insetPx }: PageFrame): Box {
  return { ...body, x: body.x + insetPx, width: body.width - 2 * insetPx };
}

/** Of a booklet, a page is half a sheet. */
function pageSize({ paper, booklet }: FrameOptions, way: Orientation): Size {
  const size = paperSize(paper, way);
  if (!booklet) return size;
  const { widthPx, heightPx } = paperSize(paper, 'portrait');
  const half = { widthPx: heightPx / 2, heightPx: widthPx };
  return way === 'portrait' ? half : { widthPx: half.heightPx, heightPx: half.widthPx };
}

/** A sheet is bound at its left or right edge where that is the edge in question, else at its top or bottom. */
function isBoundAtSide(binding: FrameOptions['binding'], way: Orientation): boolean {
  return (binding === 'long') === (way === 'portrait');
}

function gutterOf({ binding, gutter }: FrameOptions, way: Orientation): { x: number; y: number } {
  if (binding === 'none') return { x: 0, y: 0 };
  return isBoundAtSide(binding, way) ? { x: mm(gutter), y: 0 } : { x: 0, y: mm(gutter) };
}

/**
 * Upper left of a page's area, in pixels of the page. The gutter lies at the left of odd pages and at the right of even
 * ones, the other way round where a deck is read from right to left; or else at the top and at the bottom.
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

/** The quarter of a pixel behind: nearer to the edge there is no ink. */
function quarter(px: number): number {
  return Math.ceil(px * 4) / 4;
}
