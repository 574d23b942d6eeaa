import { type IncomingHttpHeaders, STATUS_CODES } from 'node:http';
import type { ImageLimits } from '../model/limits.ts';
import { failed, type ImageFailed } from '../model/model.ts';
import type { ResourceKind } from '../model/resource-kind.ts';
import { decodeBody, discardBody, readBody, TooLargeError } from './body.ts';
import { renewed, type Validators, validatorsOf } from './freshness.ts';
import type { Answer } from './request.ts';

/** A complete answer. */
export interface Fetched {
  readonly ok: true;
  readonly unchanged: false;
  readonly bytes: Uint8Array;
  /** As the server sends it; empty if it sends none. Not reliable. */
  readonly contentType: string;
  readonly validators: Validators;
}

/** The server still has the copy that the validators belong to. */
export interface Unchanged {
  readonly ok: true;
  readonly unchanged: true;
  readonly validators: Validators;
}

export interface FetchFailed extends ImageFailed {
  /** Set if the server did answer. */
  readonly status?: number;
}

export type FetchResult = Fetched | Unchanged | FetchFailed;

/** The result of one attempt. `retryAfterMs` is set if another attempt may succeed. */
export interface Attempt {
  readonly result: FetchResult;
  readonly retryAfterMs?: number;
  /** The server itself asked for this delay. */
  readonly isRest?: boolean;
}

export interface Redirect {
  readonly location: string;
}

export interface Expected {
  readonly kind: ResourceKind;
  readonly limits: ImageLimits;
  /** Set if the request was conditional. */
  readonly known?: Validators | undefined;
  readonly onImage: () => void;
}

/**
 * Turns an answer into the result of an attempt, or into the next redirect.
 *
 * @throws {TooLargeError | StallError} or the error of the connection.
 */
export async function judgeAnswer(
  answer: Answer,
  url: string,
  expected: Expected,
): Promise<Attempt | Redirect> {
  const { status, headers } = answer;
  const { host } = new URL(url);
  // Without a range request, 206 is only a part, and 204 and 205 have no content.
  if (status >= 200 && status <= 203) {
    if (expected.kind === 'image') expected.onImage();
    return readAnswer(answer, url, expected);
  }
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

/** The target of a redirect; undefined for any other answer, and for a redirect without a valid URL. */
function redirectTarget({ status, headers }: Answer, base: string): string | undefined {
  if (![301, 302, 303, 307, 308].includes(status) || headers.location === undefined) return undefined;
  // Node reads headers as Latin-1. URLs with other characters than ASCII are meant as UTF-8.
  const location = Buffer.from(headers.location, 'latin1').toString('utf8');
  return URL.canParse(location, base) ? new URL(location, base).href : undefined;
}

const TRANSIENT_STATUS: ReadonlySet<number> = new Set([429, 502, 503, 504]);

function statusFailure(status: number, headers: IncomingHttpHeaders, host: string): Attempt {
  // Not the server's own words: a server could have any text printed with them.
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

/** The resource to request. */
export interface Wanted {
  readonly kind: ResourceKind;
  /** Validators of the cached copy, if there is one: the server need not send it again. */
  readonly known?: Validators | undefined;
}
