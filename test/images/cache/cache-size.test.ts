import { readdir, utimes } from 'node:fs/promises';
import { join } from 'node:path';
import cacache from 'cacache';
import { describe, expect, test } from 'vitest';
import { openCache } from '../../../src/images/cache/cache.ts';
import { cacheSize, clearCache, pruneCaches, verifyCache } from '../../../src/images/cache/cache-size.ts';
import { temporaryFolder } from '../../support/temporary.ts';

/** Two caches with three entries each, of 1000 bytes, used one a day. */
async function caches() {
  const root = await temporaryFolder();
  const dirs = [join(root, 'images'), join(root, 'renditions')];
  let day = 0;
  for (const dir of dirs)
    for (const key of ['a', 'b', 'c']) {
      await openCache(dir).put(key, Buffer.alloc(1000, `${dir}${key}`));
      const entry = await cacache.get.info(dir, key);
      const used = new Date(Date.UTC(2024, 0, ++day));
      if (entry) await utimes(entry.path, used, used);
    }
  return dirs as [string, string];
}

const keysIn = async (dir: string): Promise<string[]> => Object.keys(await cacache.ls(dir)).sort();

describe('a cache with a limit', () => {
  test('knows its size', async () => {
    const [images] = await caches();
    expect(await cacheSize(images)).toEqual({ files: 3, bytes: 3000 });
    expect(await cacheSize(join(images, 'nowhere'))).toEqual({ files: 0, bytes: 0 });
  });

  test('forgets what was used longest ago, over all caches', async () => {
    const dirs = await caches();
    expect((await openCache(dirs[0]).read('a')).state).toBe('whole');
    expect(await pruneCaches(dirs, 4000)).toBe(2000);
    expect(await Promise.all(dirs.map(keysIn))).toEqual([['a'], ['a', 'b', 'c']]);
    expect((await openCache(dirs[0]).read('b')).state).toBe('missing');
    expect((await openCache(dirs[0]).read('a')).state).toBe('whole');
  });

  test('forgets nothing below it', async () => {
    const dirs = await caches();
    expect(await pruneCaches(dirs, 6000)).toBe(0);
  });

  test('forgets all where it may hold nothing', async () => {
    const dirs = await caches();
    expect(await pruneCaches(dirs, 0)).toBe(6000);
    expect(await Promise.all(dirs.map(keysIn))).toEqual([[], []]);
  });

  test('can be verified, and cleared', async () => {
    const [images] = await caches();
    expect(await verifyCache(images)).toEqual({ entries: 3, removed: 0 });
    await clearCache(images);
    expect(await readdir(images).catch(() => 'gone')).toBe('gone');
    await clearCache(images);
  });
});
