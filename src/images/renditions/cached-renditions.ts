import type { PdfImage, Rendition } from '../../model/pdf-parts.ts';
import type { Cache } from '../cache/cache.ts';
import type { Decoder, ImageResult, RenditionSpec, StoredImage } from '../model/model.ts';
import { packPdfImage, unpackPdfImage } from '../model/pdf-image.ts';
import { renditionKey } from './rendition-key.ts';

/** A picture as a file for the browser: from the cache, or made now and kept there. */
export async function cachedRendition(
  image: StoredImage,
  spec: RenditionSpec,
  decoder: Pick<Decoder, 'rendition'>,
  cache: Cache,
): Promise<ImageResult<{ readonly rendition: Rendition }>> {
  const key = renditionKey(image, spec, 'file');
  const cached = await cache.get(key);
  if (cached) {
    return { ok: true, rendition: { bytes: cached.bytes, type: String(cached.metadata.type) } };
  }
  const made = await decoder.rendition(image, spec);
  if (made.ok) await cache.put(key, made.rendition.bytes, { type: made.rendition.type });
  return made;
}

/** A raster for print, likewise. */
export async function cachedPdfImage(
  image: StoredImage,
  spec: RenditionSpec,
  decoder: Pick<Decoder, 'pdfImage'>,
  cache: Cache,
): Promise<ImageResult<{ readonly image: PdfImage }>> {
  const key = renditionKey(image, spec, 'pdf');
  const cached = await cache.get(key);
  if (cached) return { ok: true, image: unpackPdfImage(cached.bytes) };
  const made = await decoder.pdfImage(image, spec);
  if (made.ok) await cache.put(key, packPdfImage(made.image));
  return made;
}
