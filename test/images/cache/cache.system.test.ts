import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { fileURLToPath } from 'node:url';
import { expect, test } from 'vitest';
import { openCache } from '../../../src/images/cache/cache.ts';
import { temporaryFolder } from '../../support/temporary.ts';

test('the cache is never found half-written by another process', async () => {
  const dir = await temporaryFolder();
  const cache = openCache(dir);
  const module = fileURLToPath(new URL('../../../src/images/cache/cache.ts', import.meta.url));
  const code = `
    const { openCache } = await import(${JSON.stringify(module)});
    const cache = openCache(${JSON.stringify(dir)});
    for (let i = 0; i < 50; i++) await cache.put('key', new Uint8Array(200_000 + i).fill(i));`;
  const child = spawn(process.execPath, ['--import', 'tsx', '--input-type=module', '--eval', code]);
  const ended = once(child, 'exit');
  let running = true;
  ended.finally(() => {
    running = false;
  });
  const states = new Set<string>();
  while (running) states.add((await cache.read('key')).state);
  expect([await ended, states.has('damaged')]).toEqual([[0, null], false]);
});
