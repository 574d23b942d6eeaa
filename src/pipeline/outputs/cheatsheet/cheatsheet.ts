import { diagnostic } from '../../../model/diagnostics.ts';
import type { SheetsPlan, Size } from '../../../model/model.ts';
import type { BookmarkTree } from '../../../model/pdf-parts.ts';
import { mm, paperSize } from '../../../paper/paper.ts';
import type { Output, OutputOptions } from '../../contract/output.ts';
import { printDocument } from '../../planning/document.ts';
import { type Fit, fitSheet, TYPE_SIZES } from './fit.ts';
import { fullDiagnostics } from './full.ts';
import { bandLinks } from './links.ts';
import { selectBlocks } from './outline.ts';
import { type MeasuredType, measureSheet } from './page/measure-sheet.ts';
import { firstWords, judgeBlocks } from './selection.ts';
import { fittedHtml, measuringHtml, type SheetItem, sheetItems } from './sheet-html.ts';

/** Margin of the paper, and gap between columns, as in `cheatsheet.css`. */
const MARGIN_MM = 8;
const GAP_MM = 5;

/** What people look up, in small type and in columns. */
export const cheatsheet: Output<SheetsPlan> = {
  kind: 'cheatsheet',
  followsFragments: false,
  sparesInk: true,
  isArchived: true,
  printScale: (layout, options) => {
    const { columns } = options.cheatsheet;
    const column = (innerWidth(options) - mm(GAP_MM) * (columns - 1)) / columns;
    const pictures = layout.slides.flatMap((slide) => slide.pages.flatMap((page) => page.pictures));
    // An image is at most as wide as a column, and never enlarged.
    const scales = pictures.map(({ size }) => Math.min(1, column / Math.max(size.widthPx, 1)));
    return scales.length > 0 ? Math.max(...scales) : 1;
  },
  whenEmpty: (deck) => {
    const message =
      'the deck has content for less than a third of a cheatsheet page, so there is no cheatsheet';
    const hint =
      'mark what belongs on one with <!-- .slide: data-cheatsheet="keep" --> or <!-- .element: data-cheatsheet="keep" -->, or title a section “Cheatsheet”; --explain cheatsheet says of each block why it is not there';
    return diagnostic('CHEATSHEET_EMPTY', message, { deck }, hint);
  },
  plan: async (layout, options, typesetter) => {
    const sections = selectBlocks(layout);
    if (sections.length === 0) return undefined;
    const page = pageSize(options);
    const items = sheetItems(sections);
    const furniture = {
      layout,
      page,
      options,
      links: bandLinks(sections, innerWidth(options), layout.deckLinks),
    };
    const documentOf = (body: string): string =>
      printDocument(layout, {
        ...{ page, style: 'cheatsheet', bodyClass: 'deckhand-cheatsheet', body },
        css: options.styles?.cheatsheet,
      });
    const measuring = { html: documentOf(measuringHtml(items, furniture)), page };
    const sheet = await typesetter.evaluate(measuring, measureSheet, TYPE_SIZES);
    const fitItems = items.map(({ kind, box, chosen }) => {
      return { kind, box, isPicture: chosen?.block.kind === 'picture' };
    });
    const fit = fitSheet(sheet, fitItems, options.cheatsheet);
    const type = sheet.types.find(({ size }) => size === fit.typeSize) as MeasuredType;
    return {
      html: documentOf(fittedHtml(items, fit, type, furniture)),
      page,
      pageCount: fit.pages.length,
      bookmarks: bookmarksOf(items, fit),
      diagnostics: fullDiagnostics(layout, items, fit, options.cheatsheet.pages),
    };
  },
  explain: (layout) =>
    judgeBlocks(layout).map(({ slide, block, included, reason, score }) => {
      const { number, line } = slide;
      const told = { slide: number, line, kind: block.kind, words: firstWords(block), included, reason };
      return score === undefined ? told : { ...told, score };
    }),
};

function pageSize({ paper, cheatsheet: { orientation } }: OutputOptions): Size {
  return paperSize(paper, orientation);
}

function innerWidth(options: OutputOptions): number {
  return pageSize(options).widthPx - 2 * mm(MARGIN_MM);
}

/** The sheet's sections, if it has several. */
function bookmarksOf(items: readonly SheetItem[], { pages }: Fit): BookmarkTree[] {
  return pages.flatMap((columns, page) =>
    columns.flat().flatMap((span): BookmarkTree[] => {
      const { kind, title = '' } = items[span.item] as SheetItem;
      return kind === 'section' ? [{ title, page, children: [] }] : [];
    }),
  );
}
