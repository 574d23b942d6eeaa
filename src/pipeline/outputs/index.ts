import type { OutputKind } from '../model.ts';
import { cheatsheet } from './cheatsheet/cheatsheet.ts';
import { handout } from './handout/handout.ts';
import { images } from './images.ts';
import type { Output } from './output.ts';
import { slides } from './slides.ts';

/** Every kind, in the order in which they are made. */
export const OUTPUTS: readonly Output[] = [slides, handout, cheatsheet, images];

/** What has to be made for the kinds that are asked for: an archive holds others, whether they lie beside it or not. */
export function outputsFor(only: readonly OutputKind[]): Output[] {
  return OUTPUTS.filter(
    ({ kind, isArchived }) => only.includes(kind) || (isArchived && only.includes('archive')),
  );
}
