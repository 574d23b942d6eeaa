import { constants } from 'node:fs';
import { type FileHandle, open } from 'node:fs/promises';
import { ENTRY_VERSION, type Kind } from './bring-home.ts';
import type { CheckedCache } from './cache/cache.ts';
import { mebibytes } from './fetch/fetch-errors.ts';
import { failed, type ImageFacts, type ImageResult, type StoredImage } from './model/model.ts';
import { sha256Of, storedImage, unchanged } from './stored-image.ts';

/** Says that there is something to remember; the facts themselves are metadata. */
const NOTE = Buffer.from('facts');

/**
 * A picture on disk. What a decode of it tells is remembered by content, as the same file may be in many places.
 *
 * @param maxBytes is compared before anything is read.
 */
export async function localImage(
  file: string,
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

/** A function of its own: one that is made where the bytes are at hand would hold them. */
function readingAgain(file: string, maxBytes: number, sha256: string): StoredImage['read'] {
  return async () => unchanged(sha256, await readRegularFile(file, maxBytes));
}

async function readRegularFile(
  file: string,
  maxBytes: number,
): Promise<ImageResult<{ readonly bytes: Uint8Array; readonly sha256: string }>> {
  let handle: FileHandle | undefined;
  try {
    // Opening a pipe would otherwise wait until something is written into it. Windows has no such flag.
    handle = await open(file, constants.O_RDONLY | (constants.O_NONBLOCK ?? 0));
    // Of what was opened, not of what the name stands for by now.
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

/** As many bytes as there were when it was opened: a file that grows is not followed. */
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
