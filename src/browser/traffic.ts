import type { Browser } from 'puppeteer';

/** What was sent to a browser since it started. */
export interface Traffic {
  /** Calls into pages; each takes at least one round trip. */
  calls: number;
  /** Resources that pages requested and received; one round trip each. */
  answers: number;
  /** Bytes of these resources. */
  bytes: number;
}

const known = new WeakMap<Browser, Traffic>();

/** Counted by the code that calls and answers. */
export function trafficOf(browser: Browser): Traffic {
  const traffic = known.get(browser) ?? { calls: 0, answers: 0, bytes: 0 };
  known.set(browser, traffic);
  return traffic;
}
