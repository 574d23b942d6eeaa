import { StallError, TooLargeError } from './body.ts';
import { DeadlineError } from './deadline.ts';
import type { ImageLimits } from './limits.ts';
import { failed, type ImageFailed } from './model.ts';
import { ForbiddenAddressError } from './request.ts';

/** A failure, and whether (with `retryAfterMs`) another attempt may fare better. */
export interface DescribedError {
  readonly result: ImageFailed;
  readonly retryAfterMs?: number;
}

/**
 * Causes that tend to pass. Not ECONNREFUSED: a dead host is dead, and a deck may name it twenty times. Nor ETIMEDOUT:
 * the kernel has knocked several times already.
 */
const TRANSIENT: ReadonlySet<string> = new Set(['ECONNRESET', 'EPIPE', 'EAI_AGAIN']);

const REASONS: Readonly<Record<string, string>> = {
  ECONNREFUSED: 'refused the connection',
  ECONNRESET: 'closed the connection before the image was complete',
  EPIPE: 'closed the connection before the image was complete',
  ENOTFOUND: 'was not found: no such host name',
  EAI_AGAIN: 'could not be looked up: the name server did not answer',
  EHOSTUNREACH: 'can not be reached from here',
  ENETUNREACH: 'can not be reached from here',
};

/** Turns whatever a request threw into a sentence. It names the host only: a query string may hold a token. */
export function describeError(error: unknown, host: string, limits: ImageLimits): DescribedError {
  const chain = causes(error);
  const forbidden = chain.find((cause) => cause instanceof ForbiddenAddressError);
  if (forbidden) {
    const hint = 'Images are fetched from the public internet only; a mirror may be private.';
    return { result: failed('IMAGE_FORBIDDEN_ADDRESS', forbidden.message, hint) };
  }
  if (chain.some((cause) => cause instanceof TooLargeError)) {
    const message = `${host} sent more than ${mebibytes(limits.maxBytes)} MiB`;
    return { result: failed('IMAGE_TOO_LARGE', message) };
  }
  if (chain.some((cause) => cause instanceof DeadlineError)) {
    return timeout(`${host} did not send the image within ${seconds(limits.totalTimeoutMs)} s`);
  }
  if (chain.some((cause) => cause instanceof StallError)) {
    return timeout(`${host} stopped sending for ${seconds(limits.stallTimeoutMs)} s`);
  }
  return describeNetworkError(chain, host, limits);
}

function describeNetworkError(chain: readonly Error[], host: string, limits: ImageLimits): DescribedError {
  const event = chain.map((cause) => (cause as { event?: unknown }).event).find((e) => typeof e === 'string');
  if (event === 'response') {
    return timeout(`${host} did not answer within ${seconds(limits.responseTimeoutMs)} s`);
  }
  const code = chain.map((cause) => (cause as NodeJS.ErrnoException).code).find((c) => REASONS[c ?? '']);
  const raw = code ?? (chain.at(-1) as NodeJS.ErrnoException | undefined)?.code ?? 'unknown error';
  const retry = TRANSIENT.has(raw) ? { retryAfterMs: 0 } : {};
  if (raw === 'ETIMEDOUT') {
    return timeout(`no connection to ${host} within ${seconds(limits.connectTimeoutMs)} s`);
  }
  const certificate = /CERT|SIGNED|ALTNAME/.test(raw);
  const reason = certificate ? `has no valid certificate (${raw})` : `can not be fetched from (${raw})`;
  return { result: failed('IMAGE_UNREACHABLE', `${host} ${REASONS[raw] ?? reason}`), ...retry };
}

function timeout(message: string): DescribedError {
  return { result: failed('IMAGE_TIMEOUT', message) };
}

/** The error, its cause, the cause's cause, and what an AggregateError holds (one error per address tried). */
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
const mebibytes = (bytes: number): string => String(Math.round((bytes / 1024 / 1024) * 10) / 10);
