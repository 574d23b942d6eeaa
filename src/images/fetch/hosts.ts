import { setTimeout as delay } from 'node:timers/promises';
import pLimit, { type LimitFunction } from 'p-limit';
import type { ImageLimits } from '../model/limits.ts';
import { failed, type ImageFailed } from '../model/model.ts';

/** After this number of consecutive requests without any response, a host counts as dead for the rest of the run. */
const MAX_SILENCES = 3;

/** How a run treats hosts: it limits simultaneous requests, pauses when a host asks for it, and stops when a host is dead. */
export interface Hosts {
  /** Runs `work` when `name` has a free slot and then all hosts together have one. Both are released when it ends. */
  hold<T>(name: string, signal: AbortSignal, work: () => Promise<T>): Promise<T>;
  /** The host answered with a `Retry-After`: no request is sent before that time. */
  rest(name: string, forMs: number): void;
  /** The host responded in some way. */
  answered(host: string): void;
  /** The host, or the one behind a mirror, did not answer before a deadline. */
  silent(host: string, result: ImageFailed): void;
  /** Set if the host has not responded in this run, after enough attempts. */
  givenUp(host: string): ImageFailed | undefined;
}

export function createHosts({ fetches, fetchesPerHost }: ImageLimits): Hosts {
  const overall = pLimit(fetches);
  const slots = new Map<string, LimitFunction>();
  const restsUntil = new Map<string, number>();
  /** Consecutive failures. A host that has answered once starts so low that it never reaches the limit. */
  const silences = new Map<string, number>();
  const gaveUp = new Map<string, ImageFailed>();

  const slotsOf = (name: string): LimitFunction => {
    const known = slots.get(name) ?? pLimit(fetchesPerHost);
    slots.set(name, known);
    return known;
  };
  const untilRested = async (name: string, signal: AbortSignal): Promise<void> => {
    for (;;) {
      const leftMs = (restsUntil.get(name) ?? 0) - performance.now();
      if (leftMs <= 0) return;
      await delay(leftMs, undefined, { signal });
    }
  };
  return {
    // In this order, so that waiting for a busy host blocks no other host.
    hold: (name, signal, work) =>
      slotsOf(name)(async () => {
        await untilRested(name, signal);
        return overall(work);
      }),
    rest: (name, forMs) => {
      restsUntil.set(name, Math.max(restsUntil.get(name) ?? 0, performance.now() + forMs));
    },
    answered: (host) => {
      silences.set(host, Number.NEGATIVE_INFINITY);
      gaveUp.delete(host);
    },
    silent: (host, { failure }) => {
      const count = (silences.get(host) ?? 0) + 1;
      silences.set(host, count);
      if (count !== MAX_SILENCES) return;
      const message = `${failure.message}, ${MAX_SILENCES} times in a row, and is not tried again`;
      gaveUp.set(host, failed(failure.code, message, failure.hint));
    },
    givenUp: (host) => gaveUp.get(host),
  };
}
