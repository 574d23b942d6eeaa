import type { HTTPRequest, Page } from 'puppeteer';
import type { Resource } from '../model/model.ts';
import { type Traffic, trafficOf } from './traffic.ts';

export interface ResourceRequest {
  /** Absolute URL without its fragment. */
  readonly url: string;
  /** As Chromium names it: `image`, `stylesheet`, `font`, `script`, `document`, … */
  readonly kind: string;
}

/** Answers a request of a page. If it returns nothing or throws, the page sees a failed request. */
export type Serve = (request: ResourceRequest) => Promise<Resource | undefined>;

/**
 * Intercepts every request of a page, so that none goes to a network. What interception does not see (WebSockets,
 * preconnects) is blocked by the browser's flags, see `launch.ts`.
 */
export async function serveThrough(page: Page, serve: Serve): Promise<void> {
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    void answer(request, serve, trafficOf(page.browser())).catch(() => {
      // The page was closed together with its requests.
    });
  });
}

async function answer(request: HTTPRequest, serve: Serve, traffic: Traffic): Promise<void> {
  const url = request.url().replace(/#.*$/, '');
  if (url.startsWith('data:') || url.startsWith('blob:') || url === 'about:blank') {
    await request.continue();
    return;
  }
  const asked = { url, kind: request.resourceType() };
  // A request without an answer would block its page until the deadline.
  const resource = request.method() === 'GET' ? await serve(asked).catch(() => undefined) : undefined;
  if (!resource) {
    await request.abort('blockedbyclient');
    return;
  }
  const body = Buffer.from(resource.bytes as Uint8Array);
  traffic.answers++;
  traffic.bytes += body.length;
  await respond(request, resource.type, body);
}

/**
 * Does what `HTTPRequest.respond` does, which takes 7 ms for the base64 of a reveal.js theme; this takes half a millisecond.
 */
async function respond(request: HTTPRequest, type: string, body: Buffer): Promise<void> {
  const headers = {
    'content-type': type,
    'content-length': String(body.length),
    // A page may draw an image on a canvas and read it back, as some chart libraries do.
    'access-control-allow-origin': '*',
  };
  await request.client.send('Fetch.fulfillRequest', {
    // puppeteer has no public name for it.
    requestId: (request as unknown as { readonly _interceptionId: string })._interceptionId,
    responseCode: 200,
    responsePhrase: 'OK',
    responseHeaders: Object.entries(headers).map(([name, value]) => ({ name, value })),
    body: body.toString('base64'),
  });
}
