import type { DiagnosticCode } from '../diagnostics.ts';

/** Why there is no picture. Becomes a diagnostic once somebody knows deck, line and slide. */
export interface ImageFailure {
  readonly code: Extract<DiagnosticCode, `IMAGE_${string}`>;
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

/** A picture as its author published it, decoded once from start to end and found whole. */
export interface Original {
  readonly bytes: Uint8Array;
  /** Hex, of `bytes`. */
  readonly sha256: string;
  /** MIME type, decided from the content: a server's label and a file's name are often wrong. */
  readonly type: string;
  /** Intrinsic width in CSS px as a browser gives it, EXIF orientation applied. */
  readonly widthPx: number;
  /** Intrinsic height in CSS px, likewise upright. */
  readonly heightPx: number;
}

/** A picture as it goes into a PDF: `image/jpeg`, `image/png` or `image/svg+xml`. */
export interface Rendition {
  readonly bytes: Uint8Array;
  readonly type: string;
}

/** The failing side of an {@link ImageResult}. */
export function failed(code: ImageFailure['code'], message: string, hint?: string): ImageFailed {
  return { ok: false, failure: { code, message, ...(hint === undefined ? {} : { hint }) } };
}
