import type { PdfImage, Rendition } from '../../model/pdf-parts.ts';
import type { Original } from '../codec/original.ts';
import type { ImageLimits } from '../model/limits.ts';
import type { ImageFacts, ImageResult, RenditionSpec } from '../model/model.ts';

// The messages between `decoder.ts` and its processes. In a file of its own, because a process loads sharp and its parent
// must not.

export type DecoderLimits = Pick<
  ImageLimits,
  'maxPixels' | 'maxFrames' | 'maxBytes' | 'decodeTimeoutMs' | 'decodeMemoryBytes'
>;

export type Job =
  | { readonly kind: 'inspect'; readonly bytes: Uint8Array; readonly limits: DecoderLimits }
  | {
      readonly kind: 'rendition' | 'pdf-image';
      readonly original: Original;
      readonly spec: RenditionSpec;
      readonly limits: DecoderLimits;
    };

export type JobResult =
  | ImageResult<{ readonly facts: ImageFacts }>
  | ImageResult<{ readonly rendition: Rendition }>
  | ImageResult<{ readonly image: PdfImage }>;

/** The answers of a process to a job, in this order. */
export type Answer =
  /** The process has read the job. From here on time counts. */
  | { readonly kind: 'begun' }
  /** `heldBytes`: its memory, which may still contain much of what the job used. */
  | { readonly kind: 'done'; readonly result: JobResult; readonly heldBytes: number }
  /** It uses more memory than it may, and is about to end. */
  | { readonly kind: 'outgrown' };
