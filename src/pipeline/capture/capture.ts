import type { Page } from 'puppeteer';
import { whilePageLives } from '../../browser/deadline.ts';
import type { Serve } from '../../browser/gateway.ts';
import type { BrowserSession } from '../../browser/session.ts';
import { dataUrl } from '../../images/model/data-url.ts';
import type {
  Deck,
  Ink,
  Meeting,
  PaintedPicture,
  PlacedPicture,
  PrintedDocument,
  Resource,
  Size,
  Thing,
} from '../../model/model.ts';
import type { Typesetter } from '../contract/output.ts';
import type { Pictures } from '../optimize/optimize.ts';
import { findGlyphs } from '../present/page/find-glyphs.ts';
import { isVector } from '../present/page-pictures.ts';
import { type CaptureOptions, noting, openDocument } from './open-document.ts';
import { applyInk } from './page/apply-ink.ts';
import { blankPictures } from './page/blank-pictures.ts';
import { findMeetings } from './page/find-meetings.ts';
import { type PictureUse, pictureUses } from './page/picture-uses.ts';
import { fileOf, standInsFor } from './stand-ins.ts';

/** For images of dark slides that are printed on white paper. */
const DARK_DRAWINGS = "svg.deckhand-drawing[style*='--diagram-ground']:not(.deckhand-frame *)";

/** Everything that a document needs. */
export interface Served {
  readonly serve: Serve;
  readonly pictures: Pictures | undefined;
}

/** A document for the browser to print. */
export interface PrintableDocument {
  readonly html: string;
  /** Paper size, in CSS pixels of 1/96 inch. */
  readonly page: Size;
  readonly ink: Ink;
  /** Images that must be visible on it. */
  readonly pictures: readonly PlacedPicture[];
  /** Images that are shown by other means than an `img`; undefined if unknown. */
  readonly painted?: readonly PaintedPicture[];
  /** Things that must not overlap on a sheet; undefined: not checked. */
  readonly apart?: readonly Thing[] | undefined;
}

export interface PrintOptions extends CaptureOptions {
  /** Called when the browser has everything that it needs. */
  readonly onPrinting?: () => void;
}

/**
 * Prints one document. It has no scripts, and only its stylesheets and fonts have to be waited for: its images are stubs,
 * except for those that the browser has to draw.
 *
 * @throws PageLostError
 */
export async function capturePrint(
  deck: Deck,
  document: PrintableDocument,
  options: PrintOptions,
  { serve, pictures = NO_PICTURES }: Served,
  page: Page,
): Promise<PrintedDocument> {
  const step = <T>(doing: string, work: () => Promise<T>): Promise<T> =>
    whilePageLives(page, { timeoutMs: options.timeoutMs, signal: options.signal, doing }, work);
  const { html, page: size, painted } = document;
  const standIns = standInsFor(pictures, new Set(painted?.map(({ url }) => url)));
  const { served, noted } = noting(
    async (request) => fileOf(await pictures.get(request.url)) ?? serve(request),
  );
  const drawings = new Map<string, Resource>();
  const load = await openDocument(deck, { html, page: size }, PAPER, options, page, async (request) => {
    const isApart = pictures.apart.has(request.url);
    const resource = isApart ? await standIns.file(request.url) : await noted(request);
    if (resource && isVector(request.url, resource.type) && !isApart) drawings.set(request.url, resource);
    return resource;
  });
  const look = (): Promise<PictureUse[]> =>
    step('checking its images', () => page.evaluate(pictureUses, painted?.length !== 0));
  let uses = pictures.apart.size > 0 ? await look() : [];
  if (standIns.require(uses)) await load();
  for (;;) {
    const { pdf, blank, meetings } = await print();
    const seen = new Set(uses.flatMap(({ url, isSeen }) => (isSeen ? [url] : [])));
    const images = await standIns.resolve(pdf, seen);
    if (images) return { html, pdf, served, blank, images, meetings };
    await load();
    uses = await look();
  }

  async function print(): Promise<Pick<PrintedDocument, 'pdf' | 'blank' | 'meetings'>> {
    const { ink } = document;
    if (ink !== 'full') await step('sparing ink', () => page.evaluate(applyInk, ink));
    else if (document.html.includes('--diagram-ground'))
      await step('sparing ink', () => page.evaluate(applyInk, 'save' as const, DARK_DRAWINGS));
    await step('checking fonts for missing characters', () => page.evaluate(findGlyphs, { boxed: true }));
    const urls = new Set(document.pictures.map(({ url }) => url));
    const vectors = [...urls].flatMap((url) => {
      const drawing = drawings.get(url);
      if (drawing) return [{ url, data: dataUrl(drawing.type, drawing.bytes) }];
      return isVector(url, undefined) ? [{ url, data: url }] : [];
    });
    const blank =
      vectors.length > 0
        ? await step('finding blank images', () => page.evaluate(blankPictures, vectors))
        : [];
    const { apart = [] } = document;
    const meetings: Meeting[] =
      apart.length > 0 ? await step('checking its sheets', () => page.evaluate(findMeetings, apart)) : [];
    const pdf = await step('printing', () => {
      const printing = page.pdf({
        width: `${size.widthPx}px`,
        height: `${size.heightPx}px`,
        preferCSSPageSize: true,
        printBackground: true,
        tagged: true,
        outline: false,
        waitForFonts: false,
        timeout: 0,
      });
      options.onPrinting?.();
      return printing;
    });
    return { pdf, blank: new Set(blank), meetings };
  }
}

const NO_PICTURES: Pictures = {
  apart: new Map(),
  get: async () => undefined,
  all: async () => ({ pictures: new Map(), diagnostics: [] }),
};

/** The print must have the same stylesheets as the measured layout. */
const PAPER = { media: 'print', scale: 1 } as const;

/** Lays out text for an output, with the deck's styles and the images that are available by now. */
export function typesetterFor(
  deck: Deck,
  options: CaptureOptions,
  { serve, pictures = NO_PICTURES }: Served,
  session: Pick<BrowserSession, 'withPage'>,
): Typesetter {
  const wait = { timeoutMs: options.timeoutMs, signal: options.signal, doing: 'setting text' };
  return {
    evaluate: (document, inPage, argument) =>
      session.withPage(async (page) => {
        const standIns = standInsFor(pictures, new Set());
        const serveAny: Serve = async (request) => (await standIns.file(request.url)) ?? serve(request);
        await openDocument(deck, document, PAPER, options, page, serveAny);
        return whilePageLives(page, wait, () => page.evaluate(inPage as never, argument));
      }),
  };
}
