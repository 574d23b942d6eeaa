import { ParseSpeeds, PDFDocument, PDFHexString } from 'pdf-lib';
import { type Diagnostic, diagnostic, type Outcome } from '../diagnostics.ts';
import { type Attachment, attachSources } from '../pdf/attachments.ts';
import { collectGarbage } from '../pdf/collect-garbage.ts';
import { conform } from '../pdf/conform.ts';
import { setDestinations } from '../pdf/destinations.ts';
import { type Drawn, drawnBoxes } from '../pdf/drawn-boxes.ts';
import { setFileLinks } from '../pdf/file-links.ts';
import { fingerprints, firstDifference } from '../pdf/fingerprint.ts';
import { setOutline } from '../pdf/outline.ts';
import { setPageLabels } from '../pdf/page-labels.ts';
import { pageTexts } from '../pdf/page-texts.ts';
import { renumberStructIds } from '../pdf/struct-ids.ts';
import type { FileMetadata, PdfA } from '../pdf/xmp.ts';
import { assembleShots } from './assemble-shots.ts';
import type { Artifact, Box, Deck, Layout, Print, PrintPlan, Shots } from './model.ts';
import type { Output } from './outputs/output.ts';
import { isVector } from './page-pictures.ts';
import { pdfPlace } from './places.ts';
import { missingWords } from './words.ts';

export interface AssembleOptions {
  /** Name and version of the tool. */
  readonly producer: string;
  /** Hex; hash of everything the print was made from. */
  readonly key: string;
  readonly pdfa: PdfA;
  /** Files to put into the PDF. */
  readonly attachments: readonly Attachment[];
}

/** Of decks that do not say theirs, as reveal-md's pages have it. */
const DEFAULT_LANGUAGE = 'en';

/** Without pauses: nothing else waits for this process. */
const LOAD = { updateMetadata: false, parseSpeed: ParseSpeeds.Fastest } as const;

/** Turns what the browser made of a plan into the files that are handed out. */
export async function assembleArtifacts(
  deck: Deck,
  output: Output,
  layout: Layout,
  captured: Print | Shots,
  options: AssembleOptions,
): Promise<Outcome<readonly Artifact[]>> {
  if ('shots' in captured) {
    const place = output.place?.(deck.source) ?? pdfPlace(deck.source, output.kind);
    return assembleShots(deck, output, place, captured, options.key);
  }
  const { value, diagnostics } = await assemblePrint(deck, output, layout, captured, options);
  return { value: [value], diagnostics };
}

/** In place, so that tags and links survive. */
async function assemblePrint(
  deck: Deck,
  output: Output,
  layout: Layout,
  print: Print,
  options: AssembleOptions,
): Promise<Outcome<Artifact>> {
  const document = await PDFDocument.load(print.pdf, LOAD);
  const { bookmarks, destinations = [], fileLinks = [] } = print.plan;
  const printed = fingerprints(document, fileLinks);
  const texts = print.plan.words ? pageTexts(document) : [];
  setOutline(document, bookmarks);
  setDestinations(document, destinations);
  setFileLinks(document, fileLinks);
  if (print.plan.pageLabels) setPageLabels(document, print.plan.pageLabels);
  renumberStructIds(document);
  await attachSources(document, options.attachments, deck.date);
  const faults = await conform(document, metadataOf(deck, options), print.plan.pageLabels);
  collectGarbage(document);
  const id = PDFHexString.of(options.key.slice(0, 32));
  document.context.trailerInfo.ID = document.context.obj([id, id]);
  const pages = document.getPageCount();
  const bytes = await document.save({ objectsPerTick: Number.POSITIVE_INFINITY, useObjectStreams: true });
  const finished = fingerprints(await PDFDocument.load(bytes, LOAD));
  const diagnostics = [
    ...(print.plan.diagnostics ?? []),
    ...checkPrint(deck, output, layout, print, document),
    ...checkWords(deck, output, print.plan, texts),
    ...checkFinished(deck, output, firstDifference(printed, finished)),
    ...notConforming(deck, output, faults),
  ];
  const { folder, name } = pdfPlace(deck.source, output.kind);
  const { slides } = print.plan;
  const counted = slides ? { slides } : {};
  return {
    value: { kind: output.kind, file: `${folder}/${name}`, bytes, pages, ...counted, key: options.key },
    diagnostics,
  };
}

