import { mkdir, mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { pathToFileURL } from 'node:url';
import { unzipSync } from 'fflate';
import type { Page } from 'puppeteer';
import { onTestFinished } from 'vitest';
import { watchRequests } from './requests.ts';
import { sharedSession } from './shared-browser.ts';

/** The files of a ZIP file, by path. */
export function unzipped(bytes: Uint8Array): Map<string, Buffer> {
  return new Map(Object.entries(unzipSync(bytes)).map(([path, content]) => [path, Buffer.from(content)]));
}

/** Unpacks into a folder that is gone after the test. */
export async function unpack(bytes: Uint8Array): Promise<string> {
  const folder = await mkdtemp(join(tmpdir(), 'deckhand-bag-'));
  onTestFinished(() => rm(folder, { recursive: true, force: true }));
  for (const [path, content] of unzipped(bytes)) {
    await mkdir(dirname(join(folder, path)), { recursive: true });
    await writeFile(join(folder, path), content);
  }
  return folder;
}

/** What happened while a file was open. */
export interface Opened<T> {
  readonly value: T;
  /** URLs but those that carry what they name. */
  readonly requests: readonly string[];
  /** Errors and warnings of the console, and what else went wrong. */
  readonly complaints: readonly string[];
}

/** Opens a file as a double-click does, with a name for no host. */
export async function opened<T>(file: string, use: (page: Page) => Promise<T>): Promise<Opened<T>> {
  return sharedSession().withPage(async (page) => {
    const requests: string[] = [];
    const complaints: string[] = [];
    await watchRequests(page, {
      asked: (url) => {
        if (!url.startsWith('data:')) requests.push(decodeURI(url));
      },
      failed: (url) => complaints.push(`failed: ${url}`),
    });
    page.on('console', (message) => {
      if (['error', 'warn'].includes(message.type())) complaints.push(message.text());
    });
    page.on('pageerror', (error) => complaints.push(String(error)));
    await page.setViewport({ width: 960, height: 700 });
    await page.goto(pathToFileURL(file).href, { waitUntil: 'load' });
    await page.waitForFunction('Reveal.isReady()');
    return { value: await use(page), requests, complaints };
  });
}
