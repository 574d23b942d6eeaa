import type { Page } from 'puppeteer';
import { whilePageLives } from '../../browser/deadline.ts';
import { photograph } from '../../browser/window.ts';
import type { Deck, Shot, ShotPlan, Shots } from '../../model/model.ts';
import type { Served } from './capture.ts';
import { type CaptureOptions, noting, openDocument } from './open-document.ts';
import { scrollToPage } from './page/scroll-to-page.ts';
import { showAsOnScreen } from './page/show-as-on-screen.ts';
import { fileOf } from './stand-ins.ts';

/**
 * Opens a planned document on a screen as large as one of its pages, and takes a picture of each. Only encoded pictures are
 * kept, whatever their number.
 *
 * @returns as many pictures as the document has pages.
 * @throws PageLostError
 */
export async function captureShots(
  deck: Deck,
  plan: ShotPlan,
  options: CaptureOptions,
  { serve, pictures }: Served,
  page: Page,
): Promise<Shots> {
  const wait = { timeoutMs: options.timeoutMs, signal: options.signal, doing: 'taking pictures of slides' };
  const { served, noted } = noting(
    async (request) => fileOf(await pictures?.get(request.url)) ?? serve(request),
  );
  await openDocument(deck, plan, { media: 'screen', scale: plan.scale }, options, page, noted);
  await whilePageLives(page, wait, () => page.evaluate(showAsOnScreen));
  // It brings a large library along, which most runs have no need for here.
  const { encodeShot } = await import('./encode-shot.ts');
  const shots: Promise<Shot>[] = [];
  for (;;) {
    const shown = await whilePageLives(page, wait, () => page.evaluate(scrollToPage, shots.length));
    if (!shown) break;
    const png = await whilePageLives(page, wait, () => photograph(page));
    // One is taken while the one before is encoded: of more there would only be more in memory.
    await shots.at(-1);
    const shot = encodeShot(png, plan.format).then((encoded) => ({ ...shown, ...encoded }));
    shot.catch(() => undefined);
    shots.push(shot);
  }
  return { plan, shots: await Promise.all(shots), served };
}
