import type { Browser, Page } from 'puppeteer';

/** The page or its browser went away, or did not answer in time. */
export class PageLostError extends Error {
  override readonly name = 'PageLostError';
  readonly timedOut: boolean;

  constructor(message: string, options: { readonly timedOut?: boolean; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.timedOut = options.timedOut ?? false;
  }
}

export interface Wait {
  readonly timeoutMs: number;
  /** What is being waited for, in words that fit behind “while”. */
  readonly doing: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Waits for a call into a page, but no longer than the page lives. A crashed renderer leaves calls hanging for minutes
 * although the page says so at once.
 *
 * @throws PageLostError, or the signal's reason.
 */
export async function whilePageLives<T>(page: Page, wait: Wait, call: () => Promise<T>): Promise<T> {
  const browser: Browser = page.browser();
  const cleanUp: (() => void)[] = [];
  const lost = new Promise<never>((_, reject) => {
    const fail =
      (what: string, timedOut = false) =>
      () =>
        reject(new PageLostError(`${what} while ${wait.doing}`, { timedOut }));
    const crashed = fail('the page crashed');
    const disconnected = fail('the browser went away');
    // Not once(): puppeteer's off() does not find what that registered.
    page.on('error', crashed);
    browser.on('disconnected', disconnected);
    const timer = setTimeout(fail(`no answer for ${wait.timeoutMs / 1000} s`, true), wait.timeoutMs);
    const aborted = (): void => reject(wait.signal?.reason);
    wait.signal?.addEventListener('abort', aborted);
    cleanUp.push(() => {
      page.off('error', crashed);
      browser.off('disconnected', disconnected);
      clearTimeout(timer);
      wait.signal?.removeEventListener('abort', aborted);
    });
  });
  try {
    wait.signal?.throwIfAborted();
    if (!browser.connected) throw new PageLostError(`the browser went away while ${wait.doing}`);
    return await Promise.race([call(), lost]);
  } catch (error) {
    if (!browser.connected && !wait.signal?.aborted && !(error instanceof PageLostError)) {
      throw new PageLostError(`the browser went away while ${wait.doing}`, { cause: error });
    }
    throw error;
  } finally {
    for (const undo of cleanUp) undo();
  }
}

/**
 * Waits for a call into a browser, but no longer than it is connected: some of puppeteer's promises are never settled
 * when the browser goes away under them, and Node ends a program that waits for nothing but such a one.
 *
 * @throws PageLostError
 */
export async function whileBrowserLives<T>(browser: Browser, call: () => Promise<T>): Promise<T> {
  let disconnected = (): void => undefined;
  const lost = new Promise<never>((_, reject) => {
    disconnected = () => reject(new PageLostError('the browser went away'));
  });
  browser.on('disconnected', disconnected);
  try {
    if (!browser.connected) disconnected();
    return await Promise.race([call(), lost]);
  } finally {
    browser.off('disconnected', disconnected);
  }
}

/** Time that a call has to end by itself once it is aborted. */
const GRACE_MS = 3000;

/**
 * Waits for a call that was given `signal`, and does not trust it to end when that aborts. Rejects with its reason,
 * `graceMs` later.
 */
export async function unlessAborted<T>(
  signal: AbortSignal,
  call: () => Promise<T>,
  graceMs = GRACE_MS,
): Promise<T> {
  let grace: NodeJS.Timeout | undefined;
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => {
      grace = setTimeout(() => reject(signal.reason), graceMs);
    };
  });
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    signal.throwIfAborted();
    return await Promise.race([call(), aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    clearTimeout(grace);
  }
}
