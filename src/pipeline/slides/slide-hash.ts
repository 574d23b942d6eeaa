import { decodeOrKeep } from '../../text/decode.ts';

/** Where the hash of a link leads in a deck. */
export type SlideTarget = { readonly h: number; readonly v: number } | { readonly id: string };

/**
 * Reads the hash of a link as reveal.js does (`getIndicesFromHash` of its `controllers/location.js`): `#/2/1`, `#/id`, `#id`,
 * each with the number of a fragment behind it or not; nothing is the first slide.
 *
 * @param hash without its `#`, as it is written.
 * @param base 1 where the deck counts from one: `hashOneBasedIndex`.
 */
export function parseSlideHash(hash: string, base: 0 | 1): SlideTarget {
  const name = hash.replace(/^\//, '');
  const [h = '', v = ''] = name.split('/');
  if (/^\d*$/.test(h)) return { h: index(h, base), v: index(v, base) };
  return { id: decodeOrKeep(name.replace(/\/-?\d+$/, '')) };
}

/** What reveal.js has in the address of a slide, without the `#`: `/2/1`. */
export function slideHash({ h, v }: { readonly h: number; readonly v: number }, base: 0 | 1): string {
  return `/${h + base}/${v + base}`;
}

function index(digits: string, base: number): number {
  return (Number.parseInt(digits, 10) || base) - base;
}
