import { createHash } from 'node:crypto';
import type { Page } from 'puppeteer';
import { whilePageLives } from '../browser/deadline.ts';
import { type Serve, serveThrough } from '../browser/gateway.ts';
import type { Deck, Print, PrintPlan } from './model.ts';
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
  const url = deckFolderUrl(deck);
  const wait = { timeoutMs: options.timeoutMs, signal: options.signal };
  const served = new Map<string, { type: string; sha256: string }>();
  await serveThrough(page, async (request) => {
    if (request.url === url) return { type: 'text/html; charset=utf-8', bytes: plan.html };
    const resource = await serve(request);
    if (resource) {
      const sha256 = createHash('sha256').update(resource.bytes).digest('hex');
      served.set(request.url, { type: resource.type, sha256 });
    }
    return resource;
  });
  await page.setJavaScriptEnabled(false);
  await page.setViewport({ width: Math.ceil(plan.page.widthPx), height: Math.ceil(plan.page.heightPx) });
  await whilePageLives(page, { ...wait, doing: 'loading a document to print' }, async () => {
    await page.goto(url, { waitUntil: 'load', timeout: 0 });
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
  });
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
  return { plan, pdf, served };
}
