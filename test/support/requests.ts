import type { Page } from 'puppeteer';

interface Watch {
  /** Hears the URL of each request. */
  readonly asked: (url: string) => void;
  /** Hears the URL of each one that fails. */
  readonly failed?: (url: string) => void;
  /** Whether a request may go on. Default: every one may. */
  readonly allows?: (url: string) => boolean;
}

/** Listens to the requests of a page. puppeteer's own events do not tell of them: see `src/browser/gateway.ts`. */
export async function watchRequests(page: Page, { asked, failed, allows }: Watch): Promise<void> {
  const client = await page.createCDPSession();
  const urls = new Map<string, string>();
  client.on('Network.requestWillBeSent', ({ requestId, request: { url } }) => {
    urls.set(requestId, url);
    asked(url);
  });
  client.on('Network.loadingFailed', ({ requestId }) => failed?.(urls.get(requestId) ?? requestId));
  await client.send('Network.enable');
  if (!allows) return;
  client.on('Fetch.requestPaused', ({ requestId, request: { url } }) => {
    const answer = allows(url)
      ? client.send('Fetch.continueRequest', { requestId })
      : client.send('Fetch.failRequest', { requestId, errorReason: 'Failed' });
    // The page may be gone.
    void answer.catch(() => undefined);
  });
  await client.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
}
