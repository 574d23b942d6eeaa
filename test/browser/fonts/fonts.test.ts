import { readdir, readFile, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { prepareFonts } from '../../../src/browser/fonts/fonts.ts';
import { temporaryFolder } from '../../support/temporary.ts';

describe('preparing fonts', () => {
  test('the same packages give the same digest wherever the cache is', async () => {
    const [one, two] = [await temporaryFolder(), await temporaryFolder()];
    expect((await prepareFonts({ cacheDir: one })).digest).toBe(
      (await prepareFonts({ cacheDir: two })).digest,
    );
  });

  test('a font that got lost comes back', async () => {
    const cacheDir = await temporaryFolder();
    const dir = dirname((await prepareFonts({ cacheDir })).fontconfigFile);
    const lato = join(dir, 'deckhand-lato-latin-400-normal.ttf');
    await rm(lato);
    await prepareFonts({ cacheDir });
    expect((await readFile(lato)).readUInt32BE(0)).toBe(0x00010000);
  });

  test('two at the same time leave one folder', async () => {
    const cacheDir = await temporaryFolder();
    const [one] = await Promise.all([prepareFonts({ cacheDir }), prepareFonts({ cacheDir })]);
    expect(await readdir(join(cacheDir, 'fonts'))).toEqual([one.digest]);
  });
});
