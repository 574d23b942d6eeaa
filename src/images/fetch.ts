import { setTimeout as delay } from 'node:timers/promises';
import { decodeBody, readBody, TooLargeError } from './body.ts';
import { withDeadline } from './deadline.ts';
import { describeError } from './fetch-errors.ts';
import { DEFAULT_LIMITS, type ImageLimits } from './limits.ts';
import { applyMirrors, type Mirror } from './mirrors.ts';
import { failed, type ImageFailed, type ImageResult } from './model.ts';
import { isWebUrl } from './policy.ts';
import { type Answer, type Resolve, request, resolveWithSystem } from './request.ts';

export { fetchedUrl, type Mirror } from './mirrors.ts';

export interface FetchOptions {
  /** Some hosts refuse clients that do not say who they are. */
  readonly userAgent: string;
  readonly mirrors?: readonly Mirror[];
  /** Whatever is left out comes from {@link DEFAULT_LIMITS}. */
  readonly limits?: Partial<ImageLimits>;
}

export interface Fetched {
  readonly bytes: Uint8Array;
  /** What was asked for first, after mirrors; the cache key. See `fetchedUrl(url, mirrors)`. */
  readonly fetchedUrl: string;
}

/** One attempt's end; `retryAfterMs` is set if another attempt may fare better. */
type Attempt = { readonly result: ImageResult<Fetched>; readonly retryAfterMs?: number };

interface Context {
  readonly userAgent: string;
  readonly limits: ImageLimits;
  readonly exemptOrigin: string | undefined;
  readonly resolve: Resolve;
  readonly signal: AbortSignal;
}

/**
 * Fetches one image from the public web, or from a mirror.
 *
 * Every connection of every redirect hop is judged by the address it goes to; only a mirror's own scheme, host and
 * port are exempt, and only for requests that began at that mirror. No cookies, no credentials, no proxy.
 *
 * @param url absolute; http or https.
 * @param signal ends the fetch; nothing else makes this function throw.
 * @throws the signal's reason.
 */
export async function fetchImage(
  url: string,
  options: FetchOptions,
  signal?: AbortSignal,
  resolve: Resolve = resolveWithSystem,
): Promise<ImageResult<Fetched>> {
  signal?.throwIfAborted();
  if (!isWebUrl(url)) return refused(url);
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const start = applyMirrors(url, options.mirrors ?? []);
  const host = hostOf(start.url);
  try {
    return await withDeadline(limits.totalTimeoutMs, signal, (combined) =>
      withRetries(limits, combined, () =>
        attempt(start.url, {
          userAgent: options.userAgent,
          limits,
          exemptOrigin: start.exemptOrigin,
          resolve,
          signal: combined,
        }),
      ),
    );
  } catch (error) {
    signal?.throwIfAborted();
    return describeError(error, host, limits).result;
  }
}

async function withRetries(
  limits: ImageLimits,
  signal: AbortSignal,
  run: () => Promise<Attempt>,
): Promise<ImageResult<Fetched>> {
  for (let retry = 0; ; retry++) {
    const { result, retryAfterMs } = await run();
    if (result.ok || retryAfterMs === undefined || retry >= limits.maxRetries) return result;
    if (retryAfterMs > limits.maxRetryAfterMs) return result;
    await delay(Math.max(retryAfterMs, limits.retryDelayMs * 2 ** retry), undefined, { signal });
  }
}

/** Follows the redirects of one attempt to a body, or to the reason why there is none. */
async function attempt(startUrl: string, context: Context): Promise<Attempt> {
  const { limits, signal } = context;
  let url = startUrl;
  for (let hop = 0; hop <= limits.maxRedirects; hop++) {
    if (!isWebUrl(url)) return { result: refused(url, hostOf(startUrl)) };
    const host = hostOf(url);
    const exempt = context.exemptOrigin !== undefined && new URL(url).origin === context.exemptOrigin;
    try {
      const answer = await request(url, { ...context, exempt }, signal, context.resolve);
      try {
        const target = redirectTarget(answer, url);
        if (target === undefined) return await readAnswer(answer, host, startUrl, limits);
        url = target;
      } finally {
        answer.body.destroy();
      }
    } catch (error) {
      signal.throwIfAborted();
      return describeError(error, host, limits);
    }
  }
  const message = `${hostOf(startUrl)} redirects more than ${limits.maxRedirects} times`;
  return { result: failed('IMAGE_TOO_MANY_REDIRECTS', message) };
}

async function readAnswer(
  answer: Answer,
  host: string,
  fetchedUrl: string,
  limits: ImageLimits,
): Promise<Attempt> {
  if (answer.status < 200 || answer.status > 299) return statusFailure(answer, host);
  const { maxBytes, stallTimeoutMs } = limits;
  if (Number(answer.headers['content-length']) > maxBytes) throw new TooLargeError('announced');
  const raw = await readBody(answer.body, maxBytes, stallTimeoutMs);
  const decoded = await decodeBody(raw, String(answer.headers['content-encoding'] ?? ''), maxBytes, host);
  if (!decoded.ok) return { result: decoded };
  if (decoded.bytes.length === 0) {
    return { result: failed('IMAGE_NOT_AN_IMAGE', `${host} sent an empty answer instead of an image`) };
  }
  return { result: { ok: true, bytes: decoded.bytes, fetchedUrl } };
}

/** Where a redirect leads; undefined for any other answer, and for a redirect that names no URL. */
function redirectTarget({ status, headers }: Answer, base: string): string | undefined {
  const { location } = headers;
  if (![301, 302, 303, 307, 308].includes(status) || typeof location !== 'string') return undefined;
  return URL.canParse(location, base) ? new URL(location, base).href : undefined;
}

const TRANSIENT_STATUS: ReadonlySet<number> = new Set([429, 502, 503, 504]);

function statusFailure({ status, statusText, headers }: Answer, host: string): Attempt {
  const result = failed('IMAGE_HTTP_STATUS', `${host} answered ${`${status} ${statusText}`.trim()}`);
  if (!TRANSIENT_STATUS.has(status)) return { result };
  return { result, retryAfterMs: retryAfterMs(headers['retry-after']) };
}

/** RFC 9110, 10.2.3: seconds, or a date. */
function retryAfterMs(header: string | readonly string[] | undefined): number {
  if (typeof header !== 'string') return 0;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : 0;
}

function refused(url: string, redirectedFrom?: string): ImageFailed {
  if (!URL.canParse(url)) return failed('IMAGE_FORBIDDEN_ADDRESS', 'the image URL is not a valid URL');
  const { protocol, host } = new URL(url);
  const credentials = /^https?:$/.test(protocol);
  const what = credentials ? `a URL of ${host} with a user name or password` : `a ${protocol} URL`;
  const message =
    redirectedFrom === undefined || redirectedFrom === host
      ? `the image is at ${what}`
      : `${redirectedFrom} leads to ${what}`;
  return failed(
    'IMAGE_FORBIDDEN_ADDRESS',
    message,
    'Only http and https URLs without credentials are fetched.',
  );
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'the mirror';
}
