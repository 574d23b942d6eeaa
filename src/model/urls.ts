declare const brand: unique symbol;

/**
 * An address in canonical form: absolute, without its fragment, encoded as `pictureUrl` does. Addresses as decks or pages
 * write them are plain strings, so the compiler finds where one is used for the other.
 */
export type ResolvedUrl = string & { readonly [brand]: 'ResolvedUrl' };

/**
 * Decks are presented under names below this one, which no resolver knows
 * (https://www.rfc-editor.org/rfc/rfc6761#section-6.4), so that nothing can be requested from the real web. Each input has
 * one of its own.
 */
export const SITE_DOMAIN = 'deck.invalid';

const SITE = new RegExp(
  String.raw`\bhttps?://(?:[\w-]+\.)*${SITE_DOMAIN.replaceAll('.', String.raw`\.`)}/`,
  'g',
);

/** Whether an absolute URL is one of the site of a deck, and not of the web. */
export function isSiteUrl(url: string): boolean {
  return url.search(SITE) === 0;
}

/** A text for people, with paths from the root of the project instead of internal addresses. */
export function withoutSite(text: string): string {
  return text.replace(SITE, '');
}
