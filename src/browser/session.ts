import type { Browser, BrowserContext, Page } from 'puppeteer';
import { PageLostError, whileBrowserLives } from './deadline.ts';
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
  /** A page opened ahead, unless it went away with an earlier browser. */
  const takeSpare = async (started: Browser): Promise<OpenPage | undefined> => {
    for (let spare = spares.shift(); spare; spare = spares.shift()) {
      const opened = await spare.catch(() => undefined);
      if (opened?.context.browser() === started) return opened;
    }
    return undefined;
  };
  try {
    return await fn({
      warmUp: (pages) => {
        for (let i = 0; i < pages; i++) {
          const page = browser().then(({ browser: started }) => openPage(started));
          page.catch(() => undefined);
          spares.push(page);
        }
      },
      version: async () => (await browser()).browser.version(),
      withPage: async (use) => {
        const { browser: started } = await browser();
        try {
          const spare = await takeSpare(started);
          return await withOpenPage(spare ?? (await openPage(started)), use);
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

interface OpenPage {
  readonly context: BrowserContext;
  readonly page: Page;
}

async function withOpenPage<T>({ page, context }: OpenPage, use: (page: Page) => Promise<T>): Promise<T> {
  try {
    return await use(page);
  } finally {
    await whileBrowserLives(context.browser(), () => context.close()).catch(() => undefined);
  }
}

function openPage(browser: Browser): Promise<OpenPage> {
  return whileBrowserLives(browser, async () => {
    const context = await browser.createBrowserContext();
    const page = await context.newPage();
    // A page in the background never fires requestAnimationFrame, and reveal.js waits for it.
    const client = await page.createCDPSession();
    await client.send('Emulation.setFocusEmulationEnabled', { enabled: true });
    return { context, page };
  });
}
