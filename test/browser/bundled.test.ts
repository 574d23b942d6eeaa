import { readdir, rm, stat, truncate, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { unpackBundled, unpackedBundled } from '../../src/browser/bundled.ts';
import { probe } from '../../src/browser/probe.ts';
import { untar } from '../../src/browser/untar.ts';
import { temporaryFolder } from '../support/temporary.ts';

describe.skipIf(process.platform !== 'linux' || process.arch !== 'x64')(
  'the Chromium in the npm package',
  () => {
    test('two that unpack at the same time both get a browser that runs, and leave nothing else', async () => {
      const cacheDir = join(await temporaryFolder(), 'cache');
      const [one, two] = await Promise.all([unpackBundled(cacheDir), unpackBundled(cacheDir)]);
      expect(two).toEqual(one);
      expect(await readdir(cacheDir)).toEqual([`chromium-${one?.version}`]);
      const answer = await probe(one?.executablePath ?? '', { LD_LIBRARY_PATH: one?.libraryDir });
      expect(answer).toEqual({ runs: true, version: expect.stringMatching(/^Chromium \d+/) });
    });

    test('the cache folder is made for its owner alone', async () => {
      const cacheDir = join(await temporaryFolder(), 'cache');
      await unpackBundled(cacheDir);
      expect((await stat(cacheDir)).mode & 0o777).toBe(0o700);
    });

    test('a cut-off browser is unpacked again', async () => {
      const cacheDir = await temporaryFolder();
      const { executablePath = '' } = (await unpackBundled(cacheDir)) ?? {};
      await truncate(executablePath, 1000);
      expect(await unpackedBundled(cacheDir)).toBeUndefined();
      await unpackBundled(cacheDir);
      expect((await stat(executablePath)).size).toBeGreaterThan(100_000_000);
    });

    test('lost libraries are unpacked again', async () => {
      const cacheDir = await temporaryFolder();
      const { libraryDir = '' } = (await unpackBundled(cacheDir)) ?? {};
      await rm(libraryDir, { recursive: true });
      await unpackBundled(cacheDir);
      expect(await readdir(libraryDir)).toContain('libnss3.so');
    });

    test('a cache that can not be written is replaced by a private folder', async () => {
      // A file in its place stops even root, which permissions do not.
      const file = join(await temporaryFolder(), 'file');
      await writeFile(file, '');
      const bundled = await unpackBundled(join(file, 'cache'));
      expect(bundled?.executablePath.startsWith(file)).toBe(false);
    });
  },
);

/** One tar entry, of which only the fields that `untar` reads are filled in. */
function entry(name: string, type: string, content = ''): Buffer {
  const header = Buffer.alloc(512);
  header.write(name, 0);
  header.write('0000755\0', 100);
  header.write(`${content.length.toString(8).padStart(11, '0')}\0`, 124);
  header.write(type, 156);
  return Buffer.concat([header, Buffer.from(content), Buffer.alloc((512 - (content.length % 512)) % 512)]);
}

describe('unpacking a tar archive', () => {
  test.each([
    ['an absolute path', entry('/etc/x', '0', 'x')],
    ['a path that climbs', entry('a/../../x', '0', 'x')],
    ['a symbolic link', entry('link', '2')],
    ['a hard link', entry('link', '1')],
    ['a long-name record', entry('././@LongLink', 'L', 'x')],
  ])('%s is refused', async (_what, archive) => {
    await expect(untar(archive, await temporaryFolder())).rejects.toThrow(/^tar: /);
  });

  test('a cut-off archive is refused', async () => {
    const archive = entry('file', '0', 'x'.repeat(600)).subarray(0, 700);
    await expect(untar(archive, await temporaryFolder())).rejects.toThrow('cut off');
  });
});
