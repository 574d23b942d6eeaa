import { mkdir, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { formatLock, type LockEntry, readLock } from '../../src/images/lock.ts';
import type { ResolvedUrl } from '../../src/model/urls.ts';
import { temporaryFolder } from '../support/temporary.ts';

const entry = (url: string, changes: Partial<LockEntry> = {}): LockEntry => ({
  url: url as ResolvedUrl,
  file: 'a-1.png',
  sha256: 'a'.repeat(64),
  type: 'image/png',
  bytes: 12,
  width: 3,
  height: 4,
  fetchedAt: '2026-01-31T12:00:00Z',
  fetchedFrom: url,
  decks: ['decks/b.md', 'decks/a.md'],
  ...changes,
});

async function projectWith(lock: string): Promise<string> {
  const root = await temporaryFolder();
  await mkdir(join(root, 'static/img/remote'), { recursive: true });
  await writeFile(join(root, 'static/img/remote/images.lock.json'), lock);
  return root;
}

describe('a lock', () => {
  test('is the same text in whatever order its entries come', () => {
    const entries = [entry('https://b.example/'), entry('https://a.example/')];
    expect(formatLock(entries)).toBe(formatLock(entries.toReversed()));
  });

  test('is read as it was written', async () => {
    const one = entry('https://a.example/', { archived: true, decks: ['decks/a.md'] });
    expect((await readLock(await projectWith(formatLock([one])))).find(one.url)).toEqual(one);
  });

  test('of a project without one is empty', async () => {
    expect((await readLock(await temporaryFolder())).entries).toEqual([]);
  });

  test.each([
    ['cut off', '{ "version": 1, "ima'],
    ['of another version', '{ "version": 2, "images": {} }'],
    ['with a file elsewhere', formatLock([entry('https://a.example/', { file: '../../../etc/passwd' })])],
    ['with a file in a folder', formatLock([entry('https://a.example/', { file: 'a/b.png' })])],
    ['with a hidden file', formatLock([entry('https://a.example/', { file: '.git' })])],
    ['without hashes', '{ "version": 1, "images": { "https://a.example/": { "file": "a.png" } } }'],
  ])('that is %s is refused', async (_what, text) => {
    await expect(readLock(await projectWith(text))).rejects.toThrow(/./);
  });

  test('gives no stylesheet whose file is another one', async () => {
    const style = entry('https://a.example/a.css', { file: 'a.css', type: 'text/css' });
    const root = await projectWith(formatLock([style]));
    await writeFile(join(root, 'static/img/remote/a.css'), 'p { color: red }');
    expect(await (await readLock(root)).asset(style)).toBeUndefined();
  });
});
