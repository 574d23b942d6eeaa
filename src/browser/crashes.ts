import type { Browser, CDPSession, Page } from 'puppeteer';

/** Why a page is gone, or as good as gone. */
export type Loss = 'memory' | 'killed' | 'no-answer' | 'crashed';

/** The signals by which Chromium ends a process that can't have more memory, or finds itself in disorder. */
const GIVES_UP = new Set(['SIGTRAP', 'SIGILL', 'SIGABRT', 4, 5, 6]);
const KILLED = new Set(['SIGKILL', 'SIGTERM', 9, 15]);

const crashed = new WeakMap<Browser, Promise<Map<string, number>>>();
const targets = new WeakMap<Page, string>();

/** Has the browser say how its pages end. puppeteer hears only that they do. */
export async function watchCrashes(page: Page, client: CDPSession): Promise<void> {
  const browser = page.browser();
  const codes = crashed.get(browser) ?? listen(browser);
  crashed.set(browser, codes);
  await codes;
  const { targetInfo } = await client.send('Target.getTargetInfo');
  targets.set(page, targetInfo.targetId);
}

async function listen(browser: Browser): Promise<Map<string, number>> {
  const codes = new Map<string, number>();
  const client = await browser.target().createCDPSession();
  client.on('Target.targetCrashed', ({ targetId, errorCode }) => void codes.set(targetId, errorCode));
  await client.send('Target.setDiscoverTargets', { discover: true });
  return codes;
}

/** How a page that crashed ended. */
export async function pageLoss(page: Page): Promise<Loss> {
  const codes = await crashed.get(page.browser());
  return lossBy(codes?.get(targets.get(page) ?? ''));
}

/** How a browser that went away ended. */
export function browserLoss(browser: Browser): Loss {
  return lossBy(browser.process()?.signalCode ?? undefined);
}

function lossBy(signal: string | number | undefined): Loss {
  if (signal === undefined) return 'crashed';
  if (KILLED.has(signal)) return 'killed';
  return GIVES_UP.has(signal) ? 'memory' : 'crashed';
}
