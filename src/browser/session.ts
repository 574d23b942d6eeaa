import pLimit from 'p-limit';
import type { Browser, BrowserContext, Page } from 'puppeteer';
import { watchCrashes } from './crashes.ts';
import { PageLostError, whileBrowserLives } from './deadline.ts';
import { serveNothing } from './gateway.ts';
import { type LaunchOptions, launchBrowser, type RunningBrowser } from './launch.ts';
import { type Traffic, trafficOf } from './traffic.ts';

/** A browser for all decks of a run. It starts when the first page is needed, and again after a crash. */
export interface BrowserSession {
  /** Starts the browser and opens this number of pages in advance. */
  warmUp(pages: number): void;
  version(): Promise<string>;
  /** Of the browser that was started last. */
  traffic(): Promise<Traffic>;
  /** Runs `fn` with a page in a context of its own, so that no deck sees what another one left behind. */
  withPage<T>(fn: (page: Page) => Promise<T>): Promise<T>;
  /** Ends the browser, unless it belongs to another session. The next page opens in a new one. No page may be in use. */
  renew(): Promise<void>;
  /**
   * Runs `fn` with a session that reuses its pages, for one deck only: a page may still contain what its previous use left.
   * At most this number of pages is open at a time. All are closed at the end.
   */
  sharePages<T>(most: number, fn: (session: PageSource) => Promise<T>): Promise<T>;
  /**
   * Runs `fn` with a session over the same browser, for a run that must not change the browser. Pages that are still open at
   * its end, or when `signal` aborts, are closed.
   */
  lend<T>(fn: (session: BrowserSession) => Promise<T>, signal?: AbortSignal): Promise<T>;
}

/** A source of pages. */
export type PageSource = Pick<BrowserSession, 'withPage' | 'version'>;

/** A session that lives until it is closed, for callers that cannot own it lexically. */
export interface OpenBrowserSession extends BrowserSession {
  /** Ends every browser that the session started. Never throws. */
  close(): Promise<void>;
}

/** @param prepare is called when the first page is needed. */
export function openBrowserSession(
  prepare: () => Promise<LaunchOptions>,
  signal?: AbortSignal,
): OpenBrowserSession {
  let options: Promise<LaunchOptions> | undefined;
  let running: Promise<RunningBrowser> | undefined;
  const launched: Promise<RunningBrowser>[] = [];
  const browser = async (): Promise<Browser> => {
    const current = running;
    if (current) {
      const { browser: started } = await current;
      if (started.connected) return started;
    }
    // If several callers find that the browser is gone, only the first one starts another.
    if (running === current) {
      options ??= prepare();
      running = options.then((ready) => launchBrowser(ready, signal));
      running.catch(() => undefined);
      launched.push(running);
    }
    return browser();
  };
  const over = sessionOver(browser);
  return {
    ...over,
    renew: async () => {
      const current = running;
      running = undefined;
      await current?.then(({ close }) => close()).catch(() => undefined);
    },
    close: async () => {
      await Promise.all(launched.map((one) => one.then(({ close }) => close()).catch(() => undefined)));
    },
  };
}

