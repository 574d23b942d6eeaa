import type { DeckFile, SourceSlide } from '../../model/model.ts';
import type { Input, ParsedDeck } from '../contract/input.ts';
import { withOwnOutputs } from './output-names.ts';
import { REVEAL_MD } from './reveal-md/input.ts';

/** All inputs. A named file, folder or glob belongs to the first one that takes it. */
const INPUTS: readonly [...Input[], Input] = [REVEAL_MD];

/** The input that a deck belongs to. */
export function inputOf({ file }: Pick<DeckFile, 'file'>): Input {
  return inputFor(file);
}

/** Extensions of decks of all inputs, without the dot. */
export const DECK_EXTENSIONS: readonly string[] = INPUTS.flatMap(({ extensions }) => extensions);

/** See `Input.formerIds`. */
export async function formerIds(deck: ParsedDeck, slide: SourceSlide): Promise<readonly string[]> {
  return (await inputOf(deck.source).formerIds?.(deck, slide)) ?? [];
}

/** The decks of all inputs that files, folders and globs name, each once, with output names of its own. */
export const discoverDecks: Input['discover'] = async (named, options) => {
  const found = await Promise.all(
    INPUTS.map((input) =>
      input.discover(
        named.filter((one) => inputFor(one) === input),
        options,
      ),
    ),
  );
  const { decks, diagnostics } = withOwnOutputs(found.flatMap((one) => one.decks));
  return { decks, diagnostics: [...found.flatMap((one) => one.diagnostics), ...diagnostics] };
};

function inputFor(named: string): Input {
  return INPUTS.find((input) => input.takes(named)) ?? REVEAL_MD;
}
