import { describe, expect, test } from 'vitest';
import { PageLostError, whileBrowserLives } from '../../src/browser/deadline.ts';
import { launchBrowser } from '../../src/browser/launch.ts';
import { chromium } from '../support/chromium.ts';

/** Like a promise of puppeteer's whose answer went away with the browser. */
const never = (): Promise<never> => new Promise(() => undefined);

describe('a call that would never end', () => {
  test('ends when its browser goes away', async () => {
    const { browser, close } = await launchBrowser(await chromium());
    const waiting = expect(whileBrowserLives(browser, never)).rejects.toThrow(PageLostError);
    browser.process()?.kill('SIGKILL');
    await waiting;
    await close();
    await expect(whileBrowserLives(browser, never)).rejects.toThrow(PageLostError);
  });
});

test('what a call gives before its browser goes away is kept', async () => {
  const { browser, close } = await launchBrowser(await chromium());
  const before = browser.listenerCount('disconnected');
  expect(await whileBrowserLives(browser, async () => 'answer')).toBe('answer');
  expect(browser.listenerCount('disconnected')).toBe(before);
  await close();
});
