import { readFile } from 'node:fs/promises';
import { basename, resolve } from 'node:path';
import { localizeDeck } from '../../src/pipeline/localize/localize.ts';
import { projectLock } from '../../src/pipeline/localize/project-lock.ts';
import { type BuildContext, withRunPorts } from '../../src/pipeline/ports.ts';
import { readDeck } from '../../src/pipeline/read/read-deck.ts';
import type { Settings } from '../../src/settings/options.ts';
import { type Blemish, findBlemishes } from './full-size.ts';
import { photographLive, shareOfDifference, writePair } from './live.ts';
import { readPageLabels } from './pdf.ts';
import { drawPages } from './viewer.ts';

/** A slide held against its page in the slides PDF. */
export interface ComparedSlide {
  readonly place: string;
  /** Whether it has to look the same: it fits on the screen, and all its pictures are there. */
  readonly isComparable: boolean;
  /** Of the pixels that differ, from 0 to 1. */
  readonly share: number;
  /** What differs at full size; empty where that is not looked at. */
  readonly blemishes: readonly Blemish[];
}

/** Pixels for a CSS pixel, where slides are compared at full size: a hairline between two pixels is still one. */
export const FULL_SIZE_DENSITY = 2;

/** Where pages differ by more than this, the slide does not look as it was presented. */
export const MOST_DIFFERENT = 0.01;

/**
 * Holds each slide of a live presentation against the page of the slides PDF that shows it first.
 *
 * @param folder where pictures of slides that differ are written.
 * @param density 1: only small pictures of the slides are compared; `FULL_SIZE_DENSITY`: hairlines and small changes of color, too.
 * @param drawn all pages of the PDF with this density, where somebody has drawn them before.
 */
export async function compareWithLive(
  deckFile: string,
  pdfFile: string,
  settings: Settings,
  context: BuildContext,
  folder: string,
  density = 1,
  drawn?: readonly Uint8Array[],
): Promise<ComparedSlide[]> {
  const file = resolve(deckFile);
  const source = { path: deckFile, file, outputName: basename(file, '.md') };
  const pdf = await readFile(pdfFile);
  return withRunPorts(settings, context, async ({ session, images }) => {
    const { value: deck } = await readDeck(source, {});
    const resources = localizeDeck(deck, images, await projectLock(deck));
    const live = await photographLive(deck, resources, session, density);
    const labels = (await readPageLabels(pdf)) ?? [];
    const firsts = labels.flatMap((label, i) => (/ \(\d+\)$/.test(label) ? [] : [i]));
    if (firsts.length !== live.length)
      throw new Error(`${live.length} live slides, but ${firsts.length} pages that show one first`);
    const { widthPx, heightPx } = deck.size;
    const size = { widthPx: widthPx * density, heightPx: heightPx * density };
    const pages = drawn ? firsts.map((index) => drawn[index]) : await drawPages(pdf, firsts, size, session);
    const compared: ComparedSlide[] = [];
    for (const [i, { place, fits, lacksPicture, hasCardBehind, png }] of live.entries()) {
      const paper = pages[i] as Uint8Array;
      const share = await shareOfDifference(png, paper, deck.size);
      const isComparable = fits && !lacksPicture;
      const looksClosely = density > 1 && isComparable && !hasCardBehind;
      const blemishes = looksClosely ? await findBlemishes(png, paper, { ...deck.size, density }) : [];
      if (share > MOST_DIFFERENT || blemishes.length > 0) await writePair(folder, place, png, paper, size);
      compared.push({ place, isComparable, share, blemishes });
    }
    return compared;
  });
}
