import type { DeckFile } from '../../model/model.ts';
import type { OutputKind } from '../../model/output-kinds.ts';
import type { Output } from '../contract/output.ts';
import { archivePlace, filePlace, type Place } from '../contract/places.ts';
import { cheatsheet } from './cheatsheet/cheatsheet.ts';
import { handout } from './handout/handout.ts';
import { images } from './images.ts';
import { slides } from './slides.ts';

/** All outputs, in the order in which they are created. */
export const OUTPUTS: readonly Output[] = [slides, handout, cheatsheet, images];

/** The kinds that have to be created for the requested ones: an archive contains others. */
export function outputsFor(only: readonly OutputKind[]): Output[] {
  return OUTPUTS.filter(
    ({ kind, isArchived }) => only.includes(kind) || (isArchived && only.includes('archive')),
  );
}

/** Where the files of a kind go. */
export function placeOf(deck: DeckFile, kind: OutputKind): Place {
  if (kind === 'archive') return archivePlace(deck);
  const output = OUTPUTS.find((one) => one.kind === kind);
  return output?.place?.(deck) ?? filePlace(deck, kind, output?.extension ?? 'pdf');
}

/** Where all files of a deck are written, for any requested kinds. */
export function placesOf(deck: DeckFile): Place[] {
  return [...OUTPUTS.map(({ kind }) => placeOf(deck, kind)), archivePlace(deck)];
}
