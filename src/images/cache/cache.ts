import { createHash } from 'node:crypto';
import { utimes } from 'node:fs/promises';
import pLimit from 'p-limit';

/** Loading it takes long, so it is loaded while other work is done. */
const library = async () => (await import('cacache')).default;

/** Node reads this many files at the same time. More would only take more memory. */
const READS_AT_ONCE = 4;

/** The folders of the caches, in the cache folder. */
export const CACHES = ['images', 'renditions'] as const;

/** An entry of a cache: the bytes that were stored, and the metadata that was stored with them. */
export interface CacheHit {
  readonly bytes: Uint8Array;
  /** Hex SHA-256 of `bytes`, with which they were verified. */
  readonly sha256: string;
  readonly metadata: CacheMetadata;
}

/** Stored as JSON with the bytes. */
export type CacheMetadata = Readonly<Record<string, string | number | boolean>>;

/** A cache never fails a build: an entry that cannot be read is a miss, one that cannot be written is dropped. */
export interface Cache {
  get(key: string): Promise<CacheHit | undefined>;
  /** @returns whether the bytes can be read from the cache from now on. */
  put(key: string, bytes: Uint8Array, metadata?: CacheMetadata): Promise<boolean>;
}

/** The result of a lookup. `damaged`: there is an entry, but its bytes are missing or differ from those that were stored. */
export type CacheRead = ({ readonly state: 'whole' } & CacheHit) | { readonly state: 'missing' | 'damaged' };

/** A cache that distinguishes entries that were lost from those that never existed. */
export interface CheckedCache extends Cache {
  read(key: string): Promise<CacheRead>;
  /**
   * Bytes that were stored or read before, under any key.
   *
   * @param sha256 hex.
   */
  content(sha256: string): Promise<Uint8Array | undefined>;
}

/**
 * A folder of entries that are checked against their hash each time they are read. Several processes may share it.
 *
 * @param dir is created by the first `put`.
 * @param onPut is called when the cache grows.
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
    // Only damaged entries are removed: an I/O error or a missing permission says nothing about the content.
    if (isDamage(error)) await removeContent(dir, key);
    return { state: isDamage(error) || isLost(error) ? 'damaged' : 'missing' };
  }
}

/** Sets the time of the last use; `cache-size.ts` removes the least recently used entries first. */
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

/** There is no file with that content. If the entry is missing, cacache's own error names the key instead of a path. */
function isLost(error: unknown): boolean {
  const { code, path } = error as NodeJS.ErrnoException;
  return code === 'ENOENT' && path !== undefined;
}

/** The entry stays, so that every reader learns that the content is lost until it is stored again. */
async function removeContent(dir: string, key: string): Promise<void> {
  try {
    const entry = await (await library()).get.info(dir, key);
    if (entry) await (await library()).rm.content(dir, entry.integrity);
  } catch {
    // The entry stays damaged, and every reader will detect that.
  }
}

async function write(dir: string, key: string, bytes: Uint8Array, metadata: CacheMetadata): Promise<boolean> {
  const data = Buffer.from(bytes.buffer, bytes.byteOffset, bytes.byteLength);
  try {
    await removeDamaged(dir, `sha256-${createHash('sha256').update(data).digest('base64')}`);
    await (await library()).put(dir, key, data, { metadata, algorithms: ['sha256'] });
    return true;
  } catch {
    // A cache that cannot be written costs time and memory, but never fails the build.
    return false;
  }
}

/**
 * cacache keeps a file that exists already, damaged or not. A valid file stays, because other processes may be about to read
 * it.
 */
async function removeDamaged(dir: string, integrity: string): Promise<void> {
  try {
    await (await library()).get.byDigest(dir, integrity);
  } catch (error) {
    if (isDamage(error)) await (await library()).rm.content(dir, integrity);
  }
}
