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
  /** Processes that are shared, and not ended when this decoder is closed. Default: processes of its own. */
  readonly pool?: DecoderPool | undefined;
}

/**
 * Decodes images in separate processes. Image decoders are large C programs that read untrusted data. If one crashes, hangs
 * or uses too much memory, only its process and one image are lost.
 */
export function createDecoder(options: DecoderOptions): Decoder {
  const { limits } = options;
  const pool = options.pool ?? createDecoderPool(options);
  let isClosed = false;
  const run = async <T extends object>(prepare: PrepareJob, byteCount: number) => {
    const result = isClosed ? ended() : await pool.run(prepare, byteCount);
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
    inspect: (bytes) =>
      run(async () => ({ ok: true, job: { kind: 'inspect', bytes, limits } }), bytes.length),
    rendition: (image, spec) => run(encoding('rendition', image, spec), image.byteCount),
    pdfImage: (image, spec) => run(encoding('pdf-image', image, spec), image.byteCount),
    close: async () => {
      isClosed = true;
      if (!options.pool) await pool.close();
    },
  };
}
