import type { DiagnosticCode } from '../../model/diagnostics.ts';
import type { PdfImage, Rendition } from '../../model/pdf-parts.ts';

/** Why there is no image. It becomes a diagnostic when deck, line and slide are known. */
export interface ImageFailure {
  readonly code: Extract<DiagnosticCode, `IMAGE_${string}`> | 'STYLE_UNAVAILABLE' | 'FONT_UNAVAILABLE';
  /** One plain sentence with the reason: `pointful.github.io answered 404 Not Found`. It contains no query string. */
  readonly message: string;
  /** What the user can do. */
  readonly hint?: string;
}

export interface ImageFailed {
  readonly ok: false;
  readonly failure: ImageFailure;
}

/** A value, or the reason why there is none. */
export type ImageResult<T extends object> = ({ readonly ok: true } & T) | ImageFailed;

/** The facts that a complete decode of an image gives. */
export interface ImageFacts {
  /** MIME type, decided from the content: the server's Content-Type and the file's extension are often wrong. */
  readonly type: string;
  /** Natural width in CSS px as in a browser, with EXIF orientation applied. */
  readonly widthPx: number;
  /** Natural height in CSS px, likewise upright. */
  readonly heightPx: number;
  /** Number of frames of an animation; 1 for everything else. */
  readonly frames: number;
}

/**
 * An image as its author published it. It was decoded completely once. Its bytes are in the cache or in a file, not in
 * memory: the images of a deck may be larger than the memory.
 */
export interface StoredImage extends ImageFacts {
  /** Hex SHA-256 of its bytes. */
  readonly sha256: string;
  readonly byteCount: number;
  /** False if parts of it may be transparent. */
  readonly isOpaque: boolean;
  /** Reads exactly the bytes that were found, or returns the reason why they are no longer available. */
  read(): Promise<ImageResult<{ readonly bytes: Uint8Array }>>;
}

/** The requirements for a rendition. */
export interface RenditionSpec {
  /** Device pixels: the largest printed box times the density; `Infinity` to keep all pixels. */
  readonly maxWidthPx: number;
  readonly maxHeightPx: number;
  /** Frame of an animation, from 1; a number beyond the last frame means the last one. */
  readonly frame: number | 'last';
  /** `original`: the file itself wherever Chromium can show it, without scaling or converting. */
  readonly mode: 'print' | 'original';
  /** Without colors; an SVG keeps them. */
  readonly gray?: boolean;
}

/** Decodes untrusted bytes in separate processes with limits of time and memory. If one ends, only one image is lost. */
export interface Decoder {
  /** Starts a process, because there will be work soon. */
  warmUp(): void;
  inspect(bytes: Uint8Array): Promise<ImageResult<{ readonly facts: ImageFacts }>>;
  /** Reads the image when its turn comes. */
  rendition(image: StoredImage, spec: RenditionSpec): Promise<ImageResult<{ readonly rendition: Rendition }>>;
  /** A raster for print, in the form that a PDF holds. */
  pdfImage(image: StoredImage, spec: RenditionSpec): Promise<ImageResult<{ readonly image: PdfImage }>>;
  /** Ends its processes; running jobs fail. */
  close(): Promise<void>;
}

/** Where bytes came from, and when. */
export interface Provenance {
  /** The URL that was actually requested first: after mirrors, or of an archive. */
  readonly fetchedUrl: string;
  /** UTC, `2026-01-31T12:00:00Z`. */
  readonly fetchedAt: string;
  /** The original address no longer works, and an archive answered instead. */
  readonly archived: boolean;
  /** Why the copy, which is older than the limit, could not be revalidated. */
  readonly stale?: string;
}

/** A stylesheet or a font from the web. */
export interface Asset {
  readonly bytes: Uint8Array;
  readonly sha256: string;
  readonly type: string;
}

/** The failing side of an {@link ImageResult}. */
export function failed(code: ImageFailure['code'], message: string, hint?: string): ImageFailed {
  return { ok: false, failure: { code, message, ...(hint === undefined ? {} : { hint }) } };
}
