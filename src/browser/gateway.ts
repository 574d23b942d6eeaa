import type { CDPSession, Page, Protocol } from 'puppeteer';
import type { Resource } from '../model/model.ts';
import { type Traffic, trafficOf } from './traffic.ts';

export interface ResourceRequest {
  /** Absolute URL without its fragment. */
  readonly url: string;
  /**
   * As Chromium names it: `image`, `stylesheet`, `font`, `script`, `document`, …; the document of a frame within the page is a
   * `frame`.
   */
  readonly kind: string;
}

/** Answers a request of a page. If it returns nothing or throws, the page sees a failed request. */
export type Serve = (request: ResourceRequest) => Promise<Resource | undefined>;

/** The document of a page itself. A frame within it may have the same address, and would hold all of it again. */
export function ownDocument(
  request: ResourceRequest,
  page: { readonly url: string; readonly html: string },
): Resource | undefined {
  const isOwn = request.kind === 'document' && request.url === page.url;
  return isOwn ? { type: 'text/html; charset=utf-8', bytes: page.html } : undefined;
}

/** The current function that answers the requests of a page. */
interface Gate {
  serve: Serve;
  /** Id of the page's own frame. */
  readonly mainFrame: string;
}

const gates = new WeakMap<Page, Promise<Gate>>();

/**
 * Intercepts every request of a page with a function, which replaces an earlier one, so that none goes to a network. What
 * interception does not see (WebSockets, preconnects) is blocked by the browser's flags, see `launch.ts`.
 *
 * Uses Chromium's Fetch domain directly. puppeteer's interception adds six events of the Network domain to each request, and
 * takes 7 ms for the base64 of a reveal.js theme instead of half a millisecond.
 */
export async function serveThrough(page: Page, serve: Serve): Promise<void> {
  const opening = gates.get(page) ?? openGate(page);
  gates.set(page, opening);
  (await opening).serve = serve;
}

/** Leaves all further requests of a page unanswered, if it was served. */
export async function serveNothing(page: Page): Promise<void> {
  const gate = await gates.get(page);
  if (gate) gate.serve = async () => undefined;
}

async function openGate(page: Page): Promise<Gate> {
  const client = await page.createCDPSession();
  const { frameTree } = await client.send('Page.getFrameTree');
  const gate: Gate = { serve: async () => undefined, mainFrame: frameTree.frame.id };
  client.on('Fetch.requestPaused', (paused) => {
    void answer(client, paused, gate, trafficOf(page.browser())).catch(() => {
      // The page was closed together with its requests.
    });
  });
  await client.send('Fetch.enable', { patterns: [{ urlPattern: '*' }] });
  return gate;
}

async function answer(
  client: CDPSession,
  { requestId, request, resourceType, frameId }: Protocol.Fetch.RequestPausedEvent,
  { serve, mainFrame }: Gate,
  traffic: Traffic,
): Promise<void> {
  const url = request.url.replace(/#.*$/, '');
  if (url.startsWith('data:') || url.startsWith('blob:') || url === 'about:blank') {
    await client.send('Fetch.continueRequest', { requestId });
    return;
  }
  const isWithin = resourceType === 'Document' && frameId !== mainFrame;
  const asked = { url, kind: isWithin ? 'frame' : resourceType.toLowerCase() };
  // A request without an answer would block its page until the deadline.
  const resource = request.method === 'GET' ? await serve(asked).catch(() => undefined) : undefined;
  if (!resource) {
    await client.send('Fetch.failRequest', { requestId, errorReason: 'BlockedByClient' });
    return;
  }
  const body = Buffer.from(resource.bytes as Uint8Array);
  traffic.answers++;
  traffic.bytes += body.length;
  const headers = {
    'content-type': resource.type,
    'content-length': String(body.length),
    // A page may draw an image on a canvas and read it back, as some chart libraries do.
    'access-control-allow-origin': '*',
    // The next document may get another resource at the same address.
    'cache-control': 'no-store',
  };
  await client.send('Fetch.fulfillRequest', {
    requestId,
    responseCode: 200,
    responsePhrase: 'OK',
    responseHeaders: Object.entries(headers).map(([name, value]) => ({ name, value })),
    body: body.toString('base64'),
  });
}
