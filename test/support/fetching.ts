import type { FetchResult } from '../../src/images/fetch/answers.ts';
import { type Resolve, resolveWithSystem } from '../../src/images/fetch/connections.ts';
import { createFetcher, type FetchOptions } from '../../src/images/fetch/fetch.ts';

/** Fetches one image with a fetcher of its own. */
export async function fetchImage(
  url: string,
  options: FetchOptions,
  signal?: AbortSignal,
  resolve: Resolve = resolveWithSystem,
): Promise<FetchResult> {
  const fetcher = createFetcher(options, { resolve });
  try {
    return await fetcher.fetch(url, { kind: 'image' }, signal);
  } finally {
    fetcher.close();
  }
}

/** Looks names up in a table; what is not in it does not exist. */
export function resolveFrom(table: Readonly<Record<string, readonly string[]>>): Resolve {
  return async (hostname) => {
    const addresses = table[hostname];
    if (!addresses) throw Object.assign(new Error(`no ${hostname}`), { code: 'ENOTFOUND' });
    return addresses.map((address) => ({ address, family: address.includes(':') ? 6 : 4 }));
  };
}
