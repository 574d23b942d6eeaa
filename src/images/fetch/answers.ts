import { type IncomingHttpHeaders, STATUS_CODES } from 'node:http';
import type { ImageLimits } from '../model/limits.ts';
import { failed, type ImageFailed } from '../model/model.ts';
import type { ResourceKind } from '../model/resource-kind.ts';
import { decodeBody, discardBody, readBody, TooLargeError } from './body.ts';
import { renewed, type Validators, validatorsOf } from './freshness.ts';
import type { Answer } from './request.ts';

/** A whole answer. */
export interface Fetched {
  readonly ok: true;
  readonly unchanged: false;
  readonly bytes: Uint8Array;
  /** As the host has it; empty without one. Worth little. */
  readonly contentType: string;
  readonly validators: Validators;
}

/** The copy that the validators came with is still what the host has. */
export interface Unchanged {
  readonly ok: true;
  readonly unchanged: true;
  readonly validators: Validators;
}

export interface FetchFailed extends ImageFailed {
  /** Where the host did answer. */
  readonly status?: number;
}

export type FetchResult = Fetched | Unchanged | FetchFailed;

/** One attempt's end; `retryAfterMs` is set if another attempt may fare better. */
export interface Attempt {
  readonly result: FetchResult;
  readonly retryAfterMs?: number;
  /** The host itself said for how long. */
  readonly isRest?: boolean;
}

export interface Redirect {
  readonly location: string;
}

export interface Expected {
  readonly kind: ResourceKind;
  readonly limits: ImageLimits;
  /** Set if the request was a conditional one. */
  readonly known?: Validators | undefined;
}

/**
 * Makes an attempt's end, or the next hop, out of an answer.
 *
 * @throws {TooLargeError} likewise `StallError`, or the connection's error.
 */
export async function judgeAnswer(
  answer: Answer,
  url: string,
  expected: Expected,
): Promise<Attempt | Redirect> {
  const { status, headers } = answer;
  const { host } = new URL(url);
  // Unasked, a 206 is a piece, and a 204 or 205 nothing at all.
  if (status >= 200 && status <= 203) return readAnswer(answer, url, expected);
  await discardBody(answer.body);
  const location = redirectTarget(answer, url);
  if (location !== undefined) return { location };
  if (status === 304 && expected.known) {
    return { result: { ok: true, unchanged: true, validators: renewed(expected.known, headers) } };
  }
  return statusFailure(status, headers, host);
}

async function readAnswer(
  { headers, body }: Answer,
  url: string,
  { kind, limits }: Expected,
): Promise<Attempt> {
  const { host } = new URL(url);
  const { maxBytes, stallTimeoutMs } = limits;
  if (Number(headers['content-length']) > maxBytes) throw new TooLargeError('announced');
  const raw = await readBody(body, maxBytes, stallTimeoutMs);
  const decoded = await decodeBody(raw, headers['content-encoding'] ?? '', maxBytes, host);
  if (!decoded.ok) return { result: decoded };
  const { bytes } = decoded;
  if (bytes.length === 0) {
    const article = kind === 'image' ? 'an' : 'a';
    const message = `${host} sent an empty response instead of ${article} ${kind}`;
    return { result: failed('IMAGE_NOT_AN_IMAGE', message) };
  }
  const contentType = headers['content-type'] ?? '';
  const validators = validatorsOf(headers, url);
  return { result: { ok: true, unchanged: false, bytes, contentType, validators } };
}

/** Where a redirect leads; undefined for any other answer, and for a redirect that names no URL. */
function redirectTarget({ status, headers }: Answer, base: string): string | undefined {
  if (![301, 302, 303, 307, 308].includes(status) || headers.location === undefined) return undefined;
  // Node reads headers as Latin-1, but where a URL has more than ASCII, UTF-8 is meant.
  const location = Buffer.from(headers.location, 'latin1').toString('utf8');
  return URL.canParse(location, base) ? new URL(location, base).href : undefined;
}

const TRANSIENT_STATUS: ReadonlySet<number> = new Set([429, 502, 503, 504]);

function statusFailure(status: number, headers: IncomingHttpHeaders, host: string): Attempt {
  // Not the host's own words, which go wherever it likes to have something printed.
  const answered = `${status} ${STATUS_CODES[status] ?? ''}`.trim();
  const result = { ...failed('IMAGE_HTTP_STATUS', `${host} answered ${answered}`), status };
  if (!TRANSIENT_STATUS.has(status)) return { result };
  const askedMs = retryAfterMs(headers['retry-after']);
  return { result, retryAfterMs: askedMs ?? 0, isRest: askedMs !== undefined };
}

/** RFC 9110, 10.2.3: seconds, or a date. */
function retryAfterMs(header: string | undefined): number | undefined {
  if (header === undefined) return undefined;
  const ms = /^\d+$/.test(header.trim()) ? Number(header) * 1000 : Date.parse(header) - Date.now();
  return Number.isFinite(ms) ? Math.max(0, ms) : undefined;
}

/** What to ask for. */
export interface Wanted {
  readonly kind: ResourceKind;
  /** Of the copy at hand, if there is one: the host need not send it again. */
  readonly known?: Validators | undefined;
}
