import { cheatsheet } from './cheatsheet/cheatsheet.ts';
import { handout } from './handout/handout.ts';
import { images } from './images.ts';
import type { Output } from './output.ts';
import { slides } from './slides.ts';

/** Every kind, in the order in which they are made. */
export const OUTPUTS: readonly Output[] = [slides, handout, cheatsheet, images];
