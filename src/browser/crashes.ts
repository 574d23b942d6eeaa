import { readFile } from 'node:fs/promises';
import type { Browser, CDPSession, Page } from 'puppeteer';

/** Why a page is gone or no longer responds. */
export type Loss = 'memory' | 'killed' | 'no-answer' | 'crashed';

/** The signals with which Chromium ends a process that cannot get more memory, or whose memory is corrupt. */
const GIVES_UP = new Set(['SIGTRAP', 'SIGILL', 'SIGABRT', 4, 5, 6]);
const KILLED = new Set(['SIGKILL', 'SIGTERM', 9, 15]);

/** Limit of the resident memory of one page's process. A deck of a thousand slides takes a third of it. */
const PAGE_MEMORY_BYTES = 1400 * 2 ** 20;
const LOOK_EVERY_MS = 300;
const MEMORY_PAGE_BYTES = 4096;

const crashed = new WeakMap<Browser, Promise<Map<string, number>>>();
/** Browsers that had a page ended because of its memory. */
const outgrown = new WeakSet<Browser>();
const targets = new WeakMap<Page, string>();

/** Makes the browser report how its pages end. puppeteer only reports that they do. */
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
  if (process.platform === 'linux') watchMemory(browser, client);
  return codes;
}

/** Besides its objects, a page's memory has no limit of its own: texts, styles, boxes. */
function watchMemory(browser: Browser, client: CDPSession): void {
  const look = async (): Promise<void> => {
    const { processInfo } = await client.send('SystemInfo.getProcessInfo');
    for (const { type, id } of processInfo) {
      if (type !== 'renderer' || (await residentBytes(id)) <= PAGE_MEMORY_BYTES) continue;
      outgrown.add(browser);
      process.kill(id, 'SIGKILL');
    }
  };
  // A process that has ended cannot be inspected.
  const timer = setInterval(() => void look().catch(() => undefined), LOOK_EVERY_MS).unref();
  browser.once('disconnected', () => clearInterval(timer));
}

/** proc(5), second field of `statm`. */
async function residentBytes(pid: number): Promise<number> {
  const statm = await readFile(`/proc/${pid}/statm`, 'utf8').catch(() => '');
  return Number(statm.split(' ')[1] ?? 0) * MEMORY_PAGE_BYTES;
}

/** How a page crashed, in words for a message. */
export async function pageLoss(page: Page): Promise<Loss> {
  const codes = await crashed.get(page.browser());
  const loss = lossBy(codes?.get(targets.get(page) ?? ''));
  return loss === 'killed' && outgrown.delete(page.browser()) ? 'memory' : loss;
}

/** How a browser ended, in words for a message. */
export function browserLoss(browser: Browser): Loss {
  return lossBy(browser.process()?.signalCode ?? undefined);
}

function lossBy(signal: string | number | undefined): Loss {
  if (signal === undefined) return 'crashed';
  if (KILLED.has(signal)) return 'killed';
  return GIVES_UP.has(signal) ? 'memory' : 'crashed';
}
