import { createHash } from 'node:crypto';
import type { Page } from 'puppeteer';
import { whilePageLives } from '../browser/deadline.ts';
import { type Serve, serveThrough } from '../browser/gateway.ts';
import { applyInk } from '../browser/page/apply-ink.ts';
import { blankPictures } from '../browser/page/blank-pictures.ts';
import { findGlyphs } from '../browser/page/find-glyphs.ts';
import type { BrowserSession } from '../browser/session.ts';
import type { Deck, Print, PrintPlan, Resource } from './model.ts';
import type { Typesetter } from './outputs/output.ts';
import { isVector } from './page-pictures.ts';
import { deckFolderUrl } from './site-urls.ts';

export interface CaptureOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Prints one planned document. It holds no script and nothing that has to be waited for but stylesheets, fonts and the
 * pictures it was given.
 *
 * @throws PageLostError
 */
export async function capturePrint(
  deck: Deck,
  plan: PrintPlan,
  options: CaptureOptions,
  serve: Serve,
  page: Page,
): Promise<Print> {
  const wait = { timeoutMs: options.timeoutMs, signal: options.signal };
  const served = new Map<string, { type: string; sha256: string }>();
  const drawings = new Map<string, string>();
  await openDocument(deck, plan, options, page, async (request) => {
    const resource = await serve(request);
    if (resource) {
      const sha256 = createHash('sha256').update(resource.bytes).digest('hex');
      served.set(request.url, { type: resource.type, sha256 });
      if (isVector(request.url, served)) drawings.set(request.url, dataUrl(resource));
    }
    return resource;
  });
  const { ink } = plan;
  if (ink) await whilePageLives(page, { ...wait, doing: 'sparing ink' }, () => page.evaluate(applyInk, ink));
  await whilePageLives(page, { ...wait, doing: 'looking for letters' }, () =>
    page.evaluate(findGlyphs, { boxed: true }),
  );
  const vectors = [...new Set(plan.pictures?.flat().map(({ url }) => url))]
    .filter((url) => isVector(url, served))
    .map((url) => ({ url, data: drawings.get(url) ?? url }));
  const blank = await whilePageLives(page, { ...wait, doing: 'looking for blank pictures' }, () =>
    page.evaluate(blankPictures, vectors),
  );
  const pdf = await whilePageLives(page, { ...wait, doing: 'printing' }, () =>
    page.pdf({
      width: `${plan.page.widthPx}px`,
      height: `${plan.page.heightPx}px`,
      preferCSSPageSize: true,
      printBackground: true,
      tagged: true,
      outline: false,
      waitForFonts: false,
      timeout: 0,
    }),
  );
  return { plan, pdf, served, blank: new Set(blank) };
}

function dataUrl({ type, bytes }: Resource): string {
  return `data:${type};base64,${Buffer.from(bytes).toString('base64')}`;
}

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
        await openDocument(deck, document, options, page, serve);
        return whilePageLives(page, wait, () => page.evaluate(inPage as never, argument));
      }),
  };
}

type PlannedDocument = Pick<PrintPlan, 'html' | 'page'>;

async function openDocument(
  deck: Deck,
  { html, page: size }: PlannedDocument,
  options: CaptureOptions,
  page: Page,
  serve: Serve,
): Promise<void> {
  const url = deckFolderUrl(deck);
  const wait = { timeoutMs: options.timeoutMs, signal: options.signal };
  await serveThrough(page, async (request) =>
    request.url === url ? { type: 'text/html; charset=utf-8', bytes: html } : serve(request),
  );
  await page.setJavaScriptEnabled(false);
  // What is measured must be what is printed.
  await page.emulateMediaType('print');
  await page.setViewport({ width: Math.ceil(size.widthPx), height: Math.ceil(size.heightPx) });
  await whilePageLives(page, { ...wait, doing: 'loading a document to print' }, async () => {
    await page.goto(url, { waitUntil: 'load', timeout: 0 });
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
  });
}
