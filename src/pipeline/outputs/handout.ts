import { inReveal, printDocument } from '../../print/document.ts';
import { mm, paperSize } from '../../print/paper.ts';
import type { Box, LaidOutPage, LaidOutSlide, Layout, PlacedPicture, PrintPlan, Size } from '../model.ts';
import { escapeHtml } from '../render.ts';
import { bookmarksBySection } from './bookmarks.ts';
import type { Output, OutputOptions } from './output.ts';

/** Several slides a sheet, for printing: vector, with live links, numbered as on screen. */
export const handout: Output = {
  kind: 'handout',
  followsFragments: false,
  printScale: (layout, options) => chooseGeometry(layout.size, options).scale,
  plan: (layout, options) => {
    const geometry = chooseGeometry(layout.size, options);
    const sheets = chunk(entries(layout), geometry.cells.length);
    return {
      html: printDocument(layout, {
        page: geometry.paper,
        style: 'handout',
        bodyClass: 'deckhand-paper',
        body: sheets.map((sheet, i) => renderSheet(layout, sheet, geometry, i, sheets.length)).join('\n'),
      }),
      page: geometry.paper,
      pageCount: sheets.length,
      pictures: sheets.map((sheet) => sheet.flatMap(({ page }, i) => placedOnSheet(page, geometry, i))),
    } satisfies PrintPlan;
  },
  bookmarks: (layout, options) => {
    const perSheet = chooseGeometry(layout.size, options).cells.length;
    const cells = entries(layout);
    return bookmarksBySection(layout, (slide) =>
      Math.floor(cells.findIndex((cell) => cell.slide === slide) / perSheet),
    );
  },
};

const MARGIN = mm(12);
const GAP = mm(6);
const HEADER = mm(9);
const FOOTER = mm(7);
/** Room below a slide for its number. */
const CAPTION = mm(5.5);
const LINE_SPACING = mm(7);

export interface HandoutGeometry {
  readonly paper: Size;
  /** Where each slide of a sheet goes, in pixels of the sheet. */
  readonly cells: readonly Cell[];
  /** What slides are scaled by. */
  readonly scale: number;
}

interface Cell {
  readonly slide: Box;
  /** Ruled lines for notes, below the slide or beside it; no lines where its height is 0. */
  readonly lines: Box;
}

/** Columns and rows of a portrait sheet; a landscape one has them the other way round. */
const GRIDS: Readonly<Record<number, readonly [columns: number, rows: number]>> = {
  1: [1, 1],
  2: [1, 2],
  3: [1, 3],
  4: [2, 2],
  6: [2, 3],
  9: [3, 3],
};

/** The orientation that prints slides larger; with three a sheet, always portrait with lines beside the slides. */
export function chooseGeometry(slide: Size, options: OutputOptions): HandoutGeometry {
  const [columns, rows] = GRIDS[options.perPage] ?? [2, 3];
  const portrait = layOut(slide, paperSize(options.paper, 'portrait'), columns, rows, options.perPage === 3);
  if (options.perPage <= 3) return portrait;
  const landscape = layOut(slide, paperSize(options.paper, 'landscape'), rows, columns, false);
  return landscape.scale > portrait.scale * 1.02 ? landscape : portrait;
}

function layOut(
  slide: Size,
  paper: Size,
  columns: number,
  rows: number,
  linesBeside: boolean,
): HandoutGeometry {
  const width = paper.widthPx - 2 * MARGIN;
  const height = paper.heightPx - 2 * MARGIN - HEADER - FOOTER;
  const cellWidth = (width - (columns - 1) * GAP) / columns;
  const cellHeight = (height - (rows - 1) * GAP) / rows;
  const slideWidth = linesBeside ? cellWidth * 0.55 : cellWidth;
  const scale = Math.min(slideWidth / slide.widthPx, (cellHeight - CAPTION) / slide.heightPx);
  const printed = { width: slide.widthPx * scale, height: slide.heightPx * scale };
  const cells = Array.from({ length: columns * rows }, (_, i): Cell => {
    const left = MARGIN + (i % columns) * (cellWidth + GAP);
    const y = MARGIN + HEADER + Math.floor(i / columns) * (cellHeight + GAP);
    const x = linesBeside ? left : left + (cellWidth - printed.width) / 2;
    const box = { x, y, ...printed };
    return { slide: box, lines: linesBeside ? beside(box, left + cellWidth) : below(box, y + cellHeight) };
  });
  return { paper, cells, scale };
}

