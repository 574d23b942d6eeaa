import { decodeOrKeep } from '../../text/decode.ts';

/** The target of a link's hash in a deck. */
export type SlideTarget = { readonly h: number; readonly v: number } | { readonly id: string };

/**
 * Parses the hash of a link as reveal.js does (`getIndicesFromHash` of its `controllers/location.js`): `#/2/1`, `#/id`,
 * `#id`, each optionally with the number of a fragment; empty means the first slide.
 *
 * @param hash without its `#`, as it is written.
 * @param base 1 if the deck counts from one: `hashOneBasedIndex`.
 */
export function parseSlideHash(hash: string, base: 0 | 1): SlideTarget {
  const name = hash.replace(/^\//, '');
  const [h = '', v = ''] = name.split('/');
  if (/^\d*$/.test(h)) return { h: index(h, base), v: index(v, base) };
  return { id: decodeOrKeep(name.replace(/\/-?\d+$/, '')) };
}

/** The hash of a slide's address in reveal.js, without the `#`: `/2/1`. */
export function slideHash({ h, v }: { readonly h: number; readonly v: number }, base: 0 | 1): string {
  return `/${h + base}/${v + base}`;
}

function index(digits: string, base: number): number {
  return (Number.parseInt(digits, 10) || base) - base;
}
