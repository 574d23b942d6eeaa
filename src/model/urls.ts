declare const brand: unique symbol;

/**
 * An address in its one form: absolute, without its fragment, encoded as `pictureUrl` does. What a deck or a page writes
 * is a plain string, so the compiler finds where one is taken for the other.
 */
export type ResolvedUrl = string & { readonly [brand]: 'ResolvedUrl' };
