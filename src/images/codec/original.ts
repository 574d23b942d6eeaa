import type { ImageFacts } from '../model/model.ts';

/** A picture to be decoded, as `inspectImage` found it. */
export interface Original extends ImageFacts {
  readonly bytes: Uint8Array;
}
