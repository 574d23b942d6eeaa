import { manifest } from '../../system/package-root.ts';
import type { RenditionSpec, StoredImage } from '../model/model.ts';

// Separate from `renditions.ts`, because looking something up must not load sharp.

/** Increase this number when any rule for making renditions changes. */
const RULES_VERSION = 8;

/** `file`: bytes that a browser shows. `pdf`: a `PdfImage`, packed. */
export type RenditionForm = 'file' | 'pdf';

/**
 * The key of a rendition: the image's bytes, its requirements, and the programs that make it. Equal keys give equal bytes.
 */
export function renditionKey(
  image: Pick<StoredImage, 'sha256' | 'frames' | 'widthPx' | 'heightPx'>,
  spec: RenditionSpec,
  form: RenditionForm,
): string {
  const { sha256, frames, widthPx, heightPx } = image;
  const isWhole = widthPx <= spec.maxWidthPx && heightPx <= spec.maxHeightPx;
  const box = isWhole ? 'whole' : `${Math.ceil(spec.maxWidthPx)}x${Math.ceil(spec.maxHeightPx)}`;
  const size = spec.mode === 'original' ? 'original' : box;
  const frame = `${frameIndex(frames, spec.frame) + 1}${spec.gray ? ' gray' : ''}`;
  // sharp is pinned and contains its own libvips, so its version stands for both.
  const programs = `sharp ${manifest().dependencies.sharp} zlib ${process.versions.zlib}`;
  return `rendition ${RULES_VERSION} ${form} ${sha256} ${size} frame ${frame} ${programs}`;
}

/** Index of the frame that a spec selects. */
export function frameIndex(frames: number, frame: RenditionSpec['frame']): number {
  return frame === 'last' ? frames - 1 : Math.min(Math.max(1, frame), frames) - 1;
}