function below(slide: Box, bottom: number): Box {
  const top = slide.y + slide.height + CAPTION;
  const room = bottom - top;
  return { x: slide.x, y: top, width: slide.width, height: room >= 2 * LINE_SPACING ? room : 0 };
}

function beside(slide: Box, right: number): Box {
  const x = slide.x + slide.width + GAP;
  return { x, y: slide.y, width: right - x, height: slide.height };
}

/** What one cell shows. */
interface Entry {
  readonly slide: LaidOutSlide;
  readonly page: LaidOutPage;
}

/** A slide has one final page, or more where its HTML holds slides of its own. */
function entries(layout: Layout): Entry[] {
  return layout.slides.flatMap((slide) => slide.pages.map((page) => ({ slide, page })));
}

function placedOnSheet(page: LaidOutPage, geometry: HandoutGeometry, i: number): PlacedPicture[] {
  const cell = geometry.cells[i];
  if (!cell) return [];
  const { scale } = geometry;
  return page.pictures.map(({ box, ...picture }) => ({
    ...picture,
    box: {
      x: cell.slide.x + box.x * scale,
      y: cell.slide.y + box.y * scale,
      width: box.width * scale,
      height: box.height * scale,
    },
  }));
}

function renderSheet(
  layout: Layout,
  sheet: readonly Entry[],
  geometry: HandoutGeometry,
  index: number,
  total: number,
): string {
  const { paper } = geometry;
  const hs = [...new Set(sheet.map(({ slide }) => slide.h))];
  const sections = hs.map((h) => layout.sections[h] ?? '').filter((title) => title !== '');
  const head = at({ x: MARGIN, y: MARGIN, width: paper.widthPx - 2 * MARGIN, height: HEADER - mm(3) });
  const foot = at({
    x: MARGIN,
    y: paper.heightPx - MARGIN - FOOTER + mm(2),
    width: paper.widthPx - 2 * MARGIN,
    height: FOOTER - mm(2),
  });
  const author = layout.metadata.author ? escapeHtml(layout.metadata.author) : '';
  return `<div class="sheet" style="width:${paper.widthPx}px;height:${paper.heightPx}px">
<div class="head" style="${head}"><b>${escapeHtml(layout.metadata.title)}</b><span>${escapeHtml(sections.join(' · '))}</span></div>
${sheet.map((entry, i) => renderCell(layout, entry, geometry, i)).join('\n')}
<div class="foot" style="${foot}"><span>${author}</span><span>${index + 1} / ${total}</span></div>
</div>`;
}

function renderCell(layout: Layout, { slide, page }: Entry, geometry: HandoutGeometry, i: number): string {
  const cell = geometry.cells[i];
  if (!cell) return '';
  const { widthPx, heightPx } = layout.size;
  const caption = {
    x: cell.slide.x,
    y: cell.slide.y + cell.slide.height,
    width: cell.slide.width,
    height: CAPTION,
  };
  const stage = `width:${widthPx}px;height:${heightPx}px;transform:scale(${geometry.scale})`;
  // Chromium's tags have one of these boxes at some runs and not at others, unless they are said to mean nothing.
  const box = 'role="none"';
  return `<div ${box} class="cell" style="${at(cell.slide)}"><div ${box} class="stage" style="${stage}">${inReveal(layout, page.html)}</div></div>
<div class="caption" style="${at(caption)}">${escapeHtml(slide.number)}</div>
${renderLines(cell.lines)}`;
}

function renderLines(box: Box): string {
  const count = Math.floor(box.height / LINE_SPACING);
  const lines = Array.from({ length: count }, (_, i) => {
    const y = box.y + (i + 1) * LINE_SPACING;
    return `<div class="line" style="${at({ ...box, y, height: 0 })}"></div>`;
  });
  return lines.join('');
}

function at(box: Box): string {
  const round = (px: number): string => String(Math.round(px * 1000) / 1000);
  return `left:${round(box.x)}px;top:${round(box.y)}px;width:${round(box.width)}px;height:${round(box.height)}px`;
}

function chunk<T>(items: readonly T[], size: number): T[][] {
  return Array.from({ length: Math.ceil(items.length / size) }, (_, i) =>
    items.slice(i * size, (i + 1) * size),
  );
}
