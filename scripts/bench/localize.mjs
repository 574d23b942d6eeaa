import { join } from 'node:path';
import { pathToFileURL } from 'node:url';

// What a build does with its remote pictures, from their URLs to checked bytes. Plain JavaScript, for a build has no
// loader that compiles what it imports; started by `bench-images.ts`, which tells it what to do.

process.once('message', async ({ dist, dir, mirrors, urls }) => {
  const load = (path) => import(pathToFileURL(join(dist, path)).href);
  const { openCache } = await load('images/cache.js');
  const { createDecoder } = await load('images/decoder.js');
  const { createImageSource } = await load('images/source.js');
  const { DEFAULT_LIMITS } = await load('images/limits.js');
  const started = performance.now();
  const decoder = createDecoder({ limits: DEFAULT_LIMITS });
  const options = { userAgent: 'Deckhand (benchmark)', mirrors, offline: false };
  const source = createImageSource(options, openCache(dir), decoder);
  const found = await Promise.all(urls.map((url) => source.remote(url)));
  const ms = performance.now() - started;
  await Promise.all([source.close(), decoder.close()]);
  const sizes = found.map((one) => {
    if (!one.ok) throw new Error(one.failure.message);
    return one.image.bytes.length;
  });
  process.send({ ms, bytes: sizes.reduce((sum, size) => sum + size, 0) }, () => process.disconnect());
});
