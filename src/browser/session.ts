import type { Browser, Page } from 'puppeteer';
import { PageLostError } from './deadline.ts';
import { type LaunchOptions, launchBrowser, type RunningBrowser } from './launch.ts';

/** One browser for all decks of a run, started when the first page is wanted and again after a crash. */
export interface BrowserSession {
  /** Starts the browser already, so that it is there when the first page is wanted. */
  warmUp(): void;
  version(): Promise<string>;
  /** Runs `fn` with a page in a context of its own: no deck sees what another one left. */
  withPage<T>(fn: (page: Page) => Promise<T>): Promise<T>;
}

/** Runs `fn` with a session, and ends its browser afterwards. */
export async function withBrowserSession<T>(
  prepare: () => Promise<LaunchOptions>,
  fn: (session: BrowserSession) => Promise<T>,
  signal?: AbortSignal,
): Promise<T> {
  let options: Promise<LaunchOptions> | undefined;
  let running: Promise<RunningBrowser> | undefined;
  const launched: Promise<RunningBrowser>[] = [];
  const browser = async (): Promise<RunningBrowser> => {
    const current = running;
    if (current && (await current).browser.connected) return current;
    // Of several who find it gone only the first one starts another.
    if (running === current) {
      options ??= prepare();
      running = options.then((ready) => launchBrowser(ready, signal));
      running.catch(() => undefined);
      launched.push(running);
    }
    return browser();
  };
  try {
    return await fn({
      warmUp: () => void browser().catch(() => undefined),
      version: async () => (await browser()).browser.version(),
      withPage: async (use) => {
        const { browser: started } = await browser();
        try {
          return await withNewPage(started, use);
        } catch (error) {
          // Whatever was under way: its error only says that nobody answers any more.
          if (started.connected || error instanceof PageLostError) throw error;
          throw new PageLostError('the browser went away', { cause: error });
        }
      },
    });
  } finally {
    await Promise.all(launched.map((one) => one.then(({ close }) => close()).catch(() => undefined)));
  }
}

async function withNewPage<T>(browser: Browser, use: (page: Page) => Promise<T>): Promise<T> {
  const context = await browser.createBrowserContext();
  try {
    const page = await context.newPage();
    // A page in the background never fires requestAnimationFrame, and reveal.js waits for it.
    const client = await page.createCDPSession();
    await client.send('Emulation.setFocusEmulationEnabled', { enabled: true });
    return await use(page);
  } finally {
    await context.close().catch(() => undefined);
  }
}
