import { createHash } from 'node:crypto';
import { isSurelyOpaque } from './codec/surely-opaque.ts';
import { failed, type ImageFacts, type ImageResult, type StoredImage } from './model/model.ts';

/** @param bytes are read, but not kept. */
export function storedImage(
  { type, widthPx, heightPx, frames }: ImageFacts,
  { bytes, sha256 }: { readonly bytes: Uint8Array; readonly sha256: string },
  read: StoredImage['read'],
): StoredImage {
  const facts = { type, widthPx, heightPx, frames };
  return { ...facts, sha256, byteCount: bytes.length, isOpaque: isSurelyOpaque(type, bytes), read };
}

export function sha256Of(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}

/** The second result if it equals the first: the layout was made for the first one. */
export function unchanged(
  sha256: string,
  again: ImageResult<{ readonly bytes: Uint8Array; readonly sha256: string }>,
): ImageResult<{ readonly bytes: Uint8Array }> {
  if (!again.ok || again.sha256 === sha256) return again;
  return failed('IMAGE_CHANGED', 'the image has changed since the build began', 'build again');
}
