import { chmod, mkdir, stat, symlink } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { cacheRoot, temporaryCacheRoot, usualCacheRoot } from '../../src/system/cache-root.ts';
import { temporaryFolder } from '../support/temporary.ts';

test.each([
  ['linux', { HOME: '/h' }, '/h/.cache/deckhand'],
  ['linux', { HOME: '/h', XDG_CACHE_HOME: '/x' }, '/x/deckhand'],
  ['linux', { HOME: '/h', XDG_CACHE_HOME: 'relative' }, '/h/.cache/deckhand'],
  ['linux', {}, undefined],
  ['darwin', { HOME: '/h' }, '/h/Library/Caches/deckhand'],
] as const)('the usual place on %s with %j is %s', (platform, env, place) => {
  expect(usualCacheRoot(env, platform)).toBe(place);
});

describe.skipIf(process.platform === 'win32')('the folder under the temporary one', () => {
  const own = `deckhand-${process.getuid?.()}`;

  test('replaces a home directory that cannot be created', async () => {
    const tmp = await temporaryFolder();
    expect(cacheRoot({ HOME: '/proc/none', TMPDIR: tmp })).toBe(join(tmp, own));
  });

  test('is private', async () => {
    const tmp = await temporaryFolder();
    expect((await stat(temporaryCacheRoot({ TMPDIR: tmp }))).mode & 0o777).toBe(0o700);
  });

  test('is not used when others can write to it', async () => {
    const tmp = await temporaryFolder();
    await mkdir(join(tmp, own));
    await chmod(join(tmp, own), 0o777);
    expect(temporaryCacheRoot({ TMPDIR: tmp })).not.toBe(join(tmp, own));
  });

  test('is not used when it is a link', async () => {
    const tmp = await temporaryFolder();
    await symlink(await temporaryFolder(), join(tmp, own));
    expect(temporaryCacheRoot({ TMPDIR: tmp })).not.toBe(join(tmp, own));
  });
});
