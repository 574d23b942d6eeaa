import type { CDPSession, Page } from 'puppeteer';
import type { Size } from '../model/model.ts';

export interface WindowOptions {
  /** Device pixels for each CSS pixel. */
  readonly scale: number;
  /** Whether screenshots are taken of it. */
  readonly isSeen: boolean;
}

/**
 * Painting the window takes about a tenth of Chromium's time for a deck, but a print does not need it. So windows of which no
 * screenshot is taken are painted at this scale. It is applied to the finished page: layout and prints are not affected.
 */
const UNSEEN_SCALE = 0.01;

const clients = new WeakMap<Page, Promise<CDPSession>>();

/** Sets the size of a page's window, rounded up to whole CSS pixels. */
export async function setWindow(
  page: Page,
  { widthPx, heightPx }: Size,
  { scale, isSeen }: WindowOptions,
): Promise<void> {
  const client = await clientOf(page);
  await client.send('Emulation.setDeviceMetricsOverride', {
    width: Math.ceil(widthPx),
    height: Math.ceil(heightPx),
    deviceScaleFactor: scale,
    mobile: false,
    screenOrientation: { angle: 0, type: 'portraitPrimary' },
    scale: isSeen ? 1 : UNSEEN_SCALE,
  });
}

/** Takes a screenshot of the window, as PNG. */
export async function photograph(page: Page): Promise<Uint8Array> {
  const client = await clientOf(page);
  const { data } = await client.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true });
  return Buffer.from(data, 'base64');
}

/**
 * Chromium keeps the size of the window for each client, and uses it for screenshots. So the same client must set the size and
 * take the screenshots. Do not use puppeteer's `setViewport` on the same page: it has a client of its own.
 */
function clientOf(page: Page): Promise<CDPSession> {
  const client = clients.get(page) ?? page.createCDPSession();
  clients.set(page, client);
  return client;
}
