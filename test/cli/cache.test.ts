import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { openCache } from '../../src/images/cache/cache.ts';
import { deckhandIn, temporaryProject } from '../support/project.ts';

async function project() {
  const folder = await temporaryProject({ 'package.json': '{}' });
  await openCache(join(folder, 'cache/images')).put('a', Buffer.alloc(3 * 2 ** 20));
  return folder;
}

describe('deckhand cache', () => {
  test('shows what is kept, and its limit', async () => {
    const { code, stdout } = await deckhandIn(await project(), ['cache', '--cache-dir', 'cache']);
    expect(code).toBe(0);
    expect(stdout).toMatch(/^images +3\.0 MiB +1 files$/m);
    expect(stdout).toMatch(/^total +3\.0 MiB +of 2048\.0 MiB$/m);
  });

  test('verifies and clears', async () => {
    const folder = await project();
    const run = (action: string) => deckhandIn(folder, ['cache', action, '--cache-dir', 'cache', '--json']);
    const data = async (action: string) => JSON.parse((await run(action)).stdout).caches[0];
    expect(await data('verify')).toMatchObject({ name: 'images', files: 1, entries: 1, removed: 0 });
    expect(await data('clear')).toMatchObject({ name: 'images', files: 0, bytes: 0 });
  });

  test('does nothing else', async () => {
    const { code, stderr } = await deckhandIn(await project(), ['cache', 'burn', '--cache-dir', 'cache']);
    expect(code).toBe(2);
    expect(stderr).toMatch(/burn|Choices/);
  });
});
