import type { Decoder, ImageResult, RenditionSpec, StoredImage } from '../model/model.ts';
import {
  createDecoderPool,
  type DecoderPool,
  type DecoderPoolOptions,
  ended,
  type PrepareJob,
} from './decoder-pool.ts';
import type { DecoderLimits } from './decoder-protocol.ts';

export interface DecoderOptions extends DecoderPoolOptions {
  readonly limits: DecoderLimits;
  /** Processes that others use as well, and that stay when this decoder is closed. Default: processes of its own. */
  readonly pool?: DecoderPool | undefined;
}

/**
 * Decodes pictures in processes of their own. Decoders of image formats are large programs in C that read what anybody
 * sends: one that crashes, hangs or eats memory takes its process along, and with it one picture.
 */
export function createDecoder(options: DecoderOptions): Decoder {
  const { limits } = options;
  const pool = options.pool ?? createDecoderPool(options);
  let isClosed = false;
  const run = async <T extends object>(prepare: PrepareJob) => {
    const result = isClosed ? ended() : await pool.run(prepare);
    return (isClosed ? ended() : result) as ImageResult<T>;
  };
  const encoding =
    (kind: 'rendition' | 'pdf-image', image: StoredImage, spec: RenditionSpec): PrepareJob =>
    async () => {
      const found = await image.read();
      if (!found.ok) return found;
      const { type, widthPx, heightPx, frames } = image;
      const original = { type, widthPx, heightPx, frames, bytes: found.bytes };
      return { ok: true, job: { kind, original, spec, limits } };
    };
  return {
    warmUp: () => {
      if (!isClosed) pool.warmUp();
    },
    inspect: (bytes) => run(async () => ({ ok: true, job: { kind: 'inspect', bytes, limits } })),
    rendition: (image, spec) => run(encoding('rendition', image, spec)),
    pdfImage: (image, spec) => run(encoding('pdf-image', image, spec)),
    close: async () => {
      isClosed = true;
      if (!options.pool) await pool.close();
    },
  };
}
