import { readdir, rm, stat } from 'node:fs/promises';
import { join } from 'node:path';
import cacache from 'cacache';

/** The contents of a cache on disk. */
export interface CacheSize {
  readonly files: number;
  readonly bytes: number;
}

interface ContentFile {
  readonly path: string;
  readonly bytes: number;
  /** When it was written or last read. */
  readonly usedMs: number;
}

export async function cacheSize(dir: string): Promise<CacheSize> {
  const files = await contentOf(dir);
  return { files: files.length, bytes: sum(files) };
}

/**
 * Removes the least recently used entries until all caches together are within the limit. If a cache cannot be cleaned, it
 * takes more space, but the build goes on.
 *
 * @returns the number of bytes removed.
 */
export async function pruneCaches(dirs: readonly string[], limitBytes: number): Promise<number> {
  const files = (await Promise.all(dirs.map(contentOf))).flat();
  let excess = sum(files) - limitBytes;
  if (excess <= 0) return 0;
  let gone = 0;
  for (const { path, bytes } of files.sort((a, b) => a.usedMs - b.usedMs)) {
    if (excess <= 0) break;
    await rm(path, { force: true }).catch(() => undefined);
    excess -= bytes;
    gone += bytes;
  }
  for (const dir of dirs) await forgetLost(dir).catch(() => undefined);
  return gone;
}

/** The package's types do not have these options. */
const removeEntry = (dir: string, key: string): Promise<unknown> =>
  (cacache.rm.entry as (dir: string, key: string, options: object) => Promise<unknown>)(dir, key, {
    removeFully: true,
  });

/** An entry without its content would count as damaged. */
async function forgetLost(dir: string): Promise<void> {
  for (const { key, path } of Object.values(await cacache.ls(dir))) {
    const there = await stat(path).catch(() => undefined);
    if (!there) await removeEntry(dir, key);
  }
}

/** Reads every entry again, and removes content that is damaged or belongs to no entry. */
export async function verifyCache(
  dir: string,
): Promise<{ readonly entries: number; readonly removed: number }> {
  const { totalEntries = 0, badContentCount = 0, reclaimedCount = 0 } = await cacache.verify(dir);
  return { entries: totalEntries, removed: badContentCount + reclaimedCount };
}

export async function clearCache(dir: string): Promise<void> {
  await rm(dir, { recursive: true, force: true });
}

/** https://github.com/npm/cacache: content is in `content-v2`, by its hash. */
async function contentOf(dir: string): Promise<ContentFile[]> {
  const root = join(dir, 'content-v2');
  const all = await readdir(root, { recursive: true, withFileTypes: true }).catch(() => []);
  const files = all.filter((one) => one.isFile());
  const found = await Promise.all(
    files.map(async ({ parentPath, name }): Promise<ContentFile[]> => {
      const path = join(parentPath, name);
      const stats = await stat(path).catch(() => undefined);
      return stats ? [{ path, bytes: stats.size, usedMs: stats.mtimeMs }] : [];
    }),
  );
  return found.flat();
}

function sum(files: readonly ContentFile[]): number {
  return files.reduce((total, { bytes }) => total + bytes, 0);
}
