import type { FetchFailed } from './fetch/answers.ts';
import type { ImageFailure } from './model/model.ts';

/**
 * Failures that mean that nobody can get an image from this address. Not addresses that are refused, files that are too
 * large, or requests that were never sent.
 */
const GONE: ReadonlySet<ImageFailure['code']> = new Set([
  'IMAGE_HTTP_STATUS',
  'IMAGE_UNREACHABLE',
  'IMAGE_TIMEOUT',
  'IMAGE_TOO_MANY_REDIRECTS',
  'IMAGE_NOT_AN_IMAGE',
  'IMAGE_BROKEN',
]);

/** Answers of a server that works and refuses the request. An archive must not be used to get around that. */
const REFUSALS: ReadonlySet<number> = new Set([401, 402, 403, 407, 429, 451]);

/** Whether an archive may be asked for a resource that could not be fetched. */
export function mayBeArchived({ failure, status }: FetchFailed): boolean {
  return GONE.has(failure.code) && !(status !== undefined && REFUSALS.has(status));
}

/** @param template a URL with `{url}` in it, which is replaced with the URL as it is. */
export function archiveUrl(template: string, url: string): string {
  return template.replaceAll('{url}', () => url);
}
