import type { CheckedCache } from '../../src/images/cache/cache.ts';

/** Has nothing, and keeps nothing. */
export const NO_CACHE: CheckedCache = {
  get: async () => undefined,
  read: async () => ({ state: 'missing' }),
  content: async () => undefined,
  put: async () => false,
};
