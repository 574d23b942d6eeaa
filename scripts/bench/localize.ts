import type { ImageSourceOptions } from '../../src/images/source.ts';
import { built } from './built.ts';

/** The message from `bench-images.ts`, which starts this program. */
export interface LocalizeOrder {
  /** Of the image cache. */
  readonly dir: string;
  readonly mirrors: ImageSourceOptions['mirrors'];
  readonly urls: readonly string[];
}

// The part of a build that processes remote images, from their URLs to checked bytes.
process.once('message', async ({ dir, mirrors, urls }: LocalizeOrder) => {
  const { openCache } =
    await built<typeof import('../../src/images/cache/cache.ts')>('images/cache/cache.ts');
  const { createDecoder } =
    await built<typeof import('../../src/images/decoder/decoder.ts')>('images/decoder/decoder.ts');
  const { createImageSource } = await built<typeof import('../../src/images/source.ts')>('images/source.ts');
  const { DEFAULT_LIMITS } =
    await built<typeof import('../../src/images/model/limits.ts')>('images/model/limits.ts');
  const started = performance.now();
  const decoder = createDecoder({ limits: DEFAULT_LIMITS });
  const options = { userAgent: 'Deckhand (benchmark)', mirrors, offline: false };
  const source = createImageSource(options, openCache(dir), decoder);
  const found = await Promise.all(urls.map((url) => source.remote(url)));
  const ms = performance.now() - started;
  await Promise.all([source.close(), decoder.close()]);
  const sizes = found.map((one) => {
    if (!one.ok) throw new Error(one.failure.message);
    return one.image.byteCount;
  });
  process.send?.({ ms, bytes: sizes.reduce((sum, size) => sum + size, 0) }, () => process.disconnect());
});
