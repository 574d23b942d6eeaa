import type { Page } from 'puppeteer';
import { type Wait, whilePageLives } from '../../browser/deadline.ts';
import type { FoundImage } from '../../images/source.ts';
import type { Block, PaintedPicture, PlacedPicture, Size } from '../../model/model.ts';
import { buildRows } from './blocks/page/build-rows.ts';
import { collectBlocks } from './blocks/page/collect-blocks.ts';
import { joinBlocks } from './blocks/page/join-blocks.ts';
import { prepareBlocks } from './blocks/page/prepare-blocks.ts';
import { setGlosses } from './blocks/page/set-glosses.ts';
import { setListings } from './blocks/page/set-listings.ts';
import { setRows } from './blocks/page/set-rows.ts';
import { continueSlides } from './fit/page/continue-slides.ts';
import { fitDiagrams } from './fit/page/fit-diagrams.ts';
import { type Fit, type FitOptions, fitSlides } from './fit/page/fit-slides.ts';
import { type PlannedParts, planParts } from './fit/page/plan-parts.ts';
import { collectWords, type HiddenWords } from './frames/page/collect-words.ts';
import { type CollectedDeck, type CollectedPage, collectSlides } from './page/collect-slides.ts';
import { fillCards } from './page/fill-cards.ts';
import { findGlyphs, type MissingGlyphs } from './page/find-glyphs.ts';
import { type Look, measureLooks } from './page/measure-looks.ts';
import { noteBackgrounds } from './page/note-backgrounds.ts';
import { type FoundPainted, paintedPictures } from './page/painted-pictures.ts';
import { pinPictures } from './page/pin-pictures.ts';
import { placeAreas } from './page/place-areas.ts';
import { placeCards } from './page/place-cards.ts';
import { type RepairOptions, type RepairResult, repairPage } from './page/repair-page.ts';
import { type DeadLink, type LinkOptions, rewriteLinks } from './page/rewrite-links.ts';
import { settlePictures } from './page/settle-pictures.ts';
import { animations, embedCards, lostPictures, naturalSizes } from './page-pictures.ts';

export interface FinishOptions {
  readonly repair: RepairOptions;
  readonly links: LinkOptions;
  readonly fit: FitOptions;
  /** Of a page. */
  readonly size: Size;
  /** Below this scale a slide continues on another page; 0: never. */
  readonly minScale: number;
  /** All images that the page requested, by absolute URL. */
  readonly images: ReadonlyMap<string, FoundImage>;
}

/** A captured page, with its blocks and the positions of its images. */
export interface FinishedPage extends CollectedPage {
  readonly blocks: readonly Block[];
  readonly pictures: readonly PlacedPicture[];
  readonly painted: readonly PaintedPicture[];
  /** Its visible text, with white space between words. */
  readonly words: string;
  readonly look: Look;
}

export interface FinishedPages {
  readonly repairs: RepairResult;
  readonly deadLinks: readonly DeadLink[];
  /** Of what is printed. */
  readonly fits: readonly Fit[];
  readonly continued: readonly PlannedParts[];
  readonly missingGlyphs: readonly MissingGlyphs[];
  readonly hiddenWords: readonly HiddenWords[];
  readonly collected: Omit<CollectedDeck, 'pages'> & { readonly pages: readonly FinishedPage[] };
}

/**
 * Turns the layout of reveal.js into finished pages, step by step: repairs, fits each slide to its page, fixes the sizes of
 * its images, replaces missing ones with cards, and captures everything. After fitting nothing moves.
 *
 * @throws PageLostError
 */
export async function finishPages(
  page: Page,
  { repair, links, fit, size, minScale, images }: FinishOptions,
  wait: Omit<Wait, 'doing'>,
): Promise<FinishedPages> {
  const step = <T>(doing: string, work: () => Promise<T>): Promise<T> =>
    whilePageLives(page, { ...wait, doing }, work);
  const repairs = await step('preparing its pages', () => page.evaluate(repairPage, repair));
  const deadLinks = await step('rewriting its links', () => page.evaluate(rewriteLinks, links));
  const { fits, continued } = await step('fitting its slides', async () => {
    await page.evaluate(fitDiagrams, size);
    return fitOrContinue(page, fit, minScale);
  });
  const missingGlyphs = await step('checking its fonts for missing characters', () =>
    page.evaluate(findGlyphs, { boxed: false }),
  );
  const painted = await step('finding its images', async () => {
    await page.evaluate(pinPictures);
    return page.evaluate(paintedPictures, naturalSizes(images));
  });
  await step('placing cards for missing images', async () => {
    const lost = lostPictures(images);
    const embeds = embedCards(repairs.embeds);
    await page.evaluate(placeCards, { lostPictures: lost, embeds });
    await page.evaluate(noteBackgrounds, { lostPictures: lost, embeds, painted });
    await page.evaluate(fillCards);
  });
  const placed = await step('measuring its images', () => page.evaluate(settlePictures, animations(images)));
  await step('laying out image maps', () => page.evaluate(placeAreas));
  const words = await step('checking its text', () => page.evaluate(collectWords));
  const looks = await step('measuring its type', () => page.evaluate(measureLooks));
  const { pages, ...rest } = await step('capturing its slides', () =>
    page.evaluate(collectSlides, Object.keys(lostPictures(images))),
  );
  const blocks = await step('dividing its slides into blocks', async () => {
    await page.evaluate(prepareBlocks);
    await page.evaluate(setListings);
    await page.evaluate(setGlosses);
    await page.evaluate(setRows);
    await page.evaluate(buildRows);
    await page.evaluate(joinBlocks);
    return page.evaluate(collectBlocks);
  });
  const finished = pages.map((one, i) => ({
    ...one,
    blocks: blocks[i] ?? [],
    words: words.shown[i] ?? '',
    pictures: placed[i] ?? [],
    painted: (painted[i] ?? []).map(paintedOnly),
    look: looks[i] ?? { isDark: false },
  }));
  return {
    repairs,
    deadLinks,
    fits,
    continued,
    missingGlyphs,
    hiddenWords: words.hidden,
    collected: { ...rest, pages: finished },
  };
}

/** A slide that is too large for one page becomes several pages with the same scale. */
async function fitOrContinue(
  page: Page,
  fit: FitOptions,
  minScale: number,
): Promise<Pick<FinishedPages, 'fits' | 'continued'>> {
  const fits = await page.evaluate(fitSlides, fit);
  if (!fits.some(({ scale }) => scale < minScale)) return { fits, continued: [] };
  const continued = await page.evaluate(planParts, { minScale, fits });
  if (continued.length === 0) return { fits, continued };
  await page.evaluate(continueSlides);
  const parts = { ...fit, pages: '[data-deckhand-part]' };
  const limits: Record<string, number> = {};
  for (const { index, scale } of await page.evaluate(fitSlides, parts))
    limits[index] = Math.min(limits[index] ?? 1, scale);
  const ofParts = await page.evaluate(fitSlides, { ...parts, limits });
  const others = fits.filter(({ index }) => limits[index] === undefined);
  return { fits: [...others, ...ofParts], continued };
}

function paintedOnly({ url, size }: FoundPainted): PaintedPicture {
  return size ? { url, size } : { url };
}
