import * as z from 'zod';
import { DEFAULT_LIMITS, type ImageLimits } from '../images/model/limits.ts';
import { row } from './option-row.ts';

const MEBI = 1024 * 1024;
const DAY_MS = 24 * 3600 * 1000;

/** Hop-by-hop and framing headers belong to the connection and cannot be configured (RFC 9110, 7.6.1). */
const CONNECTION_HEADERS =
  /^(?:host|connection|content-length|transfer-encoding|te|upgrade|trailer|expect|keep-alive)$/i;

const headers = z.record(
  z.string().refine((origin) => URL.canParse(origin) && new URL(origin).origin === origin, {
    error: 'must be an origin such as https://images.example.org, without a path',
  }),
  z.record(
    z.string().refine((name) => /^[\w!#$%&'*+.^`|~-]+$/.test(name) && !CONNECTION_HEADERS.test(name), {
      error: 'must be the name of a header that is not the connection’s own',
    }),
    z.string().regex(/^[\t\x20-\x7e\x80-\xff]*$/, 'must be the value of a header, in one line'),
  ),
);

const archive = z
  .string()
  .regex(/^https?:\/\/[^{}]*\{url\}[^{}]*$/, 'must be an http or https URL with {url} in it, once')
  .optional();

const seconds = (min: number) => z.number().min(min).max(86_400);
const limit = (name: string, unit: string | undefined, help: string, value: number, schema: z.ZodNumber) =>
  row({
    flag: `image-${name}`,
    env: `DECKHAND_IMAGE_${name.replaceAll('-', '_').toUpperCase()}`,
    type: 'number',
    default: value,
    value: unit ?? 'N',
    help,
    topic: 'limits',
    schema,
  });

const s = DEFAULT_LIMITS;

