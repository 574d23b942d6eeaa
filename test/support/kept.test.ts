import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { madeOnce } from './kept.ts';
import { temporaryFolder } from './temporary.ts';

/** Makes a folder with one file in it, and counts how often it does. */
function maker(name: string) {
  let made = 0;
  const make = async (folder: string) => {
    made++;
    await writeFile(join(folder, 'file'), `made ${made}`);
    return { folder, name };
  };
  return { make, made: () => made };
}

/** No other test has these. */
const ingredients = (name: string) => ['kept.test', process.pid, name];

describe('a folder that is made once', () => {
  test('is made once for those who ask at the same time and later', async () => {
    const { make, made } = maker('once');
    const ask = async () => madeOnce(await temporaryFolder(), ingredients('once'), make);
    await Promise.all([ask(), ask(), ask()]);
    await ask();
    expect(made()).toBe(1);
  });

  test('is copied, so that changes of one test do not affect another', async () => {
    const { make } = maker('copied');
    const [first, second] = [await temporaryFolder(), await temporaryFolder()];
    await madeOnce(first, ingredients('copied'), make);
    await writeFile(join(first, 'file'), 'changed');
    await madeOnce(second, ingredients('copied'), make);
    expect(await readFile(join(second, 'file'), 'utf8')).toBe('made 1');
  });

  test('has the paths of the copy in its report', async () => {
    const { make } = maker('paths');
    const folder = await temporaryFolder();
    expect(await madeOnce(folder, ingredients('paths'), make)).toEqual({ folder, name: 'paths' });
  });

  test('is made again of other ingredients', async () => {
    const { make, made } = maker('other');
    await madeOnce(await temporaryFolder(), ingredients('other'), make);
    await madeOnce(await temporaryFolder(), [...ingredients('other'), Buffer.from('x')], make);
    await madeOnce(await temporaryFolder(), [...ingredients('other'), Buffer.from('y')], make);
    expect(made()).toBe(3);
  });

  test('is tried again after making it failed', async () => {
    const { make, made } = maker('failed');
    const fail = () => Promise.reject(new Error('not now'));
    const failing = madeOnce(await temporaryFolder(), ingredients('failed'), fail);
    await expect(failing).rejects.toThrow('not now');
    await madeOnce(await temporaryFolder(), ingredients('failed'), make);
    expect(made()).toBe(1);
  });
});
