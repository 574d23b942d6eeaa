import { describe, expect, test } from 'vitest';
import { sharedSession } from '../support/shared-browser.ts';
import { SVG_ATTACKS, safe } from './svg-attacks.ts';

/** Opened as a page of its own, where a browser allows an SVG everything. */
describe('Chromium', () => {
  /** The attacks that made the browser ask for something or run something. */
  async function successful(sources: readonly string[]): Promise<readonly number[]> {
    return sharedSession().withPage(async (page) => {
      const noticed = new Set<number>();
      let current = -1;
      await page.setRequestInterception(true);
      page.on('request', (request) => {
        const own = request.isNavigationRequest() && request.url().startsWith('data:image/svg+xml;base64,');
        const inner = request.url().startsWith('data:');
        if (!own && !inner) noticed.add(current);
        void (own || inner ? request.continue() : request.abort());
      });
      page.on('pageerror', () => noticed.add(current));
      for (const [index, source] of sources.entries()) {
        current = index;
        await page
          .goto(`data:image/svg+xml;base64,${Buffer.from(source).toString('base64')}`)
          .catch(() => undefined);
        await page.evaluate(() => new Promise(requestAnimationFrame)).catch(() => undefined);
      }
      return [...noticed];
    });
  }

  test('falls for many of them as they are', async () => {
    expect((await successful(SVG_ATTACKS.map(([, source]) => source))).length).toBeGreaterThan(30);
  });

  test('asks for nothing and runs nothing once they are made safe', async () => {
    expect(await successful(SVG_ATTACKS.map(([, source]) => safe(source)))).toEqual([]);
  });
});
