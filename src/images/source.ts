import { createHash } from 'node:crypto';
import { readFile } from 'node:fs/promises';
import pLimit from 'p-limit';
import { messageOf } from '../errors.ts';
import type { Cache } from './cache.ts';
import type { FetchOptions } from './fetch.ts';
import { fetchedUrl } from './mirrors.ts';
import { failed, type ImageResult, type Original } from './model.ts';

export interface ImageSourceOptions extends FetchOptions {
  readonly offline: boolean;
  /** Fetches under way at once. */
  readonly concurrency: number;
}

export type FoundImage = ImageResult<{ readonly image: Original }>;

/** Where all decks of a run get their images: each URL and each file is fetched and decoded once. */
export interface ImageSource {
  remote(url: string): Promise<FoundImage>;
  local(file: string): Promise<FoundImage>;
}

/** The images of a run, over a cache that other runs share. Nothing here throws but the signal's reason. */
export function createImageSource(
  options: ImageSourceOptions,
  cache: Cache,
  signal?: AbortSignal,
): ImageSource {
  const limitFetches = pLimit(options.concurrency);
  const limitDecodes = pLimit(2);
  const found = new Map<string, Promise<FoundImage>>();
  const once = (key: string, find: () => Promise<FoundImage>): Promise<FoundImage> => {
    const known = found.get(key);
    if (known) return known;
    const promise = find();
    found.set(key, promise);
    return promise;
  };
  const inspect = (bytes: Uint8Array): Promise<FoundImage> => limitDecodes(() => inspectOnce(bytes, cache));

  const fromWeb = async (url: string): Promise<FoundImage> => {
    const key = `image ${fetchedUrl(url, options.mirrors ?? [])}`;
    const cached = await cache.get(key);
    if (cached) return inspect(cached.bytes);
    if (options.offline) {
      const hint = 'build once without --offline, so that the cache has it';
      return failed('IMAGE_OFFLINE', 'not in the cache, and --offline allows no fetching', hint);
    }
    // A warm cache needs neither the HTTP client nor the decoder: they load when they are wanted.
    const { fetchImage } = await import('./fetch.ts');
    const fetched = await limitFetches(() => fetchImage(url, options, signal));
    if (!fetched.ok) return fetched;
    const inspected = await inspect(fetched.bytes);
    // What is no picture today may be one tomorrow: only pictures are kept.
    if (inspected.ok) await cache.put(key, fetched.bytes);
    return inspected;
  };
  const fromDisk = async (file: string): Promise<FoundImage> => {
    try {
      return await inspect(await readFile(file));
    } catch (error) {
      return failed('IMAGE_NOT_FOUND', `the file can not be read: ${messageOf(error)}`);
    }
  };
  return {
    remote: (url) => once(url, () => fromWeb(url)),
    local: (file) => once(file, () => fromDisk(file)),
  };
}

/** A full decode is what a picture costs most, and its answer depends on nothing but its bytes. */
async function inspectOnce(bytes: Uint8Array, cache: Cache): Promise<FoundImage> {
  const sha256 = createHash('sha256').update(bytes).digest('hex');
  const key = `inspected ${sha256}`;
  const known = (await cache.get(key))?.metadata;
  if (known) {
    const { type, widthPx, heightPx } = known as Pick<Original, 'type' | 'widthPx' | 'heightPx'>;
    return { ok: true, image: { bytes, sha256, type, widthPx, heightPx } };
  }
  const { inspectImage } = await import('./inspect.ts');
  const inspected = await inspectImage(bytes);
  if (inspected.ok) {
    const { type, widthPx, heightPx } = inspected.image;
    await cache.put(key, Buffer.from('ok'), { type, widthPx, heightPx });
  }
  return inspected;
}
