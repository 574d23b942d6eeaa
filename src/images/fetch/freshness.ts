import type { IncomingHttpHeaders } from 'node:http';

/**
 * The validators of an answer (RFC 9110, 8.8), and the URL that it came from, which after redirects differs from the one that
 * was requested. Validators mean nothing for other URLs (RFC 9111, 4.3.1), so they are only sent to that URL. If a redirect
 * leads elsewhere by now, they are not sent.
 */
export interface Validators {
  readonly url: string;
  readonly etag?: string;
  readonly lastModified?: string;
}

/** RFC 9110, 8.8.3, with or without `W/`. Some servers omit the quotes; such a tag is not used. */
const ETAG = /^(?:W\/)?"[\x21\x23-\x7e\x80-\xff]*"$/;
const MAX_ETAG_LENGTH = 1024;

/** @param url where the answer came from. */
export function validatorsOf(headers: IncomingHttpHeaders, url: string): Validators {
  const etag = headers.etag;
  const lastModified = headers['last-modified'];
  return {
    url,
    ...(etag !== undefined && etag.length <= MAX_ETAG_LENGTH && ETAG.test(etag) ? { etag } : {}),
    // Unchanged, because only the server's own spelling is certain to compare equal.
    ...(lastModified !== undefined && /^[\w ,:+-]{1,64}$/.test(lastModified) ? { lastModified } : {}),
  };
}

/**
 * The headers that make a request conditional; none without validators, or for another URL. Both headers are sent: a server
 * that knows `If-None-Match` ignores the other one (RFC 9110, 13.1.3). A weak tag is sent as it is, because `If-None-Match`
 * compares weakly (13.1.2).
 */
export function conditions(known: Validators | undefined, url: string): Readonly<Record<string, string>> {
  if (known?.url !== url) return {};
  return {
    ...(known.etag === undefined ? {} : { 'if-none-match': known.etag }),
    ...(known.lastModified === undefined ? {} : { 'if-modified-since': known.lastModified }),
  };
}

/** The validators after a 304, which may contain newer ones (RFC 9111, 4.3.4). */
export function renewed(known: Validators, headers: IncomingHttpHeaders): Validators {
  return { ...known, ...validatorsOf(headers, known.url) };
}

/** Whether a copy need not be revalidated. If the clock was set back, a copy does not count as newer. */
export function isFresh(since: string, maxAgeMs: number, nowMs: number): boolean {
  if (maxAgeMs === Number.POSITIVE_INFINITY) return true;
  const ageMs = nowMs - Date.parse(since);
  // Stored times have whole seconds.
  return ageMs > -1000 && ageMs < maxAgeMs;
}

/** UTC in whole seconds: `2026-01-31T12:00:00Z`. */
export function timestamp(ms: number): string {
  return new Date(ms).toISOString().replace(/\.\d+Z$/, 'Z');
}
