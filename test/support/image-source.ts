import { onTestFinished } from 'vitest';
import { openCache } from '../../src/images/cache/cache.ts';
import { createImageSource, type ImageSource, type ImageSourceOptions } from '../../src/images/source.ts';
import { inspectingDecoder } from './inspecting-decoder.ts';
import { temporaryFolder } from './temporary.ts';

/** Limits that let a test see their end. */
export const SHORT_LIMITS = {
  connectTimeoutMs: 1_000,
  responseTimeoutMs: 300,
  stallTimeoutMs: 300,
  totalTimeoutMs: 3_000,
  maxBytes: 1024 * 1024,
  retryDelayMs: 10,
};

export interface SourceInTest extends ImageSource {
  readonly cacheDir: string;
  /** Pictures that were decoded. */
  inspected(): number;
}

/** An image source for one test, as a run has it, in a cache of its own or in one that other runs have filled. */
export async function imageSource(
  options: Partial<ImageSourceOptions> = {},
  dir?: string,
  signal?: AbortSignal,
): Promise<SourceInTest> {
  const cacheDir = dir ?? (await temporaryFolder());
  const decoder = inspectingDecoder();
  const limits = { ...SHORT_LIMITS, ...options.limits };
  const all = { userAgent: 'Deckhand/0 (test)', offline: false, ...options, limits };
  const source = createImageSource(all, openCache(cacheDir), decoder, signal);
  onTestFinished(() => source.close());
  return { ...source, cacheDir, inspected: decoder.inspected };
}
