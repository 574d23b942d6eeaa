import type { Outcome } from '../../src/model/diagnostics.ts';
import type { DeckFile } from '../../src/model/model.ts';
import type { MarkdownDeck } from '../../src/pipeline/inputs/reveal-md/model/markdown-deck.ts';
import { parseDeck } from '../../src/pipeline/inputs/reveal-md/read.ts';
import { withVersion } from '../../src/pipeline/read/deck-version.ts';
import type { ReadOptions } from '../../src/pipeline/read/read-deck.ts';

/** Reads a deck of Markdown, with what only its input has of it. */
export async function readMarkdown(
  source: DeckFile,
  { sourceDateEpoch, ...options }: ReadOptions,
): Promise<Outcome<MarkdownDeck>> {
  return withVersion(await parseDeck(source, options), sourceDateEpoch);
}
