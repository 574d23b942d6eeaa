import { mkdir, readdir, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { cacheRoot } from '../../src/system/cache-root.ts';
import { chromium } from './chromium.ts';

/** What each run of tests must find empty. */
const OWN = ['images', 'renditions'];

/** A cache without any picture, but with the browser and the fonts that are unpacked already: that takes seconds. */
export async function cacheWithBrowser(dir: string): Promise<void> {
  await chromium();
  const usual = cacheRoot(process.env);
  await mkdir(dir, { recursive: true });
  for (const name of await readdir(usual)) {
    if (!OWN.includes(name)) await symlink(join(usual, name), join(dir, name));
  }
}