/** How images are processed, and limits for each of them: the rows of `images` in a configuration file. */
export const IMAGE_OPTIONS = {
  'images.mode': row({
    flag: 'images',
    env: 'DECKHAND_IMAGES',
    type: 'string',
    default: 'print',
    value: 'MODE',
    help: 'print: optimized for print; original: unchanged, however large',
    changesFiles: true,
    schema: z.enum(['print', 'original']),
  }),
  'images.density': row({
    flag: 'density',
    env: 'DECKHAND_DENSITY',
    type: 'number',
    default: 220,
    value: 'PPI',
    help: 'highest resolution of an image in its largest printed box, in pixels per inch',
    changesFiles: true,
    schema: z.number().min(36).max(2400),
  }),
  'images.archive': row({
    flag: 'image-archive',
    env: 'DECKHAND_IMAGE_ARCHIVE',
    type: 'string',
    default: undefined,
    value: 'TEMPLATE',
    help: 'web archive that is asked for images whose address no longer works, e.g. https://web.archive.org/web/2/{url}',
    schema: archive,
  }),
  'images.contact': row({
    flag: 'image-contact',
    env: 'DECKHAND_IMAGE_CONTACT',
    type: 'string',
    default: undefined,
    value: 'ADDRESS',
    help: 'email or web address in the User-Agent, so that owners of servers can contact you',
    schema: z
      .string()
      .regex(/^[\x21-\x7e]+$/, 'must be a mail or web address')
      .optional(),
  }),
  'images.headers': row({
    type: 'map',
    default: {},
    // biome-ignore lint/suspicious/noTemplateCurlyInString: this is the notation in a configuration file.
    help: 'request headers for an origin: `{ https://host: { Authorization: Bearer ${TOKEN} } }`',
    holdsSecrets: true,
    schema: headers,
  }),
  'images.fetches': limit(
    'fetches',
    undefined,
    'maximum number of simultaneous downloads',
    s.fetches,
    z.int().min(1).max(256),
  ),
  'images.fetchesPerHost': limit(
    'fetches-per-host',
    undefined,
    'maximum number of simultaneous downloads from one host',
    s.fetchesPerHost,
    z.int().min(1).max(64),
  ),
  'images.connectTimeout': limit(
    'connect-timeout',
    'SECONDS',
    'time limit for each of name lookup, connection and TLS',
    s.connectTimeoutMs / 1000,
    seconds(0.01),
  ),
  'images.responseTimeout': limit(
    'response-timeout',
    'SECONDS',
    'time limit from the request to the end of the response headers',
    s.responseTimeoutMs / 1000,
    seconds(0.01),
  ),
  'images.stallTimeout': limit(
    'stall-timeout',
    'SECONDS',
    'maximum pause within a response body',
    s.stallTimeoutMs / 1000,
    seconds(0.01),
  ),
  'images.totalTimeout': limit(
    'total-timeout',
    'SECONDS',
    'time limit for one image, including redirects, retries and waits',
    s.totalTimeoutMs / 1000,
    seconds(0.01),
  ),
  'images.maxMegabytes': limit(
    'max-megabytes',
    'MIB',
    'maximum size of an image file, compressed and uncompressed',
    s.maxBytes / MEBI,
    z.number().min(0.001).max(1024),
  ),
  'images.maxRedirects': limit(
    'max-redirects',
    undefined,
    'maximum number of consecutive redirects',
    s.maxRedirects,
    z.int().min(0).max(50),
  ),
  'images.maxRetries': limit(
    'max-retries',
    undefined,
    'maximum number of retries after temporary errors',
    s.maxRetries,
    z.int().min(0).max(20),
  ),
  'images.retryDelay': limit(
    'retry-delay',
    'SECONDS',
    'wait before the first retry; doubles with each retry',
    s.retryDelayMs / 1000,
    seconds(0),
  ),
  'images.maxRetryAfter': limit(
    'max-retry-after',
    'SECONDS',
    'maximum Retry-After that is respected',
    s.maxRetryAfterMs / 1000,
    seconds(0),
  ),
  'images.maxAge': limit(
    'max-age',
    'DAYS',
    'age after which the server is asked whether a cached copy has changed',
    s.maxAgeMs / DAY_MS,
    z.number().min(0).max(36_500),
  ),
  'images.maxMegapixels': limit(
    'max-megapixels',
    'MP',
    'maximum size of an image, in millions of pixels',
    s.maxPixels / 1e6,
    z.number().min(0.001).max(1000),
  ),
  'images.maxFrames': limit(
    'max-frames',
    undefined,
    'maximum number of frames of an animation',
    s.maxFrames,
    z.int().min(1).max(100_000),
  ),
  'images.decodeTimeout': limit(
    'decode-timeout',
    'SECONDS',
    'time limit for decoding or encoding one image',
    s.decodeTimeoutMs / 1000,
    seconds(0.01),
  ),
  'images.decodeMegabytes': limit(
    'decode-megabytes',
    'MIB',
    'memory limit of a decoding process',
    s.decodeMemoryBytes / MEBI,
    z.number().min(64).max(65_536),
  ),
} as const;

/** The settings of `images` that are limits, in the units of the code. */
export function imageLimits(
  images: {
    readonly [K in
      | 'fetches'
      | 'fetchesPerHost'
      | 'connectTimeout'
      | 'responseTimeout'
      | 'stallTimeout'
      | 'totalTimeout'
      | 'maxMegabytes'
      | 'maxRedirects'
      | 'maxRetries'
      | 'retryDelay'
      | 'maxRetryAfter'
      | 'maxAge'
      | 'maxMegapixels'
      | 'maxFrames'
      | 'decodeTimeout'
      | 'decodeMegabytes']: number;
  },
): ImageLimits {
  const ms = (value: number): number => Math.round(value * 1000);
  return {
    fetches: images.fetches,
    fetchesPerHost: images.fetchesPerHost,
    connectTimeoutMs: ms(images.connectTimeout),
    responseTimeoutMs: ms(images.responseTimeout),
    stallTimeoutMs: ms(images.stallTimeout),
    totalTimeoutMs: ms(images.totalTimeout),
    maxBytes: Math.round(images.maxMegabytes * MEBI),
    maxRedirects: images.maxRedirects,
    maxRetries: images.maxRetries,
    retryDelayMs: ms(images.retryDelay),
    maxRetryAfterMs: ms(images.maxRetryAfter),
    maxAgeMs: Math.round(images.maxAge * DAY_MS),
    maxPixels: Math.round(images.maxMegapixels * 1e6),
    maxFrames: images.maxFrames,
    decodeTimeoutMs: ms(images.decodeTimeout),
    decodeMemoryBytes: Math.round(images.decodeMegabytes * MEBI),
  };
}
