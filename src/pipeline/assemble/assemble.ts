import { type PDFDocument, PDFHexString, type PDFRef } from 'pdf-lib';
import { type Diagnostic, diagnostic, type Outcome } from '../../model/diagnostics.ts';
import type { Artifact, Deck, Layout, PlacedImage, Print, PrintPlan } from '../../model/model.ts';
import type { OutputKind } from '../../model/output-kinds.ts';
import { type Attachment, attachSources } from '../../pdf/attachments.ts';
import { collectGarbage } from '../../pdf/collect-garbage.ts';
import { conform } from '../../pdf/conformance/conform.ts';
import type { FileMetadata, PdfA } from '../../pdf/conformance/xmp.ts';
import { findStubs } from '../../pdf/find-stubs.ts';
import { fingerprints, firstDifference } from '../../pdf/fingerprint.ts';
import { setDestinations } from '../../pdf/navigation/destinations.ts';
import { setFileLinks } from '../../pdf/navigation/file-links.ts';
import { setOutline } from '../../pdf/navigation/outline.ts';
import { setPageLabels } from '../../pdf/navigation/page-labels.ts';
import { putImages } from '../../pdf/put-images.ts';
import { renumberStructIds } from '../../pdf/structure/struct-ids.ts';
import type { Output } from '../contract/output.ts';
import { pdfPlace } from '../contract/places.ts';
import { checkShown } from './check-shown.ts';
import { openPrint } from './open-print.ts';

export interface AssembleOptions {
  /** Name and version of the tool. */
  readonly producer: string;
  /** Hash of everything that the print was made from, in hex. */
  readonly key: string;
  readonly pdfa: PdfA;
  /** Files to attach to the PDF. */
  readonly attachments: readonly Attachment[];
}

/** Language of decks that do not set one, as on reveal-md's pages. */
const DEFAULT_LANGUAGE = 'en';

/** The metadata of a file about its deck. */
export type AssembledDeck = Pick<Deck, 'source' | 'metadata' | 'date' | 'commit'>;

/** The slides that a file may show. */
export type AssembledSlides = Pick<Layout, 'slides'>;

type Kind = Pick<Output, 'kind'> | { readonly kind: OutputKind };

/** Turns the browser's print into the finished file, in place, so that tags and links are kept. */
export async function assemblePrint(
  deck: AssembledDeck,
  output: Kind,
  layout: AssembledSlides,
  print: Print,
  options: AssembleOptions,
): Promise<Outcome<readonly Artifact[]>> {
  const { document, unplaced } = await openPrint(print);
  const { bookmarks, destinations = [], fileLinks = [] } = print.plan;
  const stubs = stubsOf(document, print);
  const urls = new Map([...stubs].map(([reference, { url }]) => [reference, url]));
  const shown = checkShown(deck, output, layout, print, document, { stubs: urls, unplaced });
  putImages(document.context, new Map([...stubs].map(([reference, { image }]) => [reference, image])));
  const printed = fingerprints(document, fileLinks);
  setOutline(document, bookmarks);
  setDestinations(document, destinations);
  setFileLinks(document, fileLinks);
  if (print.plan.pageLabels) setPageLabels(document, print.plan.pageLabels);
  renumberStructIds(document);
  await attachSources(document, options.attachments, deck.date);
  const faults = conform(document, metadataOf(deck, options), print.plan.pageLabels);
  collectGarbage(document);
  const id = PDFHexString.of(options.key.slice(0, 32));
  document.context.trailerInfo.ID = document.context.obj([id, id]);
  const pages = document.getPageCount();
  const finished = fingerprints(document);
  const bytes = await document.save({ objectsPerTick: Number.POSITIVE_INFINITY, useObjectStreams: true });
  const diagnostics = [
    ...(print.plan.diagnostics ?? []),
    ...checkPageCount(deck, output, print.plan, pages),
    ...checkApart(deck, output, print),
    ...shown,
    ...checkFinished(deck, output, firstDifference(printed, finished)),
    ...notConforming(deck, output, faults),
  ];
  const { folder, name } = pdfPlace(deck.source, output.kind);
  const { slides, ink } = print.plan;
  const counted = { ...(slides ? { slides } : {}), ...(ink ? { ink } : {}) };
  return {
    value: [{ kind: output.kind, file: `${folder}/${name}`, bytes, pages, ...counted, key: options.key }],
    diagnostics,
  };
}

