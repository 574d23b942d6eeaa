import type { Browser } from 'puppeteer';

/** What went to a browser since it started. */
export interface Traffic {
  /** Calls into pages; each is a round trip at least. */
  calls: number;
  /** Resources that pages asked for and got; a round trip each. */
  answers: number;
  /** Of those. */
  bytes: number;
}

const known = new WeakMap<Browser, Traffic>();

/** Counted by who calls and answers. */
export function trafficOf(browser: Browser): Traffic {
  const traffic = known.get(browser) ?? { calls: 0, answers: 0, bytes: 0 };
  known.set(browser, traffic);
  return traffic;
}
