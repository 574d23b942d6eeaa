import type { Browser, Page } from 'puppeteer';
import { browserLoss, type Loss, pageLoss } from './crashes.ts';
import { trafficOf } from './traffic.ts';

/** The page or its browser is gone, or did not answer in time. */
export class PageLostError extends Error {
  override readonly name = 'PageLostError';
  readonly loss: Loss;

  constructor(message: string, options: { readonly loss?: Loss; readonly cause?: unknown } = {}) {
    super(message, { cause: options.cause });
    this.loss = options.loss ?? 'crashed';
  }

  get timedOut(): boolean {
    return this.loss === 'no-answer';
  }
}

/** The reason why a process ended is known shortly after its end. */
const SAY_WHY_MS = 200;

const ENDED: Readonly<Record<Exclude<Loss, 'no-answer'>, string>> = {
  memory: 'ran out of memory',
  killed: 'was killed',
  crashed: 'crashed',
};

export interface Wait {
  readonly timeoutMs: number;
  /** What the call waits for, in words that fit after “while”. */
  readonly doing: string;
  readonly signal?: AbortSignal | undefined;
}

/**
 * Waits for a call into a page, but not longer than the page lives. After its renderer crashed, calls hang for minutes,
 * although the page reports the crash at once.
 *
 * @throws PageLostError, or the signal's reason.
 */
export async function whilePageLives<T>(page: Page, wait: Wait, call: () => Promise<T>): Promise<T> {
  const browser: Browser = page.browser();
  trafficOf(browser).calls++;
  const cleanUp: (() => void)[] = [];
  let isEnding = false;
  let sayGone = (): void => undefined;
  const lost = new Promise<never>((_, reject) => {
    const ended = (what: string, lossOf: () => Loss | Promise<Loss>) => (): void => {
      isEnding = true;
      setTimeout(async () => {
        const loss = await lossOf();
        const how = loss === 'no-answer' ? 'crashed' : ENDED[loss];
        reject(new PageLostError(`${what} ${how} while ${wait.doing}`, { loss }));
      }, SAY_WHY_MS);
    };
    const crashed = ended('the page', () => pageLoss(page));
    const disconnected = ended('the browser', () => browserLoss(browser));
    sayGone = disconnected;
    const late = (): void => {
      const message = `no answer for ${wait.timeoutMs / 1000} s while ${wait.doing}`;
      reject(new PageLostError(message, { loss: 'no-answer' }));
    };
    // Not once(): puppeteer's off() does not find listeners that were added with it.
    page.on('error', crashed);
    browser.on('disconnected', disconnected);
    const timer = setTimeout(late, wait.timeoutMs);
    const aborted = (): void => reject(wait.signal?.reason);
    wait.signal?.addEventListener('abort', aborted);
    cleanUp.push(() => {
      page.off('error', crashed);
      browser.off('disconnected', disconnected);
      clearTimeout(timer);
      wait.signal?.removeEventListener('abort', aborted);
    });
  });
  lost.catch(() => undefined);
  try {
    wait.signal?.throwIfAborted();
    if (!browser.connected) sayGone();
    return await (isEnding ? lost : Promise.race([call(), lost]));
  } catch (error) {
    if (wait.signal?.aborted || error instanceof PageLostError) throw error;
    // The call failed before the reason of the crash was known.
    if (!browser.connected && !isEnding) sayGone();
    if (isEnding) return await lost;
    throw error;
  } finally {
    for (const undo of cleanUp) undo();
  }
}

/**
 * Waits for a call into a browser, but not longer than it is connected. Some promises of puppeteer never settle when the
 * browser ends, and Node exits when it waits for nothing but such a promise.
 *
 * @throws PageLostError
 */
export async function whileBrowserLives<T>(browser: Browser, call: () => Promise<T>): Promise<T> {
  let disconnected = (): void => undefined;
  const lost = new Promise<never>((_, reject) => {
    disconnected = () => reject(new PageLostError('the browser closed unexpectedly'));
  });
  browser.on('disconnected', disconnected);
  try {
    if (!browser.connected) disconnected();
    return await Promise.race([call(), lost]);
  } finally {
    browser.off('disconnected', disconnected);
  }
}
