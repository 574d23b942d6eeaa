/** How long and how much one image may take. */
export interface ImageLimits {
  /** Name lookup, TCP and TLS, each. */
  readonly connectTimeoutMs: number;
  /** From the request being sent to the end of the answer's headers. */
  readonly responseTimeoutMs: number;
  /** Longest pause between two pieces of a body. */
  readonly stallTimeoutMs: number;
  /** Over everything: lookups, redirects, retries and the waits between them. */
  readonly totalTimeoutMs: number;
  /** Counted while streaming, and again after inflating. */
  readonly maxBytes: number;
  /** Hops of one attempt. */
  readonly maxRedirects: number;
  /** Attempts after the first, for trouble that tends to pass. */
  readonly maxRetries: number;
  /** Wait before the first retry; doubles with each one. */
  readonly retryDelayMs: number;
  /** A `Retry-After` beyond this is not waited for: the image has failed. */
  readonly maxRetryAfterMs: number;
  /** Width × height of a raster. 100 megapixels decode to 400 MB. */
  readonly maxPixels: number;
}

/** The one table of what is allowed when nobody says otherwise. */
export const DEFAULT_LIMITS: ImageLimits = {
  connectTimeoutMs: 10_000,
  responseTimeoutMs: 15_000,
  stallTimeoutMs: 15_000,
  totalTimeoutMs: 60_000,
  maxBytes: 50 * 1024 * 1024,
  maxRedirects: 5,
  maxRetries: 2,
  retryDelayMs: 500,
  maxRetryAfterMs: 5_000,
  maxPixels: 100_000_000,
};
