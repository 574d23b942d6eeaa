import type { PDFDocument } from 'pdf-lib';
import type { LaidOutPage, Print, PrintedFrames, PrintPlan, Size, SlidesPlan } from '../../model/model.ts';
import { imposePages, type Placement } from '../../pdf/imposition/impose.ts';
import { keepPages } from '../../pdf/imposition/keep-pages.ts';
import { resizePages } from '../../pdf/imposition/resize-pages.ts';
import { loadDocument } from '../../pdf/load-document.ts';

const PT_PER_PX = 72 / 96;

/** The assembled print of a file. */
export interface OpenedPrint {
  readonly document: PDFDocument;
  /** Slides that have no place on their sheets. */
  readonly unplaced: readonly LaidOutPage[];
}

export async function openPrint({ plan, sheets, frames }: Print): Promise<OpenedPrint> {
  const elsewhere = (id: string): string | undefined => plan.elsewhere?.get(id);
  if ('frames' in plan) {
    const document = await loadDocument(printed(frames).pdf);
    const indexOf = indexIn(printed(frames));
    keepPages(document, new Set(plan.frames.map(indexOf)), elsewhere);
    putOnPaper(document, plan, printed(frames).page);
    return { document, unplaced: [] };
  }
  const document = await loadDocument(printed(sheets).pdf);
  if (!plan.cells?.some((cells) => cells.length > 0)) return { document, unplaced: [] };
  const source = await loadDocument(printed(frames).pdf);
  const standIn = standIns(plan, printed(frames));
  const placements = placementsOf(plan, printed(frames));
  const left = imposePages(document, source, placements, { elsewhere, standIn });
  const names = new Set(left.map(({ placeholder }) => placeholder));
  const unplaced = plan.cells
    .flat()
    .flatMap(({ frame, placeholder }) => (names.has(placeholder) ? [frame] : []));
  return { document, unplaced };
}

function putOnPaper(document: PDFDocument, { page, paper }: SlidesPlan, slide: Size): void {
  if (!paper) return;
  const { x, y, scale } = paper;
  const bottom = page.heightPx - (y + slide.heightPx * scale);
  const size = { width: page.widthPx * PT_PER_PX, height: page.heightPx * PT_PER_PX };
  resizePages(document, size, [scale, 0, 0, scale, x * PT_PER_PX, bottom * PT_PER_PX]);
}

/** The slides that a file shows, sheet by sheet. */
export function framesOf(plan: PrintPlan): readonly (readonly LaidOutPage[])[] {
  if ('frames' in plan) return plan.frames.map((frame) => [frame]);
  return (plan.cells ?? []).map((cells) => cells.map(({ frame }) => frame));
}

/** The page of a print that shows a slide, from 0. Pages of two layouts may be equal. */
function indexIn({ pages }: PrintedFrames): (frame: LaidOutPage) => number {
  const known = new Map(pages.map((page, i) => [page, i]));
  const alike = new Map(pages.map(({ html }, i) => [html, i]));
  return (frame) => known.get(frame) ?? alike.get(frame.html) ?? -1;
}

function placementsOf(plan: PrintPlan, frames: PrintedFrames): Placement[] {
  if ('frames' in plan) return [];
  const indexOf = indexIn(frames);
  const height = plan.page.heightPx * PT_PER_PX;
  return (plan.cells ?? []).flatMap((cells, sheet) =>
    cells.map(({ frame, placeholder, x, y, scale }) => {
      const bottom = height - (y + frames.page.heightPx * scale) * PT_PER_PX;
      return {
        ...{ page: indexOf(frame), sheet, placeholder },
        matrix: [scale, 0, 0, scale, x * PT_PER_PX, bottom] as const,
      };
    }),
  );
}

/** If each step of a slide is printed, the page that the file shows stands for those that it does not show. */
function standIns(plan: PrintPlan, frames: PrintedFrames): (page: number) => number | undefined {
  const indexOf = indexIn(frames);
  const shown = new Map<string, number>();
  for (const frame of framesOf(plan).flat()) {
    const slide = slideOf(frame);
    if (!shown.has(slide)) shown.set(slide, indexOf(frame));
  }
  return (page) => shown.get(slideOf(frames.pages[page]));
}

/** Which slide of the deck a frame shows. */
function slideOf(frame: LaidOutPage | undefined): string {
  return /\sdata-deckhand-slide="(\d+)"/.exec(frame?.html ?? '')?.[1] ?? '';
}

function printed<T>(document: T | undefined): T {
  if (document === undefined) throw new Error('a file has not been printed');
  return document;
}
