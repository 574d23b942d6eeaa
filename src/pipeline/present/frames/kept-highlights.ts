import type { Cache } from '../../../images/cache/cache.ts';
import type { Highlights } from '../../../model/highlights.ts';
import type { Deck } from '../../../model/model.ts';
import { manifest } from '../../../system/package-root.ts';

/** If it is larger, highlighting again is faster than reading it. */
const MAX_BYTES = 4 << 20;

/** The stored results of highlighting a deck's code; code that has changed since then is not found. */
export async function keptHighlights(deck: Pick<Deck, 'source'>, cache: Cache): Promise<Highlights> {
  const kept = await cache.get(keyOf(deck));
  return kept ? (JSON.parse(Buffer.from(kept.bytes).toString()) as Highlights) : {};
}

/** Stores the results of highlighting a deck's code, unless they are stored already. */
export async function keepHighlights(
  deck: Pick<Deck, 'source'>,
  cache: Cache,
  used: Highlights,
  known: Highlights,
): Promise<void> {
  const keys = Object.keys(used);
  if (keys.length === Object.keys(known).length && keys.every((key) => Object.hasOwn(known, key))) return;
  const bytes = Buffer.from(JSON.stringify(used));
  if (bytes.length <= MAX_BYTES) await cache.put(keyOf(deck), bytes);
}

/** A deck has one entry, which each build with changed code replaces. reveal.js contains its own highlight.js. */
function keyOf({ source }: Pick<Deck, 'source'>): string {
  return `highlights reveal.js ${manifest().dependencies['reveal.js']} ${source.file}`;
}
