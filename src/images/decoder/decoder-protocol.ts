import type { PdfImage, Rendition } from '../../model/pdf-parts.ts';
import type { Original } from '../codec/original.ts';
import type { ImageLimits } from '../model/limits.ts';
import type { ImageFacts, ImageResult, RenditionSpec } from '../model/model.ts';

// What `decoder.ts` and its processes say to each other. Apart from both: a process loads sharp, its parent must not.

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

/** What a process answers to a job, in this order. */
export type Answer =
  /** It has read the job: from here on time counts. */
  | { readonly kind: 'begun' }
  /** `heldBytes`: its memory, in which much of what the job took may still be. */
  | { readonly kind: 'done'; readonly result: JobResult; readonly heldBytes: number }
  /** It took more memory than it may, and is about to end itself. */
  | { readonly kind: 'outgrown' };
