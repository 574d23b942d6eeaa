import { ACCEPT } from '../model/resource-kind.ts';
import type { Wanted } from './answers.ts';
import { conditions } from './freshness.ts';

/** What requests say besides what they ask for. */
export interface RequestIdentity {
  /** Some hosts refuse clients that do not say who they are. */
  readonly userAgent: string;
  /**
   * Headers by origin, as the URL parser writes it: `https://host` or `https://host:8443`. They go to that scheme, host
   * and port and nowhere else, whatever redirects there or from there; under a mirror its own origin counts.
   */
  readonly headers?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * What a request to this very URL says. Configured headers go along where its origin is the one they were configured for,
 * to the letter: `https://host` is neither `http://host` nor `https://host:8443`.
 *
 * @param authorization of the mirror that is asked, where it has some.
 */
export function requestHeaders(
  url: string,
  { kind, known }: Wanted,
  { userAgent, headers = {} }: RequestIdentity,
  authorization?: string,
): Readonly<Record<string, string>> {
  const { origin } = new URL(url);
  const own = Object.hasOwn(headers, origin) ? Object.entries(headers[origin] ?? {}) : [];
  return {
    'user-agent': userAgent,
    accept: ACCEPT[kind],
    // In lower case, so that a configured `Accept` replaces ours instead of joining it.
    ...Object.fromEntries(own.map(([name, value]) => [name.toLowerCase(), value])),
    ...(authorization === undefined ? {} : { authorization }),
    ...conditions(known, url),
  };
}
