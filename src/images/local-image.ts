import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import type { FilePath } from '../model/paths.ts';
import { ENTRY_VERSION, type Kind } from './bring-home.ts';
import type { CheckedCache } from './cache/cache.ts';
import { mebibytes } from './fetch/fetch-errors.ts';
import { failed, type ImageFacts, type ImageResult, type StoredImage } from './model/model.ts';
import { sha256Of, storedImage, unchanged } from './stored-image.ts';

/** The content of the cache entry, which must not be empty; the facts are in its metadata. */
const NOTE = Buffer.from('facts');

/**
 * Reads an image on disk. The facts from decoding it are cached by content, because the same image may be in many files.
 *
 * @param maxBytes is checked before anything is read.
 */
export async function localImage(
  file: FilePath,
  kind: Kind<ImageFacts & Record<string, string | number>>,
  cache: CheckedCache,
  maxBytes: number,
): Promise<ImageResult<{ readonly image: StoredImage }>> {
  const read = await readRegularFile(file, maxBytes);
  if (!read.ok) return read;
  const { bytes, sha256 } = read;
  const again = readingAgain(file, maxBytes, sha256);
  const key = `facts ${ENTRY_VERSION} ${sha256}`;
  const noted = await cache.get(key);
  const known = noted && kind.recall(noted.metadata);
  if (known) return { ok: true, image: storedImage(known, read, again) };
  const examined = await kind.examine(bytes, '');
  if (!examined.ok) return examined;
  await cache.put(key, NOTE, examined.facts);
  return { ok: true, image: storedImage(examined.facts, read, again) };
}

/** A function of its own: a closure created where the bytes are in scope would hold them. */
function readingAgain(file: string, maxBytes: number, sha256: string): StoredImage['read'] {
  return async () => unchanged(sha256, await readRegularFile(file, maxBytes));
}

async function readRegularFile(
  file: string,
  maxBytes: number,
): Promise<ImageResult<{ readonly bytes: Uint8Array; readonly sha256: string }>> {
  let handle: FileHandle | undefined;
  try {
    // Otherwise, opening a pipe would wait until something is written to it. Windows has no such flag.
    handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    // Of the opened file, because its name may refer to another file by now.
    const stats = await handle.stat();
    if (!stats.isFile()) return failed('IMAGE_NOT_FOUND', 'this is not a regular file');
    if (stats.size > maxBytes) {
      const message = `the file has ${mebibytes(stats.size)} MiB, more than ${mebibytes(maxBytes)}`;
      return failed('IMAGE_TOO_LARGE', message);
    }
    const bytes = await readExactly(handle, stats.size);
    return { ok: true, bytes, sha256: sha256Of(bytes) };
  } catch (error) {
    const { code } = error as NodeJS.ErrnoException;
    if (code === undefined) throw error;
    return failed('IMAGE_NOT_FOUND', `the file cannot be read (${code})`);
  } finally {
    await handle?.close();
  }
}

/** Reads as many bytes as the file had when it was opened, even if it grows. */
async function readExactly(handle: FileHandle, size: number): Promise<Uint8Array> {
  const bytes = Buffer.allocUnsafe(size);
  let at = 0;
  while (at < size) {
    const { bytesRead } = await handle.read(bytes, at, size - at, at);
    if (bytesRead === 0) break;
    at += bytesRead;
  }
  return bytes.subarray(0, at);
}
