import { createHash } from 'node:crypto';
import { mkdtemp, readdir, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, test } from 'vitest';
import { openCache } from '../../../src/images/cache/cache.ts';

const URL_A = 'https://example.com/a.png';
const BYTES = Uint8Array.from({ length: 5_000 }, (_, i) => i % 251);

let dir: string;
beforeEach(async () => {
  dir = await mkdtemp(join(tmpdir(), 'deckhand-cache-'));
});
afterEach(() => rm(dir, { recursive: true, force: true }));

/** Files below the cache's folder of contents. */
async function contents(): Promise<string[]> {
  const entries = await readdir(join(dir, 'content-v2'), { recursive: true, withFileTypes: true });
  return entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name));
}

async function damage(bytes: Uint8Array): Promise<void> {
  for (const file of await contents()) await writeFile(file, bytes);
}

/** The cache, for tests that care for the bytes only. */
function openBytes(dir: string) {
  const cache = openCache(dir);
  return { get: async (key: string) => (await cache.get(key))?.bytes, put: cache.put };
}

describe('an image cache', () => {
  test('gives back what was put', async () => {
    const cache = openBytes(dir);
    await cache.put(URL_A, BYTES);
    expect(Buffer.compare((await cache.get(URL_A)) ?? Buffer.of(), BYTES)).toBe(0);
  });

  test('misses what was never put', async () => {
    expect(await openBytes(dir).get(URL_A)).toBeUndefined();
  });

  test('misses what was changed on disk', async () => {
    const cache = openBytes(dir);
    await cache.put(URL_A, BYTES);
    await damage(BYTES.map((byte) => byte ^ 1));
    expect(await cache.get(URL_A)).toBeUndefined();
  });

  test('misses what was cut on disk', async () => {
    const cache = openBytes(dir);
    await cache.put(URL_A, BYTES);
    await damage(BYTES.subarray(0, 100));
    expect(await cache.get(URL_A)).toBeUndefined();
  });

  test('removes damaged content when it meets it', async () => {
    const cache = openBytes(dir);
    await cache.put(URL_A, BYTES);
    await damage(BYTES.subarray(0, 100));
    await cache.get(URL_A);
    expect(await contents()).toEqual([]);
  });

  test('is whole again after a put over damaged content', async () => {
    const cache = openBytes(dir);
    await cache.put(URL_A, BYTES);
    await damage(Uint8Array.of(1, 2, 3));
    await cache.put(URL_A, BYTES);
    expect(await cache.get(URL_A)).toHaveLength(BYTES.length);
  });

  test('misses when its index is damaged', async () => {
    const cache = openBytes(dir);
    await cache.put(URL_A, BYTES);
    const index = await readdir(join(dir, 'index-v5'), { recursive: true, withFileTypes: true });
    for (const entry of index) if (entry.isFile()) await writeFile(join(entry.parentPath, entry.name), 'x');
    expect(await cache.get(URL_A)).toBeUndefined();
  });

  test('keeps silent where no folder can be made', async () => {
    const file = join(dir, 'file');
    await writeFile(file, '');
    const cache = openBytes(join(file, 'cache'));
    await cache.put(URL_A, BYTES);
    expect(await cache.get(URL_A)).toBeUndefined();
  });
});

describe('a cache', () => {
  test('keeps metadata with the bytes', async () => {
    const cache = openCache(dir);
    await cache.put('key', BYTES, { type: 'image/png' });
    expect((await cache.get('key'))?.metadata).toEqual({ type: 'image/png' });
  });

  test('tells what its bytes hash to', async () => {
    const cache = openCache(dir);
    await cache.put('key', BYTES);
    expect((await cache.get('key'))?.sha256).toBe(createHash('sha256').update(BYTES).digest('hex'));
  });

  test('takes the same bytes under many keys from many writers at once', async () => {
    const cache = openCache(dir);
    const keys = Array.from({ length: 10 }, (_, i) => `key ${i}`);
    await Promise.all(keys.map((key) => cache.put(key, BYTES)));
    const states = await Promise.all(keys.map(async (key) => (await cache.read(key)).state));
    expect(new Set(states)).toEqual(new Set(['whole']));
  });

  test('takes the same key from many writers at once', async () => {
    const cache = openCache(dir);
    await Promise.all(Array.from({ length: 10 }, () => cache.put('key', BYTES)));
    expect((await cache.get('key'))?.bytes).toHaveLength(BYTES.length);
  });
});

describe('what was lost', () => {
  const stateAfter = async (harm: () => Promise<unknown>): Promise<string> => {
    const cache = openCache(dir);
    await cache.put('key', BYTES);
    await harm();
    return (await cache.read('key')).state;
  };

  test('is distinguished from an entry that never existed', async () => {
    expect((await openCache(dir).read('key')).state).toBe('missing');
  });

  test.each([
    ['changed', () => damage(BYTES.map((byte) => byte ^ 1))],
    ['cut', () => damage(BYTES.subarray(0, 100))],
    ['emptied', () => damage(new Uint8Array())],
    ['longer', () => damage(Buffer.concat([BYTES, BYTES]))],
    ['gone', async () => Promise.all((await contents()).map((file) => rm(file)))],
  ])('is damaged where its file is %s', async (_, harm) => {
    expect(await stateAfter(harm)).toBe('damaged');
  });

  test('stays damaged until it is put again', async () => {
    const cache = openCache(dir);
    await cache.put('key', BYTES);
    await damage(BYTES.subarray(0, 100));
    const states = [await cache.read('key'), await cache.read('key')];
    await cache.put('key', BYTES);
    expect([...states, await cache.read('key')].map(({ state }) => state)).toEqual([
      'damaged',
      'damaged',
      'whole',
    ]);
  });
});
