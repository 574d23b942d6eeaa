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
  /** Fetches under way at once, over all hosts. */
  readonly fetches: number;
  /** Fetches under way at once from one host. */
  readonly fetchesPerHost: number;
  /** A kept copy older than this is compared with its host's (RFC 9110, 13: conditional requests). */
  readonly maxAgeMs: number;
  /** Width × height of a raster, of one frame. 100 megapixels decode to 400 MB. */
  readonly maxPixels: number;
  /** Frames of an animation. */
  readonly maxFrames: number;
  /** One decoding or encoding of one image. */
  readonly decodeTimeoutMs: number;
  /** Resident memory of a decoder process. */
  readonly decodeMemoryBytes: number;
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
  fetches: 16,
  fetchesPerHost: 2,
  maxAgeMs: 30 * 24 * 3600 * 1000,
  maxPixels: 100_000_000,
  maxFrames: 2_000,
  decodeTimeoutMs: 30_000,
  decodeMemoryBytes: 1024 * 1024 * 1024,
};
