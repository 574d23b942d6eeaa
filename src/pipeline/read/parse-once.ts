import { boundedMemo } from '../../async/bounded-memo.ts';
import type { Outcome } from '../../model/diagnostics.ts';
import type { DeckFile } from '../../model/model.ts';
import type { Settings } from '../../settings/options.ts';
import type { ParseDeck, ParsedDeck } from '../contract/input.ts';

/** Memory for parsed decks that others may link to: some hundred decks. */
const PARSED_BYTES = 32 * 2 ** 20;

export type ParseOnce = (source: DeckFile) => Promise<Outcome<ParsedDeck>>;

/** Parses decks with the settings of a run: each for its own build, and for decks that link to it. */
export function parsingOnce(
  { size, blankSlides, lang, author, revision, deck: flags }: Settings,
  { cwd, env, parse }: { readonly cwd: string; readonly env: NodeJS.ProcessEnv; readonly parse: ParseDeck },
): ParseOnce {
  const own = { size, blankSlides, lang, author, revision };
  // Parsers of untrusted decks get the environment only if a preprocessor needs it.
  const options = {
    ...own,
    cwd,
    flags,
    exactPlaces: false,
    ...(flags.preprocessor === undefined ? {} : { env }),
  };
  // As text, as its slides, and what was found in them.
  const known = boundedMemo<Outcome<ParsedDeck>>(PARSED_BYTES, ({ value }) =>
    value.sources.reduce((sum, { content }) => sum + content.length * 4, 0),
  );
  return (source) => known.once(source.file, () => parse(source, options));
}
