import type { DiagnosticCode } from '../../model/diagnostics.ts';
import type { PdfImage, Rendition } from '../../model/pdf-parts.ts';

/** Why there is no picture. Becomes a diagnostic where deck, line and slide are known. */
export interface ImageFailure {
  readonly code: Extract<DiagnosticCode, `IMAGE_${string}`> | 'STYLE_UNAVAILABLE' | 'FONT_UNAVAILABLE';
  /** One plain sentence with the reason: `pointful.github.io answered 404 Not Found`. Holds no query string. */
  readonly message: string;
  /** What to do next. */
  readonly hint?: string;
}

export interface ImageFailed {
  readonly ok: false;
  readonly failure: ImageFailure;
}

/** A value, or the reason why there is none. */
export type ImageResult<T extends object> = ({ readonly ok: true } & T) | ImageFailed;

/** What a full decode of a picture tells. */
export interface ImageFacts {
  /** MIME type, decided from the content: a server's label and a file's name are often wrong. */
  readonly type: string;
  /** Intrinsic width in CSS px as a browser gives it, EXIF orientation applied. */
  readonly widthPx: number;
  /** Intrinsic height in CSS px, likewise upright. */
  readonly heightPx: number;
  /** Pictures in an animation; 1 for everything that stands still. */
  readonly frames: number;
}

/**
 * A picture as its author published it, decoded once from start to end and found whole. Its bytes lie in the cache or in a file, and
 * nobody holds them: a deck may have more of them than there is memory.
 */
export interface StoredImage extends ImageFacts {
  /** Hex, of its bytes. */
  readonly sha256: string;
  readonly byteCount: number;
  /** False where it may have parts that are transparent. */
  readonly isOpaque: boolean;
  /** The very bytes that it was found with, or why they can't be had any more. */
  read(): Promise<ImageResult<{ readonly bytes: Uint8Array }>>;
}

/** What a rendition has to be good for. */
export interface RenditionSpec {
  /** Device pixels: the largest printed box times the density; `Infinity` to keep the pixels there are. */
  readonly maxWidthPx: number;
  readonly maxHeightPx: number;
  /** Of an animation, from 1; a number beyond the last frame means the last. */
  readonly frame: number | 'last';
  /** `original`: the file itself wherever Chromium can show it; no scaling, no other format. */
  readonly mode: 'print' | 'original';
  /** Without colours; an SVG keeps them. */
  readonly gray?: boolean;
}

/**
 * Where foreign bytes are decoded: processes of their own, bounded in time and memory. One that dies takes one picture
 * with it.
 */
export interface Decoder {
  /** Starts its processes: there will be work when the first answers of the web are here. */
  warmUp(): void;
  inspect(bytes: Uint8Array): Promise<ImageResult<{ readonly facts: ImageFacts }>>;
  /** Reads the picture when its turn comes. */
  rendition(image: StoredImage, spec: RenditionSpec): Promise<ImageResult<{ readonly rendition: Rendition }>>;
  /** A raster for print, as a PDF holds it. */
  pdfImage(image: StoredImage, spec: RenditionSpec): Promise<ImageResult<{ readonly image: PdfImage }>>;
  /** Ends its processes; what is under way fails. */
  close(): Promise<void>;
}

/** Where bytes came from, and when. */
export interface Provenance {
  /** The URL that was really asked for first: after mirrors, or of an archive. */
  readonly fetchedUrl: string;
  /** UTC, `2026-01-31T12:00:00Z`. */
  readonly fetchedAt: string;
  /** The original address is dead, and an archive answered instead. */
  readonly archived: boolean;
  /** Why the copy, which is older than it may be, could not be compared with its host's. */
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
