import { cp, mkdtemp, readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { type BundledChromium, unpackBundled, unpackedBundled } from '../../../src/browser/find/bundled.ts';
import { type FoundBrowser, findBrowser } from '../../../src/browser/find/find.ts';
import { probe } from '../../../src/browser/find/probe.ts';
import { temporaryFolder } from '../../support/temporary.ts';

describe.skipIf(process.platform !== 'linux' || process.arch !== 'x64')(
  'the Chromium in the npm package',
  () => {
    // Unpacking costs more than a second of a core: the tests below begin with copies of what the first one got.
    let unpacked: string;
    let both: readonly [FoundBrowser, BundledChromium | undefined];
    beforeAll(async () => {
      const home = await mkdtemp(join(tmpdir(), 'deckhand-test-'));
      unpacked = join(home, 'cache');
      const env = { HOME: home, PATH: join(home, 'bin') };
      const looking = findBrowser({ env, cacheDir: unpacked, offline: true });
      both = await Promise.all([looking, unpackBundled(unpacked)]);
    });
    afterAll(() => rm(dirname(unpacked), { recursive: true, force: true }));
    const copy = async (): Promise<string> => {
      const cacheDir = join(await temporaryFolder(), 'cache');
      await cp(unpacked, cacheDir, { recursive: true });
      return cacheDir;
    };

    test('two that unpack at the same time both get a browser that runs, and leave nothing else', async () => {
      const [found, one] = both;
      expect(found.executablePath).toBe(one?.executablePath);
      expect(await readdir(unpacked)).toEqual([`chromium-${one?.version}`]);
      const answer = await probe(one?.executablePath ?? '', { LD_LIBRARY_PATH: one?.libraryDir });
      expect(answer).toEqual({ runs: true, version: expect.stringMatching(/^Chromium \d+/) });
    });

    test('the cache folder is made for its owner alone', async () => {
      expect((await stat(unpacked)).mode & 0o777).toBe(0o700);
    });

    test('is unpacked where there is no other browser', () => {
      const [found, one] = both;
      expect(found).toMatchObject({
        source: expect.stringMatching(/^@sparticuz\/chromium \d/),
        env: { LD_LIBRARY_PATH: expect.stringContaining(one?.libraryDir ?? '/lib') },
      });
    });

    test('once unpacked, no download is tried again', async () => {
      const home = await temporaryFolder();
      const env = { HOME: home, PATH: join(home, 'bin') };
      const lines: string[] = [];
      const log = (line: string): void => void lines.push(line);
      await findBrowser({ env, cacheDir: await copy(), offline: false, log });
      expect(lines).toEqual([]);
    });

    test('a cut-off browser is unpacked again', async () => {
      const cacheDir = await copy();
      const { executablePath = '' } = (await unpackedBundled(cacheDir)) ?? {};
      await truncate(executablePath, 1000);
      expect(await unpackedBundled(cacheDir)).toBeUndefined();
      await unpackBundled(cacheDir);
      expect((await stat(executablePath)).size).toBeGreaterThan(100_000_000);
    });

    test('lost libraries are unpacked again', async () => {
      const cacheDir = await copy();
      const { libraryDir = '' } = (await unpackedBundled(cacheDir)) ?? {};
      await rm(libraryDir, { recursive: true });
      await unpackBundled(cacheDir);
      expect(await readdir(libraryDir)).toContain('libnss3.so');
    });

    test('a cache that cannot be written is replaced by a private folder', async () => {
      // A file in its place stops even root, which permissions do not.
      const file = join(await temporaryFolder(), 'file');
      await writeFile(file, '');
      const bundled = await unpackBundled(join(file, 'cache'));
      expect(bundled?.executablePath.startsWith(file)).toBe(false);
    });
  },
);