/** A session whose browser is started and ended elsewhere. */
function sessionOver(start: () => Promise<Browser>): BrowserSession & { closePages(): Promise<void> } {
  let last: Browser | undefined;
  const browser = async (): Promise<Browser> => {
    last = await start();
    return last;
  };
  const spares: Promise<OpenPage>[] = [];
  const opened = new Set<OpenPage>();
  const open = async (started: Browser): Promise<OpenPage> => {
    const page = await openPage(started);
    opened.add(page);
    return page;
  };
  /** A page that was opened in advance, unless it belonged to an earlier browser. */
  const takeSpare = async (started: Browser): Promise<OpenPage | undefined> => {
    for (let spare = spares.shift(); spare; spare = spares.shift()) {
      const page = await spare.catch(() => undefined);
      if (page?.page.browser() === started) return page;
    }
    return undefined;
  };
  const close = async (page: OpenPage): Promise<void> => {
    opened.delete(page);
    await whileBrowserLives(page.page.browser(), page.close).catch(() => undefined);
  };
  const useBrowser = async <T>(use: (started: Browser) => Promise<T>): Promise<T> => {
    const started = await browser();
    try {
      return await use(started);
    } catch (error) {
      // Calls that were running fail; their errors only say that the browser does not answer any more.
      if (started.connected || error instanceof PageLostError) throw error;
      throw new PageLostError('the browser closed unexpectedly', { cause: error });
    }
  };
  const version = (): Promise<string> => useBrowser((started) => started.version());
  const closePages = async (): Promise<void> => {
    await Promise.allSettled(spares.splice(0));
    await Promise.all([...opened].map(close));
  };
  return {
    warmUp: (pages) => {
      // Pages that were not used serve the next request.
      for (let i = spares.length; i < pages; i++) {
        const page = browser().then(open);
        page.catch(() => undefined);
        spares.push(page);
      }
    },
    version,
    traffic: async () => trafficOf(last ?? (await browser())),
    withPage: (use) =>
      useBrowser(async (started) => {
        const page = (await takeSpare(started)) ?? (await open(started));
        try {
          return await use(page.page);
        } finally {
          await close(page);
        }
      }),
    sharePages: async (most, fn) => {
      const limit = pLimit(most);
      const idle: OpenPage[] = [];
      const takeIdle = (started: Browser): OpenPage | undefined => {
        const at = idle.findIndex(({ page }) => page.browser() === started);
        return at < 0 ? undefined : idle.splice(at, 1)[0];
      };
      const withPage: PageSource['withPage'] = (use) =>
        limit(() =>
          useBrowser(async (started) => {
            const page = takeIdle(started) ?? (await takeSpare(started)) ?? (await open(started));
            try {
              const result = await use(page.page);
              await forget(page.page);
              idle.push(page);
              return result;
            } catch (error) {
              await close(page);
              throw error;
            }
          }),
        );
      try {
        return await fn({ withPage, version });
      } finally {
        await Promise.all(idle.map(close));
      }
    },
    renew: closePages,
    lend: (fn, signal) => lendBrowser(browser, fn, signal),
    closePages,
  };
}

async function lendBrowser<T>(
  browser: () => Promise<Browser>,
  fn: (session: BrowserSession) => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  signal?.throwIfAborted();
  const { closePages, ...session } = sessionOver(async () => {
    signal?.throwIfAborted();
    return browser();
  });
  // Calls that were running in a page then end with an error of the page.
  const onAbort = (): void => void closePages();
  signal?.addEventListener('abort', onAbort, { once: true });
  try {
    return await fn(session);
  } finally {
    signal?.removeEventListener('abort', onAbort);
    await closePages();
  }
}

interface OpenPage {
  readonly page: Page;
  readonly close: () => Promise<void>;
}

/** Undoes settings of a use; the content of the page is replaced by the next use. */
async function forget(page: Page): Promise<void> {
  page.removeAllListeners('pageerror');
  await whileBrowserLives(page.browser(), () =>
    Promise.all([
      serveNothing(page),
      page.setJavaScriptEnabled(true),
      page.emulateMediaType(),
      page.emulateMediaFeatures([]),
    ]),
  );
}

/** Browsers whose first page was used. */
const begun = new WeakSet<Browser>();

/**
 * Opens a page in a context of its own. A browser starts with one that nobody has used; another one would need another
 * process.
 */
function openPage(browser: Browser): Promise<OpenPage> {
  const isFirst = !begun.has(browser);
  begun.add(browser);
  return whileBrowserLives(browser, async () => {
    const [first] = isFirst ? await browser.defaultBrowserContext().pages() : [];
    const context = first ? undefined : await browser.createBrowserContext();
    const page = first ?? (await (context as BrowserContext).newPage());
    // A page in the background never fires requestAnimationFrame, which reveal.js waits for.
    const client = await page.createCDPSession();
    await client.send('Emulation.setFocusEmulationEnabled', { enabled: true });
    await watchCrashes(page, client);
    return { page, close: () => (context ?? page).close() };
  });
}
