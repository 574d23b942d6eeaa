import { ACCEPT } from '../model/resource-kind.ts';
import type { FetchOptions, Wanted } from './fetch.ts';
import { conditions } from './freshness.ts';

/**
 * What a request to this very URL says. Configured headers go along where its origin is the one they were configured for,
 * to the letter: `https://host` is neither `http://host` nor `https://host:8443`.
 */
export function requestHeaders(
  url: string,
  { kind, known }: Wanted,
  { userAgent, headers = {} }: Pick<FetchOptions, 'userAgent' | 'headers'>,
): Readonly<Record<string, string>> {
  const { origin } = new URL(url);
  const own = Object.hasOwn(headers, origin) ? Object.entries(headers[origin] ?? {}) : [];
  return {
    'user-agent': userAgent,
    accept: ACCEPT[kind],
    // In lower case, so that a configured `Accept` replaces ours instead of joining it.
    ...Object.fromEntries(own.map(([name, value]) => [name.toLowerCase(), value])),
    ...conditions(known, url),
  };
}
