import type { FetchFailed } from './fetch/answers.ts';
import type { ImageFailure } from './model/model.ts';

/** Failures that mean: nobody gets a picture from this address. Not what is forbidden, too large, or never was asked for. */
const GONE: ReadonlySet<ImageFailure['code']> = new Set([
  'IMAGE_HTTP_STATUS',
  'IMAGE_UNREACHABLE',
  'IMAGE_TIMEOUT',
  'IMAGE_TOO_MANY_REDIRECTS',
  'IMAGE_NOT_AN_IMAGE',
  'IMAGE_BROKEN',
]);

/** Answers of a host that is alive and says no, which is its right: to get around it is no archive's business. */
const REFUSALS: ReadonlySet<number> = new Set([401, 402, 403, 407, 429, 451]);

/** Whether an archive may be asked for what could not be fetched. */
export function mayBeArchived({ failure, status }: FetchFailed): boolean {
  return GONE.has(failure.code) && !(status !== undefined && REFUSALS.has(status));
}

/** @param template with `{url}` in it, in whose place the URL goes as it is. */
export function archiveUrl(template: string, url: string): string {
  return template.replaceAll('{url}', () => url);
}
