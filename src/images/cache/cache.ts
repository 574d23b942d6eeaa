import { createHash } from 'node:crypto';
import { utimes } from 'node:fs/promises';
import pLimit from 'p-limit';

/** It takes a while to load, which nobody has to wait for. */
const library = async () => (await import('cacache')).default;

/** As many as Node reads side by side: of more, there would only be more in memory. */
const READS_AT_ONCE = 4;

/** The folders of caches, in the cache folder. */
export const CACHES = ['images', 'renditions'] as const;

/** What a cache gives back: the very bytes that were put, and what was said about them. */
export interface CacheHit {
  readonly bytes: Uint8Array;
  /** Hex, of `bytes`: what they were verified by. */
  readonly sha256: string;
  readonly metadata: CacheMetadata;
}

/** Kept as JSON beside the bytes. */
export type CacheMetadata = Readonly<Record<string, string | number | boolean>>;

/** A cache never fails a build: what can't be read is a miss, what can't be written is forgotten. */
export interface Cache {
  get(key: string): Promise<CacheHit | undefined>;
  /** @returns whether they can be had from now on. */
  put(key: string, bytes: Uint8Array, metadata?: CacheMetadata): Promise<boolean>;
}

/** What a look into a cache finds. `damaged`: there is an entry, but its bytes are gone or not those that were put. */
export type CacheRead = ({ readonly state: 'whole' } & CacheHit) | { readonly state: 'missing' | 'damaged' };

/** A cache that tells what was lost from what was never there. */
export interface CheckedCache extends Cache {
  read(key: string): Promise<CacheRead>;
  /**
   * Bytes that were put or read before, whatever their key.
   *
   * @param sha256 hex.
   */
  content(sha256: string): Promise<Uint8Array | undefined>;
}

/**
 * A folder of entries that are checked against their hash each time they are read. Several processes may share it.
 *
 * @param dir is created at the first `put`.
 * @param onPut hears that it grows.
 */
export function openCache(dir: string, onPut: () => void = () => undefined): CheckedCache {
  const limit = pLimit(READS_AT_ONCE);
  const readOne = (key: string): Promise<CacheRead> => limit(() => read(dir, key));
  return {
    read: readOne,
    get: async (key) => {
      const found = await readOne(key);
      return found.state === 'whole' ? found : undefined;
    },
    content: (sha256) =>
      limit(async () => {
        const integrity = `sha256-${Buffer.from(sha256, 'hex').toString('base64')}`;
        return (await library()).get.byDigest(dir, integrity).catch(() => undefined);
      }),
    put: (key, bytes, metadata = {}) => {
      onPut();
      return write(dir, key, bytes, metadata);
    },
  };
}

async function read(dir: string, key: string): Promise<CacheRead> {
  try {
    const { data, metadata, integrity } = await (await library()).get(dir, key);
    await noteUse(dir, key);
    return { state: 'whole', bytes: data, sha256: hexOf(String(integrity), data), metadata: metadata ?? {} };
  } catch (error) {
    // Only what is damaged is removed: an I/O error or a permission says nothing about the content.
    if (isDamage(error)) await removeContent(dir, key);
    return { state: isDamage(error) || isLost(error) ? 'damaged' : 'missing' };
  }
}

/** What was used longest ago is forgotten first: see `cache-size.ts`. */
async function noteUse(dir: string, key: string): Promise<void> {
  const entry = await (await library()).get.info(dir, key).catch(() => undefined);
  const now = new Date();
  if (entry) await utimes(entry.path, now, now).catch(() => undefined);
}

/** cacache writes a hash as `sha256-` and base64. Entries of older versions have another algorithm. */
function hexOf(integrity: string, bytes: Uint8Array): string {
  const [, base64] = /^sha256-([\w+/]+=*)$/.exec(integrity) ?? [];
  if (base64 !== undefined) return Buffer.from(base64, 'base64').toString('hex');
  return createHash('sha256').update(bytes).digest('hex');
}

function isDamage(error: unknown): boolean {
  const { code } = error as NodeJS.ErrnoException;
  return code === 'EINTEGRITY' || code === 'EBADSIZE';
}

/** No file of that content; where there is no entry, cacache's own error names the key instead of a path. */
function isLost(error: unknown): boolean {
  const { code, path } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' && path !== undefined;
}

/** The entry stays, so that every reader learns that something is lost until it is put again. */
async function removeContent(dir: string, key: string): Promise<void> {
  try {
    const entry = await (await library()).get.info(dir, key);
    if (entry) await (await library()).rm.content(dir, entry.integrity);
  } catch {
    // It stays damaged, and every reader will find that out.
  }
}

async function write(dir: string, key: string, bytes: Uint8Array, metadata: CacheMetadata): Promise<boolean> {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    await removeDamaged(dir, `sha256-${createHash('sha256').update(data).digest('base64')}`);
    await (await library()).put(dir, key, data, { metadata, algorithms: ['sha256'] });
    return true;
  } catch {
    // A cache that can't be written costs time and memory, not the build.
    return false;
  }
}

/** cacache keeps a file that is already there, damaged or not. A whole one stays: others may be about to read it. */
async function removeDamaged(dir: string, integrity: string): Promise<void> {
  try {
    await (await library()).get.byDigest(dir, integrity);
  } catch (error) {
    if (isDamage(error)) await (await library()).rm.content(dir, integrity);
  }
}
