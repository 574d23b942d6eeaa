import type { DeckFile } from '../../model/model.ts';
import type { Input } from '../contract/input.ts';
import { REVEAL_MD } from './reveal-md/input.ts';

/** All inputs. A named file, folder or glob belongs to the first one that takes it. */
const INPUTS: readonly [...Input[], Input] = [REVEAL_MD];

/** The input that a deck belongs to. */
export function inputOf({ file }: Pick<DeckFile, 'file'>): Input {
  return inputFor(file);
}

/** The decks of all inputs that files, folders and globs name. */
export const discoverDecks: Input['discover'] = async (named, options) => {
  const found = await Promise.all(
    INPUTS.map((input) =>
      input.discover(
        named.filter((one) => inputFor(one) === input),
        options,
      ),
    ),
  );
  return {
    decks: found.flatMap(({ decks }) => decks),
    diagnostics: found.flatMap(({ diagnostics }) => diagnostics),
  };
};

function inputFor(named: string): Input {
  return INPUTS.find((input) => input.takes(named)) ?? REVEAL_MD;
}
