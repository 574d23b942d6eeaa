import type { Page } from 'puppeteer';
import { sharedSession } from './shared-browser.ts';

/**
 * Looks at many things in a few pages side by side, since a page mostly waits: for an answer, and for its next frame.
 *
 * @param prepare makes of a page what looks at one thing after the other.
 * @returns what was seen, in the order of the things.
 */
export async function inPages<T, R>(
  things: readonly T[],
  prepare: (page: Page) => Promise<(thing: T) => Promise<R>>,
  pages = 4,
): Promise<R[]> {
  const seen: R[] = [];
  const left = [...things.entries()];
  const work = (): Promise<void> =>
    sharedSession().withPage(async (page) => {
      const look = await prepare(page);
      for (let next = left.shift(); next; next = left.shift()) seen[next[0]] = await look(next[1]);
    });
  await Promise.all(Array.from({ length: pages }, work));
  return seen;
}
