import type { IncomingHttpHeaders } from 'node:http';

/**
 * What a host gave to recognise its answer by (RFC 9110, 8.8), and the URL that it answered at: after redirects, another
 * than the one that was asked for first. Validators mean nothing anywhere else (RFC 9111, 4.3.1), so they are only ever
 * sent to that very URL; a redirect that leads elsewhere by now is fetched without them.
 */
export interface Validators {
  readonly url: string;
  readonly etag?: string;
  readonly lastModified?: string;
}

/** RFC 9110, 8.8.3, with or without `W/`. Some servers leave out the quotes; what would come back is anyone's guess. */
const ETAG = /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/;
const MAX_ETAG_LENGTH = 1024;

/** @param url that the answer came from. */
export function validatorsOf(headers: IncomingHttpHeaders, url: string): Validators {
  const etag = headers.etag;
  const lastModified = headers['last-modified'];
  return {
    url,
    ...(etag !== undefined && etag.length <= MAX_ETAG_LENGTH && ETAG.test(etag) ? { etag } : {}),
    // As it came, since only the host's own spelling is certain to compare equal.
    ...(lastModified !== undefined && /^[\w ,:+-]{1,64}$/.test(lastModified) ? { lastModified } : {}),
  };
}

/**
 * The headers that turn a request into a conditional one; none where there is nothing to compare, or at another URL.
 * Both are sent: a server that knows `If-None-Match` ignores the other (RFC 9110, 13.1.3). A weak tag goes as it is, for
 * `If-None-Match` compares weakly (13.1.2).
 */
export function conditions(known: Validators | undefined, url: string): Readonly<Record<string, string>> {
  if (known?.url !== url) return {};
  return {
    ...(known.etag === undefined ? {} : { 'if-none-match': known.etag }),
    ...(known.lastModified === undefined ? {} : { 'if-modified-since': known.lastModified }),
  };
}

/** What is known after a 304: it may bring newer validators (RFC 9111, 4.3.4). */
export function renewed(known: Validators, headers: IncomingHttpHeaders): Validators {
  return { ...known, ...validatorsOf(headers, known.url) };
}

/** Whether a copy need not be compared with its host's. A clock that was set back makes no copy young. */
export function isFresh(since: string, maxAgeMs: number, nowMs: number): boolean {
  if (maxAgeMs === Number.POSITIVE_INFINITY) return true;
  const ageMs = nowMs - Date.parse(since);
  // Kept times have whole seconds.
  return ageMs > -1000 && ageMs < maxAgeMs;
}

/** UTC in whole seconds: `2026-01-31T12:00:00Z`. */
export function timestamp(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}
