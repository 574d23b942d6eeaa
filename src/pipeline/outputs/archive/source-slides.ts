import type { Page } from 'puppeteer';
import { whilePageLives } from '../../../browser/deadline.ts';
import { ownDocument, serveThrough } from '../../../browser/gateway.ts';
import { setWindow } from '../../../browser/window.ts';
import type { Deck, Resource } from '../../../model/model.ts';
import type { Input } from '../../contract/input.ts';
import type { Resources } from '../../localize/localize.ts';
import { serveFile } from '../../localize/serve.ts';
import { awaitReady, stub } from '../../present/measure.ts';
import { requestedUrl } from '../../site/picture-url.ts';
import { type SourceSlides, takeDownSource } from './page/take-down-source.ts';

export interface TakeDownOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** The source of a live presentation. */
export interface TakenDown extends SourceSlides {
  /** The fonts that it uses, by canonical URL. */
  readonly fonts: ReadonlyMap<string, Resource>;
}

/**
 * Makes the plugins of reveal.js convert a deck to HTML in the browser: its source is parsed, code highlighted, formulas
 * rendered and diagrams drawn. Nothing is laid out yet.
 *
 * @throws PageLostError
 */
export async function takeDownSlides(
  deck: Deck,
  input: Input,
  options: TakeDownOptions,
  resources: Resources,
  page: Page,
): Promise<TakenDown> {
  const { timeoutMs } = options;
  const wait = { timeoutMs, signal: options.signal };
  const site = await input.open(deck, { timeoutMs, view: 'source' });
  const fonts = new Map<string, Resource>();
  await serveThrough(page, async (request) => {
    const own = ownDocument(request, { url: deck.site.url, html: site.html });
    if (own) return own;
    // A diagram may be as large as an image in it.
    if (request.kind === 'image') return stub(await resources.image(request.url), deck);
    const file = await serveFile(request, deck, resources);
    if (file && request.kind === 'font') fonts.set(requestedUrl(request.url), file);
    return file;
  });
  await setWindow(page, deck.size, { scale: 1, isSeen: false });
  await whilePageLives(page, { ...wait, doing: 'loading the deck for its archive' }, async () => {
    await page.goto(deck.site.url, { waitUntil: 'load', timeout: 0 });
    await awaitReady(page, deck);
  });
  const taken = await whilePageLives(page, { ...wait, doing: 'capturing the slides for its archive' }, () =>
    page.evaluate(takeDownSource, timeoutMs / 2),
  );
  return { ...taken, fonts };
}
