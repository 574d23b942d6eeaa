import { DeadlineError } from '../../async/deadline.ts';
import type { ImageLimits } from '../model/limits.ts';
import { failed, type ImageFailed } from '../model/model.ts';
import type { ResourceKind } from '../model/resource-kind.ts';
import { StallError, TooLargeError } from './body.ts';
import { ForbiddenAddressError } from './connections.ts';
import { SilenceError } from './request.ts';

/** A failure, and whether another attempt may succeed. */
export interface DescribedError {
  readonly result: ImageFailed;
  /** Set if another attempt may succeed. */
  readonly retryAfterMs?: number;
  /** The host did not respond at all. */
  readonly isSilence?: boolean;
}

/**
 * Errors that are usually temporary. Not ECONNREFUSED: a dead host stays dead, and a deck may name it twenty times. Not
 * ETIMEDOUT: the kernel has already retried several times.
 */
const TRANSIENT: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'EAI_AGAIN']);

const REASONS: Readonly<Record<string, (kind: ResourceKind) => string>> = {
  ECONNREFUSED: () => 'refused the connection',
  ECONNRESET: (kind) => `closed the connection before the ${kind} was complete`,
  EPIPE: (kind) => `closed the connection before the ${kind} was complete`,
  ENOTFOUND: () => 'was not found: no such host name',
  EAI_AGAIN: () => 'could not be resolved: the name server did not answer',
  EHOSTUNREACH: () => 'cannot be reached from here',
  ENETUNREACH: () => 'cannot be reached from here',
  HPE_HEADER_OVERFLOW: () => 'sent too many headers',
};

/** Turns any error of a request into a sentence. It names the host only, because a query string may contain a token. */
export function describeError(
  error: unknown,
  host: string,
  limits: ImageLimits,
  kind: ResourceKind,
): DescribedError {
  const chain = causes(error);
  const forbidden = chain.find((cause) => cause instanceof ForbiddenAddressError);
  if (forbidden) {
    const hint = 'Only public addresses are fetched; for a private server use --image-mirror.';
    return { result: failed('IMAGE_FORBIDDEN_ADDRESS', forbidden.message, hint) };
  }
  if (chain.some((cause) => cause instanceof TooLargeError)) {
    const message = `${host} sent more than ${mebibytes(limits.maxBytes)} MiB`;
    return { result: failed('IMAGE_TOO_LARGE', message) };
  }
  if (chain.some((cause) => cause instanceof DeadlineError)) {
    return timeout(`${host} did not send the ${kind} within ${seconds(limits.totalTimeoutMs)} s`);
  }
  if (chain.some((cause) => cause instanceof StallError)) {
    return timeout(`${host} stopped sending for ${seconds(limits.stallTimeoutMs)} s`);
  }
  return describeNetworkError(chain, host, limits, kind);
}

function describeNetworkError(
  chain: readonly Error[],
  host: string,
  limits: ImageLimits,
  kind: ResourceKind,
): DescribedError {
  const silent = chain.find((cause) => cause instanceof SilenceError);
  if (silent?.phase === 'response') {
    return silence(`${host} did not answer within ${seconds(limits.responseTimeoutMs)} s`);
  }
  const code = chain.map((cause) => (cause as NodeJS.ErrnoException).code).find((c) => REASONS[c ?? '']);
  const raw = code ?? (chain.at(-1) as NodeJS.ErrnoException | undefined)?.code ?? 'unknown error';
  const retry = TRANSIENT.has(raw) ? { retryAfterMs: 0 } : {};
  if (silent || raw === 'ETIMEDOUT') {
    return silence(`no connection to ${host} within ${seconds(limits.connectTimeoutMs)} s`);
  }
  const reason = REASONS[raw]?.(kind) ?? otherReason(raw);
  return { result: failed('IMAGE_UNREACHABLE', `${host} ${reason}`), ...retry };
}

function otherReason(code: string): string {
  if (/CERT|SIGNED|SIGNATURE|ALTNAME/.test(code)) return `has no valid certificate (${code})`;
  // Errors of Node's HTTP parser.
  if (code.startsWith('HPE_')) return `sent a response that is not valid HTTP (${code})`;
  return `cannot be fetched from (${code})`;
}

function timeout(message: string): DescribedError {
  return { result: failed('IMAGE_TIMEOUT', message) };
}

function silence(message: string): DescribedError {
  return { ...timeout(message), isSilence: true };
}

/** The error, its chain of causes, and the errors in an AggregateError (one per address that was tried). */
function causes(error: unknown): readonly Error[] {
  const found: Error[] = [];
  const queue: unknown[] = [error];
  while (queue.length > 0 && found.length < 20) {
    const next = queue.shift();
    if (!(next instanceof Error) || found.includes(next)) continue;
    found.push(next);
    queue.push(next.cause, ...(next instanceof AggregateError ? next.errors : []));
  }
  return found;
}

const seconds = (ms: number): string => String(Math.round(ms / 100) / 10);
export const mebibytes = (bytes: number): string => String(Math.round((bytes / 1024 / 1024) * 10) / 10);
