import type { Box, Size } from './geometry.ts';
import type { LaidOutPage } from './layout.ts';
import type { OutputKind } from './output-kinds.ts';
import type { PdfImage, SparingInk, Stub } from './pdf-parts.ts';
import type { Meeting, PrintPlan, ShotPlan, SlideCount } from './plan.ts';

/** The result of a {@link PrintPlan}. */
export interface Print {
  readonly plan: PrintPlan;
  /** Missing if the file has no document of its own. */
  readonly sheets?: PrintedDocument | undefined;
  /** Missing if the file shows no slides. */
  readonly frames?: PrintedFrames | undefined;
}

export interface PrintedDocument {
  readonly html: string;
  readonly pdf: Uint8Array;
  /** Everything that the document loaded, by URL. */
  readonly served: ReadonlyMap<string, { readonly type: string; readonly sha256: string }>;
  /** URLs of vector images in which nothing is visible. */
  readonly blank: ReadonlySet<string>;
  /** The images that replace its stubs. */
  readonly images: readonly PlacedImage[];
  /** Things that overlap in the print. */
  readonly meetings: readonly Meeting[];
}

/** An image for which the print has a stub. */
export interface PlacedImage {
  readonly url: string;
  readonly stub: Stub;
  readonly image: PdfImage;
  /** Packed bytes of the image. */
  readonly sha256: string;
}

/** One print of all slides that the files of a deck show in one ink, one page each. */
export interface PrintedFrames extends PrintedDocument {
  readonly pages: readonly LaidOutPage[];
  /** Of a slide. */
  readonly page: Size;
}

/** The result of a {@link ShotPlan}. */
export interface Shots {
  readonly plan: ShotPlan;
  readonly shots: readonly Shot[];
  readonly served: PrintedDocument['served'];
}

export interface Shot {
  /** In the format of the plan. */
  readonly bytes: Uint8Array;
  /** Size of the image, in its own pixels. */
  readonly size: Size;
  /** Position of the page in the image. */
  readonly box: Box;
  /** Addresses of images on its page that the browser could not show. */
  readonly lost: readonly string[];
}

/** A finished file, still in memory. */
export interface Artifact {
  readonly kind: OutputKind;
  /** Below the output folder, with `/`. */
  readonly file: string;
  readonly bytes: Uint8Array;
  /** Missing for an archive. */
  readonly pages?: number;
  readonly slides?: SlideCount;
  /** How it saves ink, if it does. */
  readonly ink?: SparingInk;
  /** Hash of everything that it was made from. */
  readonly key: string;
}
