/** How much time, data and memory one image may take. */
export interface ImageLimits {
  /** For each of name lookup, TCP and TLS. */
  readonly connectTimeoutMs: number;
  /** From sending the request to the end of the headers of the answer. */
  readonly responseTimeoutMs: number;
  /** Longest pause between two pieces of a body. */
  readonly stallTimeoutMs: number;
  /** For everything: lookups, redirects, retries and the waits between them. */
  readonly totalTimeoutMs: number;
  /** Counted while streaming, and again after decompression. */
  readonly maxBytes: number;
  /** Redirects of one attempt. */
  readonly maxRedirects: number;
  /** Attempts after the first, for temporary errors. */
  readonly maxRetries: number;
  /** Wait before the first retry; doubles with each one. */
  readonly retryDelayMs: number;
  /** If a server asks for a longer `Retry-After`, the image fails at once. */
  readonly maxRetryAfterMs: number;
  /** Simultaneous fetches from all hosts. */
  readonly fetches: number;
  /** Simultaneous fetches from one host. */
  readonly fetchesPerHost: number;
  /** A cached copy older than this is revalidated (RFC 9110, 13: conditional requests). */
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

/** The default limits. */
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
