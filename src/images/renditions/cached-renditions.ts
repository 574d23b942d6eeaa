import type { Cache } from '../cache/cache.ts';
import type { Decoder } from '../model/model.ts';
import { packPdfImage, unpackPdfImage } from '../model/pdf-image.ts';
import { renditionKey } from './rendition-key.ts';

export type Encoder = Pick<Decoder, 'rendition' | 'pdfImage'>;

/** Takes renditions from the cache, or has them made and keeps them there. Images for print are read or made once. */
export function cachedEncoder(encoder: Encoder, cache: Cache): Encoder {
  const forPrint = new Map<string, ReturnType<Encoder['pdfImage']>>();
  const pdfImage = async (
    key: string,
    ...[image, spec]: Parameters<Encoder['pdfImage']>
  ): ReturnType<Encoder['pdfImage']> => {
    const cached = await cache.get(key);
    if (cached) return { ok: true, image: unpackPdfImage(cached.bytes) };
    const made = await encoder.pdfImage(image, spec);
    if (made.ok) await cache.put(key, packPdfImage(made.image));
    return made;
  };
  return {
    rendition: async (image, spec) => {
      const key = renditionKey(image, spec, 'file');
      const cached = await cache.get(key);
      if (cached) {
        return { ok: true, rendition: { bytes: cached.bytes, type: String(cached.metadata.type) } };
      }
      const made = await encoder.rendition(image, spec);
      if (made.ok) await cache.put(key, made.rendition.bytes, { type: made.rendition.type });
      return made;
    },
    pdfImage: (image, spec) => {
      const key = renditionKey(image, spec, 'pdf');
      const known = forPrint.get(key) ?? pdfImage(key, image, spec);
      forPrint.set(key, known);
      return known;
    },
  };
}
