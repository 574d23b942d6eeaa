import type { Cache } from '../../../images/cache/cache.ts';
import type { Highlights } from '../../../model/highlights.ts';
import type { Deck } from '../../../model/model.ts';
import { manifest } from '../../../system/package-root.ts';

/** More than this is quicker to make again than to read. */
const MAX_BYTES = 4 << 20;

/** What the code of a deck became when it was built before; whatever has changed since is not found there. */
export async function keptHighlights(deck: Pick<Deck, 'source'>, cache: Cache): Promise<Highlights> {
  const kept = await cache.get(keyOf(deck));
  return kept ? (JSON.parse(Buffer.from(kept.bytes).toString()) as Highlights) : {};
}

/** Keeps what the code of a deck became, unless that is what is kept already. */
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

/** A deck has one entry, which each build with changed code replaces. reveal.js brings its own highlight.js. */
function keyOf({ source }: Pick<Deck, 'source'>): string {
  return `highlights reveal.js ${manifest().dependencies['reveal.js']} ${source.file}`;
}
