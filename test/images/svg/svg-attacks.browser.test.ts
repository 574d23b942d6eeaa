import { describe, expect, test } from 'vitest';
import { inPages } from '../../support/in-pages.ts';
import { watchRequests } from '../../support/requests.ts';
import { SVG_ATTACKS, safe } from './svg-attacks.ts';

/** Opened as a page of its own, where a browser allows an SVG everything. */
describe('Chromium', () => {
  /** The attacks that made the browser ask for something or run something. */
  async function successful(sources: readonly string[]): Promise<readonly number[]> {
    const outcomes = await inPages(sources, async (page) => {
      let hasSucceeded = false;
      const note = (): void => {
        hasSucceeded = true;
      };
      const isHarmless = (url: string): boolean => url.startsWith('data:');
      await watchRequests(page, {
        asked: (url) => {
          if (!isHarmless(url)) note();
        },
        allows: isHarmless,
      });
      page.on('pageerror', note);
      return async (source: string) => {
        hasSucceeded = false;
        await page
          .goto(`data:image/svg+xml;base64,${Buffer.from(source).toString('base64')}`)
          .catch(() => undefined);
        await page.evaluate(() => new Promise(requestAnimationFrame)).catch(() => undefined);
        return hasSucceeded;
      };
    });
    return outcomes.flatMap((hasSucceeded, index) => (hasSucceeded ? [index] : []));
  }

  test('falls for many of them as they are', async () => {
    expect((await successful(SVG_ATTACKS.map(([, source]) => source))).length).toBeGreaterThan(30);
  });

  test('asks for nothing and runs nothing once they are made safe', async () => {
    expect(await successful(SVG_ATTACKS.map(([, source]) => safe(source)))).toEqual([]);
  });
});
