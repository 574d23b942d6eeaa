import { expect, onTestFinished, test } from 'vitest';
import { openBrowserSession } from '../../src/browser/session.ts';
import { chromium } from '../support/chromium.ts';

test('a deck that needs no page for now has none open, and can open another one', async () => {
  const session = openBrowserSession(chromium);
  onTestFinished(() => session.close());
  await session.sharePages(1, async (pages) => {
    const first = await pages.withPage(async (page) => page);
    pages.closeIdle();
    await expect.poll(() => first.isClosed()).toBe(true);
    expect(await pages.withPage((page) => page.evaluate('1 + 1'))).toBe(2);
  });
});
