import { join } from 'node:path';
import { beforeEach, describe, expect, test } from 'vitest';
import { type Cache, openCache } from '../../../src/images/cache/cache.ts';
import { createDecoder } from '../../../src/images/decoder/decoder.ts';
import { DEFAULT_LIMITS } from '../../../src/images/model/limits.ts';
import type { StoredImage } from '../../../src/images/model/model.ts';
import { packPdfImage } from '../../../src/images/model/pdf-image.ts';
import { cachedEncoder, type Encoder } from '../../../src/images/renditions/cached-renditions.ts';
import { sharedDecoders } from '../../support/shared-browser.ts';
import { temporaryFolder } from '../../support/temporary.ts';
import { flatDrawing, storedOriginal } from '../pictures.ts';

const SPEC = { maxWidthPx: 100, maxHeightPx: 100, frame: 1, mode: 'print' } as const;
/** Whoever asks it has found nothing in the cache. */
const NOBODY: Encoder = {
  rendition: async () => ({ ok: false, failure: { code: 'IMAGE_BROKEN', message: 'it was asked' } }),
  pdfImage: async () => ({ ok: false, failure: { code: 'IMAGE_BROKEN', message: 'it was asked' } }),
};

describe('an image for print', () => {
  let cache: Cache;
  let original: StoredImage;
  const decoder = createDecoder({ limits: DEFAULT_LIMITS, pool: sharedDecoders() });

  beforeEach(async () => {
    cache = openCache(join(await temporaryFolder(), 'cache'));
    original = await storedOriginal(await flatDrawing().ensureAlpha(0.5).png().toBuffer());
  });

  test('is the same when it comes from the cache', async () => {
    const made = await cachedEncoder(decoder, cache).pdfImage(original, SPEC);
    const kept = await cachedEncoder(NOBODY, cache).pdfImage(original, SPEC);
    if (!made.ok || !kept.ok) throw new Error('no image');
    expect(Buffer.compare(packPdfImage(kept.image), packPdfImage(made.image))).toBe(0);
  });

  test('is made again for another size', async () => {
    await cachedEncoder(decoder, cache).pdfImage(original, SPEC);
    expect(await cachedEncoder(NOBODY, cache).pdfImage(original, { ...SPEC, maxWidthPx: 50 })).toMatchObject({
      ok: false,
    });
  });

  test('is made once, however often it is asked for meanwhile', async () => {
    const { pdfImage } = cachedEncoder(decoder, cache);
    expect(await pdfImage(original, SPEC)).toBe(await pdfImage(original, SPEC));
  });

  test('that cannot be made is not kept', async () => {
    await cachedEncoder(NOBODY, cache).pdfImage(original, SPEC);
    expect(await cachedEncoder(decoder, cache).pdfImage(original, SPEC)).toMatchObject({ ok: true });
  });
});
