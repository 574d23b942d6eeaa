import { expect, test } from 'vitest';
import { protocolTimeoutMs, withBrowser } from '../../src/browser/launch.ts';
import { chromium } from '../support/chromium.ts';

test.each([
  [undefined, 180_000],
  [60_000, 180_000],
  [600_000, 630_000],
])('a step of %s ms ends before puppeteer gives up', async (stepTimeoutMs, expected) => {
  expect(protocolTimeoutMs(stepTimeoutMs)).toBe(expected);
  const timeout = await withBrowser({ ...(await chromium()), stepTimeoutMs }, async (browser) => {
    const client = await (await browser.newPage()).createCDPSession();
    return client.connection()?.timeout;
  });
  expect(timeout).toBe(expected);
});
