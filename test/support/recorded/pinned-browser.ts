import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { unpackBundled } from '../../../src/browser/find/bundled.ts';
import { FONTS_CONF } from '../../../src/browser/fonts/fonts-conf.ts';
import { type BrowserSession, openBrowserSession } from '../../../src/browser/session.ts';
import { cacheRoot } from '../../../src/system/cache-root.ts';
import { chromium } from '../chromium.ts';

/** Whether the browser that recordings are made with runs here: it is made for Linux x64. */
export const isPinnedBrowserThere = process.platform === 'linux' && process.arch === 'x64';

/**
 * Runs `use` with the browser and the fonts that recordings are made with, wherever they are made: another version sets
 * a text a pixel higher, or tags it in another way, and letters that the bundled fonts lack come from the system.
 */
export async function withPinnedBrowser<T>(use: (session: BrowserSession) => Promise<T>): Promise<T> {
  const bundled = await unpackBundled(cacheRoot(process.env));
  if (!bundled) throw new Error('recordings are made with @sparticuz/chromium, which is not installed');
  const { executablePath, libraryDir, version } = bundled;
  const usual = await chromium();
  const folder = await mkdtemp(join(tmpdir(), 'deckhand-fonts-'));
  try {
    const fontconfigFile = join(folder, 'fonts.conf');
    await writeFile(fontconfigFile, withoutSystemFonts(dirname(usual.fontconfigFile)));
    const found = {
      executablePath,
      source: `@sparticuz/chromium ${version}`,
      origin: 'bundled' as const,
      headlessShell: true,
      env: { LD_LIBRARY_PATH: libraryDir },
    };
    const session = openBrowserSession(async () => ({ ...usual, found, fontconfigFile }));
    return await use(session).finally(session.close);
  } finally {
    await rm(folder, { recursive: true, force: true, maxRetries: 5 });
  }
}

function withoutSystemFonts(fontsDir: string): string {
  return FONTS_CONF.replace(/<include.*<\/include>/, '').replace(
    '<dir prefix="relative">.</dir>',
    `<dir>${fontsDir}</dir>`,
  );
}
