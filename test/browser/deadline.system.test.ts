import type { Page } from 'puppeteer';
import { describe, expect, test } from 'vitest';
import { PageLostError, whileBrowserLives, whilePageLives } from '../../src/browser/deadline.ts';
import { launchBrowser } from '../../src/browser/launch.ts';
import { openBrowserSession } from '../../src/browser/session.ts';
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

describe('a page that is lost', () => {
  const lossOf = (use: (page: Page) => Promise<unknown>, timeoutMs = 60_000): Promise<PageLostError> => {
    const session = openBrowserSession(chromium);
    return session
      .withPage((page) =>
        whilePageLives(page, { timeoutMs, doing: 'adding up' }, () => use(page)).then(
          () => Promise.reject(new Error('it was not lost')),
          (error: PageLostError) => error,
        ),
      )
      .finally(session.close);
  };

  test('since it wanted too much memory, says so', async () => {
    const error = await lossOf((page) =>
      page.evaluate(() => {
        // Of numbers: the garbage collector would look at each object again and again.
        for (const all: number[][] = []; ; ) all.push(new Array(4e6).fill(0.5));
      }),
    );
    expect([error.loss, error.message]).toEqual(['memory', 'the page ran out of memory while adding up']);
  });

  test('since it was killed, says so', async () => {
    const error = await lossOf(async (page) => {
      const client = await page.browser().target().createCDPSession();
      const { processInfo } = await client.send('SystemInfo.getProcessInfo');
      for (const { type, id } of processInfo) if (type === 'renderer') process.kill(id, 'SIGKILL');
      return page.evaluate(() => new Promise(() => undefined));
    });
    expect([error.loss, error.message]).toEqual(['killed', 'the page was killed while adding up']);
  });

  test('since its browser was killed, says so', async () => {
    const error = await lossOf(async (page) => {
      page.browser().process()?.kill('SIGKILL');
      return page.evaluate(() => new Promise(() => undefined));
    });
    expect([error.loss, error.message]).toEqual(['killed', 'the browser was killed while adding up']);
  });

  test('since it does not answer, says what it was at', async () => {
    const error = await lossOf((page) => page.evaluate('for (;;);'), 1_000);
    expect([error.loss, error.message]).toEqual(['no-answer', 'no answer for 1 s while adding up']);
  });
});
