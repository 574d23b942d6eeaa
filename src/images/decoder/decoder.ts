import type { Decoder, ImageResult } from '../model/model.ts';
import { createDecoderPool, type DecoderPool, type DecoderPoolOptions, ended } from './decoder-pool.ts';
import type { DecoderLimits, Job } from './decoder-protocol.ts';

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
  const run = async <T extends object>(job: Job) => {
    const result = isClosed ? ended() : await pool.run(job);
    return (isClosed ? ended() : result) as ImageResult<T>;
  };
  return {
    warmUp: () => {
      if (!isClosed) pool.warmUp();
    },
    inspect: (bytes) => run({ kind: 'inspect', bytes, limits }),
    rendition: (original, spec) => run({ kind: 'rendition', original, spec, limits }),
    pdfImage: (original, spec) => run({ kind: 'pdf-image', original, spec, limits }),
    close: async () => {
      isClosed = true;
      if (!options.pool) await pool.close();
    },
  };
}
