import pLimit from 'p-limit';
import type { Page } from 'puppeteer';
import type { BrowserSession, PageSource } from '../../src/browser/session.ts';

/** Decks after which pages are replaced: what they hold on to must not count as that of a deck. */
const DECKS_PER_PAGE = 25;
/** Of all builds that go on at a time. */
const MOST_PAGES = 16;

/** Pages that are used again, by one deck after the other. */
interface Pool {
  readonly source: Promise<PageSource>;
  /** Closes its pages. */
  readonly end: () => void;
  decks: number;
  users: number;
}

function startPool(session: BrowserSession): Pool {
  let end = (): void => undefined;
  const ended = new Promise<void>((resolve) => {
    end = resolve;
  });
  const source = new Promise<PageSource>((resolve, reject) => {
    session
      .sharePages(MOST_PAGES, (pages) => {
        resolve(pages);
        return ended;
      })
      .catch(reject);
  });
  return { source, end, decks: 0, users: 0 };
}

/**
 * A session whose pages are used again by builds, also by those of other decks; `withPage` gives a new one. To start a page and its process takes a quarter of what a deck
 * of one slide takes. Nothing of a deck stays in a page: decks run no programs, and what one document holds ends with it.
 */
export function usingPagesAgain(session: BrowserSession): BrowserSession {
  let current: Pool | undefined;
  const take = (): Pool => {
    const before = current;
    if (before && before.decks < DECKS_PER_PAGE) return before;
    current = startPool(session);
    if (before?.users === 0) before.end();
    return current;
  };
  const withPool = async <T>(use: (pages: PageSource) => Promise<T>): Promise<T> => {
    const pool = take();
    pool.decks++;
    pool.users++;
    try {
      return await use(await pool.source);
    } finally {
      pool.users--;
      if (pool.users === 0 && pool !== current) pool.end();
    }
  };
  const over: BrowserSession = {
    ...session,
    // The page that a run before left is there already.
    warmUp: () => undefined,
    sharePages: (most, use) => {
      const limit = pLimit(most);
      return withPool((pages) =>
        use({ ...pages, withPage: (inPage) => limit(() => pages.withPage(inPage)) }),
      );
    },
    lend: (use, signal) => {
      const withPage: PageSource['withPage'] = (inPage) => withPool((pages) => pages.withPage(inPage));
      return lendPages({ ...over, withPage }, use, signal);
    },
  };
  return over;
}

/** Closes what is in use when the run is given up, and nothing else. */
async function lendPages<T>(
  session: BrowserSession,
  use: (session: BrowserSession) => Promise<T>,
  signal: AbortSignal | undefined,
): Promise<T> {
  signal?.throwIfAborted();
  const inUse = new Set<Page>();
  const noting = ({ withPage }: PageSource): PageSource['withPage'] => {
    return (inPage) =>
      withPage(async (page) => {
        inUse.add(page);
        try {
          return await inPage(page);
        } finally {
          inUse.delete(page);
        }
      });
  };
  const closePages = async (): Promise<void> => {
    const closing = [...inUse].map((page) => page.browserContext().close());
    await Promise.allSettled(closing);
  };
  const onAbort = (): void => void closePages();
  signal?.addEventListener('abort', onAbort, { once: true });
  const lent: BrowserSession = {
    ...session,
    renew: closePages,
    withPage: noting(session),
    sharePages: (most, inPages) =>
      session.sharePages(most, (pages) => inPages({ ...pages, withPage: noting(pages) })),
  };
  try {
    return await use(lent);
  } finally {
    signal?.removeEventListener('abort', onAbort);
  }
}
