import type { Outcome } from '../../model/diagnostics.ts';
import type { Deck, DeckFile } from '../../model/model.ts';
import type { ParseDeck, ParseOptions } from '../contract/input.ts';
import { inputOf } from '../inputs/index.ts';
import { withVersion } from './deck-version.ts';

export interface ReadOptions extends ParseOptions {
  /** `SOURCE_DATE_EPOCH`, in seconds: https://reproducible-builds.org/specs/source-date-epoch/ */
  readonly sourceDateEpoch?: number | undefined;
}

/**
 * Reads a deck, with its date and its last commit.
 *
 * @param parse default: in this process.
 * @throws DeckError if the deck cannot be read or has no slide to show.
 */
export async function readDeck(
  source: DeckFile,
  { sourceDateEpoch, ...options }: ReadOptions,
  parse: ParseDeck = parseHere,
): Promise<Outcome<Deck>> {
  return withVersion(await parse(source, options), sourceDateEpoch);
}

const parseHere: ParseDeck = (source, options) => inputOf(source).parse(source, options);
