import type { ImageFacts, StoredImage } from '../../src/images/model/model.ts';
import { sha256Of, storedImage } from '../../src/images/stored-image.ts';

/** A picture as an image source gives it. */
export function storedImageOf(bytes: Uint8Array, facts: Partial<ImageFacts> = {}): StoredImage {
  const all = { type: 'image/png', widthPx: 1, heightPx: 1, frames: 1, ...facts };
  return storedImage(all, { bytes, sha256: sha256Of(bytes) }, async () => ({ ok: true, bytes }));
}
