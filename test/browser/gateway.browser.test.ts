import { expect, test } from 'vitest';
import { serveThrough } from '../../src/browser/gateway.ts';
import type { Diagnostic } from '../../src/model/diagnostics.ts';
import { guarded } from '../../src/pipeline/localize/guarded-serve.ts';
import { sharedSession } from '../support/shared-browser.ts';

const PAGE = '<!doctype html><link rel="stylesheet" href="/a.css"><p>there</p>';
const type = 'text/html';

/** What a page shows whose stylesheet meets a bug. It would wait without end for one that nobody answers. */
async function wordsOf(note?: (trouble: Diagnostic) => void): Promise<string> {
  const serve = async ({ url }: { url: string }) => {
    if (url.endsWith('/a.css')) throw new Error('a bug');
    return { type, bytes: PAGE };
  };
  return sharedSession().withPage(async (page) => {
    await serveThrough(page, note ? guarded('deck.md', note, serve) : serve);
    await page.goto('http://deck.invalid/', { waitUntil: 'load', timeout: 20_000 });
    return page.evaluate(() => document.body.innerText);
  });
}

test('a request that meets an exception fails at once', async () => {
  expect(await wordsOf()).toBe('there');
});

test('it is said with its address', async () => {
  const told: Diagnostic[] = [];
  await wordsOf((one) => void told.push(one));
  expect(told).toMatchObject([
    {
      code: 'RESOURCE_FAILED',
      deck: 'deck.md',
      url: 'http://deck.invalid/a.css',
      message: expect.stringContaining('a bug'),
    },
  ]);
});

test('a frame within the page asks for a document of its own, even at the address of the page', async () => {
  const asked: string[] = [];
  const page = '<!doctype html><p>there</p><iframe src="#again"></iframe>';
  await sharedSession().withPage(async (one) => {
    await serveThrough(one, async ({ url, kind }) => {
      asked.push(`${kind} ${url}`);
      return kind === 'document' ? { type, bytes: page } : undefined;
    });
    await one.goto('http://deck.invalid/', { waitUntil: 'load', timeout: 20_000 });
  });
  expect(asked).toEqual(['document http://deck.invalid/', 'frame http://deck.invalid/']);
});
