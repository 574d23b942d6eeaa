import type { PDFDocument, PDFObject } from 'pdf-lib';
import { type Diagnostic, diagnostic } from '../../model/diagnostics.ts';
import type {
  Box,
  Deck,
  LaidOutPage,
  LaidOutSlide,
  Layout,
  PlacedPicture,
  PlannedCell,
  Print,
  PrintPlan,
  Size,
} from '../../model/model.ts';
import type { OutputKind } from '../../model/output-kinds.ts';
import { type Drawn, drawnBoxes } from '../../pdf/content/drawn-boxes.ts';
import { pageTexts } from '../../pdf/content/page-texts.ts';
import { missingWords } from '../../text/words.ts';
import { isVector } from '../present/page-pictures.ts';

/** Addresses of images, by the stubs that replace them in a document. */
export type StubsOf = ReadonlyMap<PDFObject | undefined, string>;

type ShownFrame = Pick<PlannedCell, 'frame' | 'x' | 'y' | 'scale'>;

/**
 * Page counts do not reveal a missing word or image: everything that the browser shows of a slide must be on its page of the
 * file.
 */
export function checkShown(
  deck: Pick<Deck, 'source'>,
  output: { readonly kind: OutputKind },
  layout: Pick<Layout, 'slides'>,
  print: Print,
  document: PDFDocument,
  { stubs, unplaced }: { readonly stubs: StubsOf; readonly unplaced: readonly LaidOutPage[] },
): Diagnostic[] {
  const { frames, plan } = print;
  if (!frames) return [];
  const apart = new Set(frames.images.map(({ url }) => url));
  const isDrawing = (url: string): boolean => !apart.has(url) && isVector(url, frames.served.get(url)?.type);
  const printed = { blank: frames.blank, stubs, apart, isDrawing, page: plan.page };
  const texts = pageTexts(document);
  const pages = document.getPages();
  const slideOf = slideWithFrame(layout);
  return shownFrames(plan).flatMap((shown, i) => {
    const page = pages[i];
    const pictures = shown.flatMap(({ frame }) => frame.pictures);
    const withPaths = pictures.some(({ url }) => isDrawing(url));
    const drawn = page && pictures.length > 0 ? drawnBoxes(page, { withPaths }) : { images: [], paths: [] };
    return shown.flatMap((one) => {
      const slide = slideOf(one.frame);
      const place = { deck: deck.source.path, line: slide?.line, slide: slide?.number };
      if (unplaced.includes(one.frame)) {
        const message = `the ${output.kind} has no place for the slide`;
        const hint = `a stylesheet for the ${output.kind} must not hide or clip .cell and .place`;
        return [diagnostic('SLIDE_NOT_PLACED', message, place, hint)];
      }
      if (!page) return [];
      const told = (
        code: 'PICTURE_NOT_DRAWN' | 'WORDS_NOT_PRINTED',
        what: string,
        url?: string,
      ): Diagnostic =>
        diagnostic(
          code,
          `page ${i + 1} of the ${output.kind} ${what}`,
          { ...place, ...(url === undefined ? {} : { url }) },
          'this is a bug in Deckhand: please report it with the deck',
        );
      const missing = missingWords(one.frame.words, texts[i] ?? '');
      return [
        ...(missing.length > 0 ? [told('WORDS_NOT_PRINTED', `does not contain ${named(missing)}`)] : []),
        ...notDrawn(one, drawn, printed).map(({ url }) =>
          told('PICTURE_NOT_DRAWN', `does not show all of ${url}`, url),
        ),
      ];
    });
  });
}

function shownFrames(plan: PrintPlan): readonly (readonly ShownFrame[])[] {
  if ('frames' in plan)
    return plan.frames.map((frame) => [{ ...(plan.paper ?? { x: 0, y: 0, scale: 1 }), frame }]);
  return plan.cells ?? [];
}

function slideWithFrame({
  slides,
}: Pick<Layout, 'slides'>): (frame: LaidOutPage) => LaidOutSlide | undefined {
  const known = new Map(slides.flatMap((slide) => slide.pages.map((page) => [page, slide] as const)));
  return (frame) => known.get(frame);
}

function named(words: readonly string[]): string {
  const some = words.slice(0, 5).map((word) => `“${word}”`);
  return `${some.join(', ')}${words.length > some.length ? ` and ${words.length - some.length} more` : ''}`;
}

/** How the images of a print were printed. */
interface PrintedPictures {
  readonly blank: ReadonlySet<string>;
  readonly stubs: StubsOf;
  /** Addresses of images that were printed as stubs. */
  readonly apart: ReadonlySet<string>;
  /** Whether an image was printed as vectors. */
  readonly isDrawing: (url: string) => boolean;
  readonly page: Size;
}

function notDrawn(
  { frame, x, y, scale }: ShownFrame,
  drawn: Drawn,
  { blank, stubs, apart, isDrawing, page }: PrintedPictures,
): readonly PlacedPicture[] {
  const sheet = { x: 0, y: 0, width: page.widthPx, height: page.heightPx };
  return frame.pictures.filter(({ url, box }) => {
    const placed = {
      ...{ x: x + box.x * scale, y: y + box.y * scale },
      ...{ width: box.width * scale, height: box.height * scale },
    };
    if (blank.has(url)) return false;
    // An image printed as a stub is recognized by it, wherever it is.
    const images = apart.has(url)
      ? drawn.images.filter(({ reference }) => stubs.get(reference) === url)
      : drawn.images;
    return !isDrawn(placed, isDrawing(url), { ...drawn, images }, sheet);
  });
}

/** Rounding in layout and print moves edges by less than this. */
const TOLERANCE_PX = 2;

function isDrawn(box: Box, vector: boolean, drawn: Drawn, sheet: Box): boolean {
  if (box.width < 1 || box.height < 1) return true;
  if (!contains(sheet, box)) return false;
  // A vector image is painted within its box; a raster image fills it, or exceeds it if it is cropped.
  return vector
    ? [...drawn.paths, ...drawn.images].some((painted) => contains(box, painted))
    : drawn.images.some((image) => contains(image, box));
}

function contains(outer: Box, inner: Box): boolean {
  return (
    inner.x >= outer.x - TOLERANCE_PX &&
    inner.y >= outer.y - TOLERANCE_PX &&
    inner.x + inner.width <= outer.x + outer.width + TOLERANCE_PX &&
    inner.y + inner.height <= outer.y + outer.height + TOLERANCE_PX
  );
}
