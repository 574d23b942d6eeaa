import type { DeckFile } from '../../model/model.ts';
import type { Input } from '../contract/input.ts';
import { REVEAL_MD } from './reveal-md/input.ts';

/** The input that a deck belongs to. So far there is one. */
export function inputOf(_: DeckFile): Input {
  return REVEAL_MD;
}

/** The decks that files, folders and globs name, of whatever input. */
export const discoverDecks: Input['discover'] = (named, options) => REVEAL_MD.discover(named, options);
