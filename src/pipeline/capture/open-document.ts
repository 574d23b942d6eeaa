import { createHash } from 'node:crypto';
import type { Page } from 'puppeteer';
import { whilePageLives } from '../../browser/deadline.ts';
import { ownDocument, type Serve, serveThrough } from '../../browser/gateway.ts';
import { setWindow } from '../../browser/window.ts';
import type { Deck, PrintedDocument, Size } from '../../model/model.ts';

export interface CaptureOptions {
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

/** The medium and pixel density with which a document is opened. Of `screen`, screenshots are taken. */
export interface Surface {
  readonly media: 'print' | 'screen';
  /** Device pixels for each CSS pixel. */
  readonly scale: number;
}

/**
 * Opens a document without scripts in a page of the given size, and waits for its stylesheets, fonts and images.
 *
 * @returns a function that loads it again.
 * @throws PageLostError
 */
export async function openDocument(
  deck: Deck,
  { html, page: size }: { readonly html: string; readonly page: Size },
  { media, scale }: Surface,
  options: CaptureOptions,
  page: Page,
  serve: Serve,
): Promise<() => Promise<void>> {
  const { url } = deck.site;
  const wait = { timeoutMs: options.timeoutMs, signal: options.signal };
  await Promise.all([
    serveThrough(page, async (request) => ownDocument(request, { url, html }) ?? serve(request)),
    page.setJavaScriptEnabled(false),
    page.emulateMediaType(media),
    setWindow(page, size, { scale, isSeen: media === 'screen' }),
  ]);
  const load = (): Promise<void> =>
    whilePageLives(page, { ...wait, doing: 'loading a document to print' }, async () => {
      await page.goto(url, { waitUntil: 'load', timeout: 0 });
      await page.evaluate(() => document.fonts.ready.then(() => undefined));
    });
  await load();
  return load;
}

/** Serves the same, and records what was served. */
export function noting(serve: Serve): { readonly served: PrintedDocument['served']; readonly noted: Serve } {
  const served = new Map<string, { type: string; sha256: string }>();
  const noted: Serve = async (request) => {
    const resource = await serve(request);
    if (resource) {
      const sha256 = createHash('sha256').update(resource.bytes).digest('hex');
      served.set(request.url, { type: resource.type, sha256 });
    }
    return resource;
  };
  return { served, noted };
}
