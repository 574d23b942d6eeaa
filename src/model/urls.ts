declare const brand: unique symbol;

/**
 * An address in canonical form: absolute, without its fragment, encoded as `pictureUrl` does. Addresses as decks or pages
 * write them are plain strings, so the compiler finds where one is used for the other.
 */
export type ResolvedUrl = string & { readonly [brand]: 'ResolvedUrl' };