/** The image that replaces each stub. */
function stubsOf(document: PDFDocument, { sheets, frames }: Print): ReadonlyMap<PDFRef, PlacedImage> {
  const images = [...(sheets?.images ?? []), ...(frames?.images ?? [])];
  const byId = new Map(images.map((one) => [one.stub.id, one]));
  const found = findStubs(
    document.context,
    images.map(({ stub }) => stub),
  );
  return new Map(
    [...found].flatMap(([reference, id]) => {
      const one = byId.get(id);
      return one ? [[reference, one] as const] : [];
    }),
  );
}

function metadataOf(deck: AssembledDeck, { producer, pdfa }: AssembleOptions): FileMetadata {
  const { title, author, description, keywords, lang = DEFAULT_LANGUAGE, url } = deck.metadata;
  const {
    date,
    commit,
    metadata: { revision = commit },
  } = deck;
  return { title, author, description, keywords, lang, url, revision, producer, date, pdfa };
}

function checkPageCount(
  deck: AssembledDeck,
  output: Kind,
  { pageCount }: PrintPlan,
  pages: number,
): Diagnostic[] {
  if (pageCount === undefined || pages === pageCount) return [];
  const message = `the ${output.kind} has ${pages} pages instead of ${pageCount}`;
  return [
    diagnostic(
      'PAGE_COUNT_MISMATCH',
      message,
      { deck: deck.source.path },
      'this is a bug in Deckhand: please report it with the deck',
    ),
  ];
}

/** Overlapping content is illegible. Whoever chooses the type size learns where it is too large. */
function checkApart(deck: AssembledDeck, output: Kind, { sheets }: Print): Diagnostic[] {
  const meetings = sheets?.meetings ?? [];
  const [first] = meetings;
  if (!first) return [];
  const [one, other] = first.names;
  const more = meetings.length > 1 ? ` (and ${meetings.length - 1} more such places)` : '';
  const message = `page ${first.sheet + 1} of the ${output.kind} has ${one} printed over ${other}${more}`;
  const hint = `make type smaller in the stylesheet for the ${output.kind}; without one, this is a bug in Deckhand: please report it with the deck`;
  return [diagnostic('SHEET_OVERLAP', message, { deck: deck.source.path }, hint)];
}

/** Bookmarks, tags and metadata are added to the print; nothing may be removed from it. */
function checkFinished(deck: AssembledDeck, output: Kind, difference: string | undefined): Diagnostic[] {
  if (difference === undefined) return [];
  const message = `the finished ${output.kind} differs from what was printed: ${difference}`;
  return [
    diagnostic(
      'PRINT_CHANGED',
      message,
      { deck: deck.source.path },
      'this is a bug in Deckhand: please report it with the deck',
    ),
  ];
}

/** The file is complete and looks right, but users of screen readers and archives must not be told that it conforms. */
function notConforming(deck: AssembledDeck, output: Kind, faults: readonly string[]): Diagnostic[] {
  const [first] = faults;
  if (first === undefined) return [];
  const more = faults.length > 1 ? ` (and ${faults.length - 1} more)` : '';
  const message = `the ${output.kind} PDF does not conform to PDF/A and PDF/UA, and does not claim to: ${first}${more}`;
  const hint = 'build it with the bundled browser (without --browser), and report the deck as a bug';
  return [diagnostic('PDF_NOT_CONFORMING', message, { deck: deck.source.path }, hint)];
}
