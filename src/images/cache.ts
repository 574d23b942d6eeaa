import { createHash } from 'node:crypto';
import cacache from 'cacache';

/** What a cache gives back: the very bytes that were put, and what was said about them. */
export interface CacheHit {
  readonly bytes: Uint8Array;
  readonly metadata: CacheMetadata;
}

/** Kept as JSON beside the bytes. */
export type CacheMetadata = Readonly<Record<string, string | number | boolean>>;

/** A cache never fails a build: what can't be read is a miss, what can't be written is forgotten. */
export interface Cache {
  get(key: string): Promise<CacheHit | undefined>;
  put(key: string, bytes: Uint8Array, metadata?: CacheMetadata): Promise<void>;
}

/**
 * A folder of entries that are checked against their hash each time they are read. Several processes may share it.
 *
 * @param dir is created at the first `put`.
 */
export function openCache(dir: string): Cache {
  return {
    get: (key) => read(dir, key),
    put: (key, bytes, metadata = {}) => write(dir, key, bytes, metadata),
  };
}

async function read(dir: string, key: string): Promise<CacheHit | undefined> {
  try {
    const { data, metadata } = await cacache.get(dir, key);
    return { bytes: data, metadata: metadata ?? {} };
  } catch (error) {
    // Only what is damaged is removed: an I/O error or a permission says nothing about the content.
    if (isDamage(error)) await forget(dir, key);
    return undefined;
  }
}

function isDamage(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EINTEGRITY' || code === 'EBADSIZE';
}

async function forget(dir: string, key: string): Promise<void> {
  try {
    const entry = await cacache.get.info(dir, key);
    if (entry) await cacache.rm.content(dir, entry.integrity);
    await cacache.rm.entry(dir, key);
  } catch {
    // It stays damaged, and every reader will find that out.
  }
}

async function write(dir: string, key: string, bytes: Uint8Array, metadata: CacheMetadata): Promise<void> {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    // cacache keeps a file that is already there, damaged or not.
    await cacache.rm.content(dir, `sha512-${createHash('sha512').update(data).digest('base64')}`);
    await cacache.put(dir, key, data, { metadata });
  } catch {
    // A cache that can't be written costs time, not the build.
  }
}
