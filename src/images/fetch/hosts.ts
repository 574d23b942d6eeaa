import { setTimeout as delay } from 'node:timers/promises';
import pLimit, { type LimitFunction } from 'p-limit';
import type { ImageLimits } from '../model/limits.ts';
import { failed, type ImageFailed } from '../model/model.ts';

/** After so many requests in a row without a sign of life, a host counts as dead for the rest of the run. */
const MAX_SILENCES = 3;

/** How a run treats hosts: so many requests at once, none while they ask for peace, and no more when nobody is there. */
export interface Hosts {
  /** Runs `work` once `name` has a slot free and then all hosts together have one. Both are free again when it ends. */
  hold<T>(name: string, signal: AbortSignal, work: () => Promise<T>): Promise<T>;
  /** The host answered with a `Retry-After`: nobody asks it anything before. */
  rest(name: string, forMs: number): void;
  /** The host gave some sign of life. */
  answered(host: string): void;
  /** The host, or the one behind a mirror, let a deadline pass without an answer. */
  silent(host: string, result: ImageFailed): void;
  /** Set when the host has given no sign of life in this run, and often enough had the chance. */
  givenUp(host: string): ImageFailed | undefined;
}

export function createHosts({ fetches, fetchesPerHost }: ImageLimits): Hosts {
  const overall = pLimit(fetches);
  const slots = new Map<string, LimitFunction>();
  const restsUntil = new Map<string, number>();
  /** How often in a row; a host that has answered once starts so low that it never gets there. */
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
    // In this order, so that who waits for a busy host keeps nobody from another one.
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