function metadataOf(deck: Deck, { producer, pdfa }: AssembleOptions): FileMetadata {
  const { title, author, description, keywords, lang = DEFAULT_LANGUAGE, url } = deck.metadata;
  const {
    date,
    commit,
    metadata: { revision = commit },
  } = deck;
  return { title, author, description, keywords, lang, url, revision, producer, date, pdfa };
}

/** Each page must hold the words that the browser showed on it. */
function checkWords(
  deck: Deck,
  output: Output,
  { words = [], pageLabels = [] }: PrintPlan,
  texts: readonly string[],
): Diagnostic[] {
  return words.flatMap((shown, i) => {
    const missing = missingWords(shown, texts[i] ?? '');
    if (missing.length === 0) return [];
    const named = missing.slice(0, 5).map((word) => `“${word}”`);
    const more = missing.length > named.length ? ` and ${missing.length - named.length} more` : '';
    const message = `page ${i + 1} of the ${output.kind} does not hold ${named.join(', ')}${more}`;
    const place = { deck: deck.source.path, slide: pageLabels[i] };
    return [diagnostic('WORDS_NOT_PRINTED', message, place, 'please report this deck as a bug')];
  });
}

/** Bookmarks, tags and metadata are added to what was printed; nothing may be taken from it. */
function checkFinished(deck: Deck, output: Output, difference: string | undefined): Diagnostic[] {
  if (difference === undefined) return [];
  const message = `the finished ${output.kind} is not what was printed: ${difference}`;
  return [
    diagnostic('PRINT_CHANGED', message, { deck: deck.source.path }, 'please report this deck as a bug'),
  ];
}

/** The file is whole and looks right; who has it read aloud, or keeps it in an archive, must not be told that it conforms. */
function notConforming(deck: Deck, output: Output, faults: readonly string[]): Diagnostic[] {
  const [first] = faults;
  if (first === undefined) return [];
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  const message = `the ${output.kind} PDF does not conform to PDF/A and PDF/UA and does not claim to: ${first}${more}`;
  const hint = 'build it with the bundled browser (without --browser), and report this deck as a bug';
  return [diagnostic('PDF_NOT_CONFORMING', message, { deck: deck.source.path }, hint)];
}

/** Page counts and words do not notice a lost picture, so each is looked for where the browser shows it. */
function checkPrint(
  deck: Deck,
  output: Output,
  layout: Layout,
  { plan, served, blank }: Print,
  document: PDFDocument,
): Diagnostic[] {
  const place = { deck: deck.source.path };
  const pages = document.getPages();
  if (plan.pageCount !== undefined && pages.length !== plan.pageCount) {
    const message = `the ${output.kind} has ${pages.length} pages instead of ${plan.pageCount}`;
    return [diagnostic('PAGE_COUNT_MISMATCH', message, place, 'please report this deck as a bug')];
  }
  return (plan.pictures ?? []).flatMap((pictures, i) => {
    const page = pages[i];
    if (!page || pictures.length === 0) return [];
    const drawn = drawnBoxes(page);
    const sheet = { x: 0, y: 0, width: plan.page.widthPx, height: plan.page.heightPx };
    return pictures
      .filter(({ url, box }) => !blank.has(url) && !isDrawn(box, isVector(url, served), drawn, sheet))
      .map(({ url }) => {
        const slide = layout.slides.find((one) =>
          one.pages.some((p) => p.pictures.some((q) => q.url === url)),
        );
        const message = `page ${i + 1} of the ${output.kind} does not show the whole of ${url}`;
        const where = { ...place, line: slide?.line, slide: slide?.number, url };
        return diagnostic('PICTURE_NOT_DRAWN', message, where, 'please report this deck as a bug');
      });
  });
}

/** Rounding in layout and print moves edges by less than this. */
const TOLERANCE_PX = 2;

function isDrawn(box: Box, vector: boolean, drawn: Drawn, sheet: Box): boolean {
  if (box.width < 1 || box.height < 1) return true;
  if (!contains(sheet, box)) return false;
  // A vector picture is painted within its box; a raster one fills it, or more where its author crops it.
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
