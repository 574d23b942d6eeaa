import type { HTTPRequest, Page } from 'puppeteer';
import type { Resource } from '../model/model.ts';
import { type Traffic, trafficOf } from './traffic.ts';

export interface ResourceRequest {
  /** Absolute, without its fragment. */
  readonly url: string;
  /** As Chromium names it: `image`, `stylesheet`, `font`, `script`, `document`, … */
  readonly kind: string;
}

/** Answers what a page asks for, or leaves it unanswered: the page then sees a failed request, as where this throws. */
export type Serve = (request: ResourceRequest) => Promise<Resource | undefined>;

/**
 * Puts a function between a page and the world: every request of the page ends here and none goes on to a network.
 * What slips past interception (WebSockets, preconnects) is stopped by the browser's own flags, see `launch.ts`.
 */
export async function serveThrough(page: Page, serve: Serve): Promise<void> {
  await page.setRequestInterception(true);
  page.on('request', (request) => {
    void answer(request, serve, trafficOf(page.browser())).catch(() => {
      // The page is gone, and its requests with it.
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
  // A request without an answer would keep its page waiting until the deadline.
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

/** As `HTTPRequest.respond` does it, which takes 7 ms for the base64 of a theme of reveal.js instead of half of one. */
async function respond(request: HTTPRequest, type: string, body: Buffer): Promise<void> {
  const headers = {
    'content-type': type,
    'content-length': String(body.length),
    // A page may draw a picture on a canvas and read it back, as some chart libraries do.
    'access-control-allow-origin': '*',
  };
  await request.client.send('Fetch.fulfillRequest', {
    // It has no public name.
    requestId: (request as unknown as { readonly _interceptionId: string })._interceptionId,
    responseCode: 200,
    responsePhrase: 'OK',
    responseHeaders: Object.entries(headers).map(([name, value]) => ({ name, value })),
    body: body.toString('base64'),
  });
}
