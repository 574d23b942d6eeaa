import type { CDPSession, Page } from 'puppeteer';
import type { Size } from '../model/model.ts';

export interface WindowOptions {
  /** Device pixels for each CSS pixel. */
  readonly scale: number;
  /** Whether screenshots are taken of it. */
  readonly isSeen: boolean;
}

/**
 * Painting all that is in and near a window costs a tenth of what Chromium does for a deck, and a print does not need it: so
 * what nobody sees is painted smaller. Layout knows nothing of this factor, which is above the page.
 */
const UNSEEN = 0.01;

const clients = new WeakMap<Page, Promise<CDPSession>>();

/** Gives a page a window of a size, in whole CSS pixels. */
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
    scale: isSeen ? 1 : UNSEEN,
  });
}

/** What the window shows now, as PNG. */
export async function photograph(page: Page): Promise<Uint8Array> {
  const client = await clientOf(page);
  const { data } = await client.send('Page.captureScreenshot', { format: 'png', optimizeForSpeed: true });
  return Buffer.from(data, 'base64');
}

/**
 * Chromium has a window in mind for each client, and takes its screenshots as large as that. So both come from the same one,
 * and puppeteer's `setViewport`, which can't paint less, must not be mixed with these.
 */
function clientOf(page: Page): Promise<CDPSession> {
  const client = clients.get(page) ?? page.createCDPSession();
  clients.set(page, client);
  return client;
}
