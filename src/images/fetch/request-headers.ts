import { ACCEPT } from '../model/resource-kind.ts';
import type { Wanted } from './answers.ts';
import { conditions } from './freshness.ts';

/** Headers of requests, in addition to those about the resource. */
export interface RequestIdentity {
  /** Some hosts refuse clients that do not say who they are. */
  readonly userAgent: string;
  /**
   * Headers by origin, as the URL parser writes it: `https://host` or `https://host:8443`. They are sent to that scheme, host
   * and port only, also after redirects; with a mirror its own origin counts.
   */
  readonly headers?: Readonly<Record<string, Readonly<Record<string, string>>>>;
}

/**
 * The headers of a request to this URL. Configured headers are added if its origin is exactly the one they were configured
 * for: `https://host` is neither `http://host` nor `https://host:8443`.
 *
 * @param authorization credentials of the mirror that is requested, if it has any.
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
    // In lower case, so that a configured `Accept` replaces ours instead of being added to it.
    ...Object.fromEntries(own.map(([name, value]) => [name.toLowerCase(), value])),
    ...(authorization === undefined ? {} : { authorization }),
    ...conditions(known, url),
  };
}
