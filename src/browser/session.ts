import type { Browser, BrowserContext, Page } from 'puppeteer';
import { PageLostError } from './deadline.ts';
import { type LaunchOptions, launchBrowser, type RunningBrowser } from './launch.ts';

/** One browser for all decks of a run, started when the first page is wanted and again after a crash. */
export interface BrowserSession {
  /** Starts the browser already, and opens so many pages in it, so that they are there when they are wanted. */
  warmUp(pages: number): void;
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
  const spares: Promise<OpenPage>[] = [];
  const open = async (): Promise<OpenPage> => openPage((await browser()).browser);
  try {
    return await fn({
      warmUp: (pages) => {
        for (let i = 0; i < pages; i++) {
          const page = open();
          page.catch(() => undefined);
          spares.push(page);
        }
      },
      version: async () => (await browser()).browser.version(),
      withPage: async (use) => {
        const spare = await spares.shift()?.catch(() => undefined);
        const { page, context } = spare?.context.browser().connected ? spare : await open();
        try {
          return await use(page);
        } catch (error) {
          // Whatever was under way: its error only says that nobody answers any more.
          if (context.browser().connected || error instanceof PageLostError) throw error;
          throw new PageLostError('the browser went away', { cause: error });
        } finally {
          await context.close().catch(() => undefined);
        }
      },
    });
  } finally {
    await Promise.all(launched.map((one) => one.then(({ close }) => close()).catch(() => undefined)));
  }
}

interface OpenPage {
  readonly context: BrowserContext;
  readonly page: Page;
}

async function openPage(browser: Browser): Promise<OpenPage> {
  const context = await browser.createBrowserContext();
  const page = await context.newPage();
  // A page in the background never fires requestAnimationFrame, and reveal.js waits for it.
  const client = await page.createCDPSession();
  await client.send('Emulation.setFocusEmulationEnabled', { enabled: true });
  return { context, page };
}
