import type { Page } from 'puppeteer';
import { whilePageLives } from '../browser/deadline.ts';
import type { Serve } from '../browser/gateway.ts';
import { applyInk } from '../browser/page/apply-ink.ts';
import { blankPictures } from '../browser/page/blank-pictures.ts';
import { findGlyphs } from '../browser/page/find-glyphs.ts';
import type { BrowserSession } from '../browser/session.ts';
import { dataUrl } from '../images/data-url.ts';
import type { Settings } from '../options.ts';
import type { Deck, PlacedPicture, PrintedDocument, Resource, Size } from './model.ts';
import { type CaptureOptions, noting, openDocument } from './open-document.ts';
import type { Typesetter } from './outputs/output.ts';
import { isVector } from './page-pictures.ts';

/** A document for the browser to print. */
export interface PrintableDocument {
  readonly html: string;
  /** Paper, in CSS pixels of 1/96 inch. */
  readonly page: Size;
  readonly ink: Settings['ink'];
  /** Those that must be seen on it. */
  readonly pictures: readonly PlacedPicture[];
}

/**
 * Prints one document. It holds no script and nothing that has to be waited for but stylesheets, fonts and the pictures it was
 * given.
 *
 * @throws PageLostError
 */
export async function capturePrint(
  deck: Deck,
  { html, page: size, ink, pictures }: PrintableDocument,
  options: CaptureOptions,
  serve: Serve,
  page: Page,
): Promise<PrintedDocument> {
  const wait = { timeoutMs: options.timeoutMs, signal: options.signal };
  const { served, noted } = noting(serve);
  const drawings = new Map<string, Resource>();
  await openDocument(deck, { html, page: size }, PAPER, options, page, async (request) => {
    const resource = await noted(request);
    if (resource && isVector(request.url, served)) drawings.set(request.url, resource);
    return resource;
  });
  if (ink !== 'full')
    await whilePageLives(page, { ...wait, doing: 'sparing ink' }, () => page.evaluate(applyInk, ink));
  await whilePageLives(page, { ...wait, doing: 'looking for letters' }, () =>
    page.evaluate(findGlyphs, { boxed: true }),
  );
  const vectors = [...new Set(pictures.map(({ url }) => url))]
    .filter((url) => isVector(url, served))
    .map((url) => {
      const drawing = drawings.get(url);
      return { url, data: drawing ? dataUrl(drawing.type, drawing.bytes) : url };
    });
  const blank = await whilePageLives(page, { ...wait, doing: 'looking for blank pictures' }, () =>
    page.evaluate(blankPictures, vectors),
  );
  const pdf = await whilePageLives(page, { ...wait, doing: 'printing' }, () =>
    page.pdf({
      width: `${size.widthPx}px`,
      height: `${size.heightPx}px`,
      preferCSSPageSize: true,
      printBackground: true,
      tagged: true,
      outline: false,
      waitForFonts: false,
      timeout: 0,
    }),
  );
  return { html, pdf, served, blank: new Set(blank) };
}

/** What is measured must be what is printed. */
const PAPER = { media: 'print', scale: 1 } as const;

/** Lays out what an output asks for, with the deck's styles and the pictures that are there by now. */
export function typesetterFor(
  deck: Deck,
  options: CaptureOptions,
  serve: Serve,
  session: Pick<BrowserSession, 'withPage'>,
): Typesetter {
  const wait = { timeoutMs: options.timeoutMs, signal: options.signal, doing: 'setting text' };
  return {
    evaluate: (document, inPage, argument) =>
      session.withPage(async (page) => {
        await openDocument(deck, document, PAPER, options, page, serve);
        return whilePageLives(page, wait, () => page.evaluate(inPage as never, argument));
      }),
  };
}
