import { setTimeout as delay } from 'node:timers/promises';
import { type Deadline, withDeadline } from '../../async/deadline.ts';
import { DEFAULT_LIMITS, type ImageLimits } from '../model/limits.ts';
import { failed } from '../model/model.ts';
import type { Wanted } from './answers.ts';
import { type Attempt, type FetchResult, judgeAnswer, type Redirect } from './answers.ts';
import { type Connections, createConnections, type Resolve, resolveWithSystem } from './connections.ts';
import { describeError } from './fetch-errors.ts';
import { createHosts, type Hosts } from './hosts.ts';
import { applyMirrors, type Mirror } from './mirrors.ts';
import { isWebUrl, refusal } from './policy.ts';
import { request } from './request.ts';
import { type RequestIdentity, requestHeaders } from './request-headers.ts';

export interface FetchOptions extends RequestIdentity {
  readonly mirrors?: readonly Mirror[];
  /** Limits that are not set are those of {@link DEFAULT_LIMITS}. */
  readonly limits?: Partial<ImageLimits>;
}

/** The fetcher of one run, with its connections and what it knows about each host. */
export interface Fetcher {
  /**
   * Fetches one file from the public web, or from a mirror.
   *
   * Every connection of every redirect hop is judged by the address it goes to; only a mirror's own scheme, host and
   * port are exempt, and only for requests that began at that mirror. No cookies but configured ones, no credentials in
   * URLs (those of a mirror are a header), no proxy.
   *
   * @param url absolute; http or https.
   * @param signal aborts the fetch; nothing else makes this function throw.
   * @throws the signal's reason.
   */
  fetch(url: string, wanted: Wanted, signal?: AbortSignal): Promise<FetchResult>;
  /** Ends every connection. */
  close(): void;
}

export interface FetchPorts {
  readonly resolve?: Resolve;
  /** Called when an image begins to arrive. */
  readonly onImage?: () => void;
}

interface Run extends Required<Pick<FetchPorts, 'onImage'>> {
  readonly options: FetchOptions;
  readonly limits: ImageLimits;
  readonly connections: Connections;
  readonly hosts: Hosts;
}

/** One file to fetch. */
interface Errand extends Run {
  readonly wanted: Wanted;
  readonly startUrl: string;
  readonly exemptOrigin: string | undefined;
  /** For that origin. */
  readonly authorization: string | undefined;
  /** As the deck has it, before mirrors are applied. */
  readonly originalHostname: string;
  readonly deadline: Deadline;
}

export function createFetcher(options: FetchOptions, ports: FetchPorts = {}): Fetcher {
  const { resolve = resolveWithSystem, onImage = () => undefined } = ports;
  const limits = { ...DEFAULT_LIMITS, ...options.limits };
  const connections = createConnections(resolve);
  const run: Run = { options, limits, connections, hosts: createHosts(limits), onImage };
  return {
    fetch: (url, wanted, signal) => fetchOne(url, wanted, run, signal),
    close: () => connections.close(),
  };
}

async function fetchOne(
  url: string,
  wanted: Wanted,
  run: Run,
  signal: AbortSignal | undefined,
): Promise<FetchResult> {
  signal?.throwIfAborted();
  if (!isWebUrl(url)) return refusal(url);
  const { limits, options } = run;
  const { url: startUrl, exemptOrigin, authorization } = applyMirrors(url, options.mirrors ?? []);
  const originalHostname = new URL(url).hostname;
  try {
    return await withDeadline(limits.totalTimeoutMs, signal, (deadline) =>
      withRetries({ ...run, wanted, startUrl, exemptOrigin, authorization, originalHostname, deadline }),
    );
  } catch (error) {
    signal?.throwIfAborted();
    return describeError(error, hostOf(startUrl), limits, wanted.kind).result;
  }
}

/** No slot is held while waiting for the next attempt. */
async function withRetries(errand: Errand): Promise<FetchResult> {
  const { limits, deadline } = errand;
  for (let retry = 0; ; retry++) {
    const { result, retryAfterMs } = await attempt(errand);
    if (result.ok || retryAfterMs === undefined || retry >= limits.maxRetries) return result;
    if (retryAfterMs > limits.maxRetryAfterMs) return result;
    const waitMs = Math.max(retryAfterMs, limits.retryDelayMs * 2 ** retry);
    await delay(waitMs, undefined, { signal: deadline.signal });
  }
}

/** Follows the redirects of one attempt to a body, or to the reason why there is none. */
async function attempt(errand: Errand): Promise<Attempt> {
  const { startUrl, limits } = errand;
  let url = startUrl;
  for (let hop = 0; hop <= limits.maxRedirects; hop++) {
    if (!isWebUrl(url)) return { result: refusal(url, hostOf(startUrl)) };
    const end = await visit(url, errand);
    if (!('location' in end)) return end;
    url = end.location;
  }
  const message = `${hostOf(startUrl)} redirects more than ${limits.maxRedirects} times`;
  return { result: failed('IMAGE_TOO_MANY_REDIRECTS', message) };
}

/**
 * One request, in a slot of its host. That is the host that is connected to, because its load matters. A mirror stands in for
 * many hosts and belongs to the user: there the slot is that of the host in the deck, and only `fetches` limits the load of
 * the mirror.
 *
 * The deadline's clock is paused in the queue, because a deck with two hundred images is no fault of their hosts.
 */
async function visit(url: string, errand: Errand): Promise<Attempt | Redirect> {
  const { hosts, deadline, limits } = errand;
  const { host, hostname, origin } = new URL(url);
  const exempt = origin === errand.exemptOrigin;
  const slot = exempt ? errand.originalHostname : hostname;
  // A mirror may itself wait for a dead host.
  const party = exempt ? `${slot} by ${host}` : host;
  const { signal } = deadline;
  deadline.pause();
  return hosts.hold(slot, signal, async () => {
    signal.throwIfAborted();
    const givenUp = hosts.givenUp(party);
    if (givenUp) return { result: givenUp };
    deadline.run();
    try {
      const end = await ask(url, exempt, errand);
      hosts.answered(party);
      if ('isRest' in end && end.isRest && (end.retryAfterMs ?? 0) <= limits.maxRetryAfterMs) {
        hosts.rest(slot, end.retryAfterMs ?? 0);
      }
      return end;
    } catch (error) {
      signal.throwIfAborted();
      const described = describeError(error, host, limits, errand.wanted.kind);
      if (described.isSilence) hosts.silent(party, described.result);
      else hosts.answered(party);
      return described;
    }
  });
}

async function ask(url: string, exempt: boolean, errand: Errand): Promise<Attempt | Redirect> {
  const { options, limits, connections, wanted, deadline } = errand;
  const headers = requestHeaders(url, wanted, options, exempt ? errand.authorization : undefined);
  const answer = await request(url, { headers, limits, connections, exempt }, deadline.signal);
  try {
    // Other URLs were requested without validators, so a 304 means nothing there.
    const known = wanted.known?.url === url ? wanted.known : undefined;
    return await judgeAnswer(answer, url, { kind: wanted.kind, limits, known, onImage: errand.onImage });
  } finally {
    answer.body.destroy();
  }
}

function hostOf(url: string): string {
  return URL.canParse(url) ? new URL(url).host : 'the mirror';
}
