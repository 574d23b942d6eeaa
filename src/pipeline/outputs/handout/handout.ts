import { diagnostic } from '../../../model/diagnostics.ts';
import type { LaidOutSlide, Layout, PlannedCell, SheetsPlan, Size } from '../../../model/model.ts';
import type { Output, OutputOptions } from '../../contract/output.ts';
import { bookmarksBySection, destinationsOf } from '../../planning/bookmarks.ts';
import { printDocument } from '../../planning/document.ts';
import { saddleStitched } from './booklet.ts';
import { at } from './boxes.ts';
import { type Composition, compose } from './compose.ts';
import type { ComposedPage } from './composed-page.ts';
import { handoutDiagnostics } from './diagnostics.ts';
import { placeRows } from './grid/cells.ts';
import { chooseGeometry } from './grid/geometry.ts';
import { areaOrigin } from './grid/page-frame.ts';
import { fillSheets, handoutSlides, withShownSections } from './grid/sheets.ts';
import { pageNumbers, placeholderOf, renderPages } from './page-html.ts';
import { isText, readingsOf } from './readings.ts';
import { bodyClass } from './text/typeset.ts';

/** Several slides per sheet, for printing: as vectors, with working links, and numbered as on the screen. */
export const handout: Output<SheetsPlan> = {
  kind: 'handout',
  followsFragments: false,
  paper: 'handout',
  sparesInk: true,
  usualInk: (layout) => (isDark(layout) ? 'save' : 'full'),
  isArchived: true,
  frames: (layout, options) => (isText(options) ? [] : handoutSlides(layout).flatMap(({ pages }) => pages)),
  printScale: (layout, options) => {
    const geometry = chooseGeometry(layout.size, options);
    const sheets = fillSheets(handoutSlides(layout), geometry, options);
    const cells = sheets.flatMap(({ rows }) => placeRows(geometry, rows, 0));
    return Math.max(geometry.scale, ...cells.map(([, { scale }]) => scale));
  },
  whenEmpty: (deck) =>
    diagnostic(
      'HANDOUT_EMPTY',
      'every slide is omitted from the handout by data-handout="skip", or has no speaker notes for --notes only',
      { deck },
    ),
  plan: async (whole, options, typesetter) => {
    const layout = withShownSections(whole);
    if (handoutSlides(layout).length === 0) return undefined;
    if (isText(options) && readingsOf(layout, options).length === 0) return undefined;
    const composition = await compose(layout, options, typesetter);
    const printed = print(layout, composition, options);
    const numbers = pageNumbers(composition.pages);
    const pageOf = (slide: LaidOutSlide): number | undefined => {
      const number = numbers.get(slide);
      return number === undefined ? undefined : printed.fileIndexOf(number - 1);
    };
    const { page, bodies } = printed;
    return {
      html: printDocument(layout, {
        page,
        style: 'handout',
        bodyClass: bodyClass(layout),
        css: options.styles?.handout,
        body: bodies.join('\n'),
      }),
      page,
      pageCount: bodies.length,
      pageLabels: printed.labels,
      cells: printed.cells,
      apart: APART,
      slides: slideCount(layout),
      bookmarks: bookmarksBySection(layout, pageOf),
      destinations: destinationsOf(layout, pageOf),
      diagnostics: handoutDiagnostics(layout, composition, options),
    } satisfies SheetsPlan;
  },
};

/** Elements that must not overlap on a sheet. Numbers of links are on top of slides on purpose. */
const APART = [
  { selector: '.head', name: 'the head' },
  { selector: '.foot', name: 'the foot' },
  { selector: '.cell', name: 'a slide' },
  { selector: '.caption', name: 'the number of a slide' },
  { selector: '.notes:not(.body)', name: 'notes' },
  { selector: '.line', name: 'a line' },
  { selector: '.band', name: 'the list of links' },
  { selector: '.body', name: 'a text' },
] as const;

/** The pages of the file: the pages for reading, or two of them on each side of a booklet's sheet. */
interface Printed {
  readonly page: Size;
  readonly bodies: readonly string[];
  readonly cells: readonly (readonly PlannedCell[])[];
  /** The numbers of the pages on it. */
  readonly labels: readonly string[];
  /** Page of the file, from 0, that contains a page for reading. */
  readonly fileIndexOf: (index: number) => number;
}

function print(layout: Layout, composition: Composition, options: OutputOptions): Printed {
  const { geometry, pages } = composition;
  const contents = renderPages(layout, composition);
  const origins = pages.map((_, i) => areaOrigin(geometry, options, i + 1));
  const box = (size: Size, x = 0) => at({ x, y: 0, width: size.widthPx, height: size.heightPx });
  const areas = contents.map((html, i) => {
    const area = {
      ...(origins[i] ?? { x: 0, y: 0 }),
      width: geometry.area.widthPx,
      height: geometry.area.heightPx,
    };
    return html === '' ? '' : `<div class="area" style="${at(area)}">${html}</div>`;
  });
  const cells = pages.map((page, i) => cellsOf(page, origins[i] ?? { x: 0, y: 0 }));
  if (!options.booklet) {
    const bodies = areas.map((html) => `<div class="sheet" style="${box(geometry.page)}">${html}</div>`);
    const labels = pages.map((_, i) => String(i + 1));
    return { page: geometry.page, bodies, cells, labels, fileIndexOf: (index) => index };
  }
  const { widthPx, heightPx } = geometry.page;
  const spreads = saddleStitched(pages.length, geometry.isRightToLeft);
  const page = { widthPx: widthPx * 2, heightPx };
  return {
    page,
    bodies: spreads.map(
      (spread) =>
        `<div class="sheet" style="${box(page)}">${spread.map((i, half) => `<div class="booklet-half" style="${box(geometry.page, half * widthPx)}">${areas[i] ?? ''}</div>`).join('')}</div>`,
    ),
    cells: spreads.map((spread) =>
      spread.flatMap((i, half) => (cells[i] ?? []).map((one) => ({ ...one, x: one.x + half * widthPx }))),
    ),
    labels: spreads.map((spread) => spread.map((i) => i + 1).join(', ')),
    fileIndexOf: (index) => spreads.findIndex((spread) => spread.includes(index)),
  };
}

function cellsOf(page: ComposedPage, origin: { readonly x: number; readonly y: number }): PlannedCell[] {
  if (page.kind !== 'slides') return [];
  return page.cells.map(([entry, { slide, scale }]) => ({
    ...{ frame: entry.page, placeholder: placeholderOf(entry), scale },
    x: origin.x + slide.x,
    y: origin.y + slide.y,
  }));
}

function slideCount(layout: Layout): SheetsPlan['slides'] {
  const shown = handoutSlides(layout).length;
  return { shown, skipped: layout.slides.length - shown };
}

/** Most of its slides would be printed on black. */
function isDark(layout: Layout): boolean {
  const pages = handoutSlides(layout).flatMap((slide) => slide.pages);
  return pages.filter((page) => page.isDark).length * 2 > pages.length;
}
