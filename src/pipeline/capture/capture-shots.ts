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
 * Opens a planned document on a screen of the size of one of its pages, and takes a screenshot of each. Only encoded images
 * are kept.
 *
 * @returns as many images as the document has pages.
 * @throws PageLostError
 */
export async function captureShots(
  deck: Deck,
  plan: ShotPlan,
  options: CaptureOptions,
  { serve, pictures }: Served,
  page: Page,
): Promise<Shots> {
  const wait = {
    timeoutMs: options.timeoutMs,
    signal: options.signal,
    doing: 'taking screenshots of slides',
  };
  const { served, noted } = noting(
    async (request) => fileOf(await pictures?.get(request.url)) ?? serve(request),
  );
  await openDocument(deck, plan, { media: 'screen', scale: plan.scale }, options, page, noted);
  await whilePageLives(page, wait, () => page.evaluate(showAsOnScreen));
  // Only loaded here: it is a large library that most runs do not need.
  const { encodeShot } = await import('./encode-shot.ts');
  const shots: Promise<Shot>[] = [];
  for (;;) {
    const shown = await whilePageLives(page, wait, () => page.evaluate(scrollToPage, shots.length));
    if (!shown) break;
    const png = await whilePageLives(page, wait, () => photograph(page));
    // One screenshot is taken while the previous one is encoded. More would only take more memory.
    await shots.at(-1);
    const shot = encodeShot(png, plan.format).then((encoded) => ({ ...shown, ...encoded }));
    shot.catch(() => undefined);
    shots.push(shot);
  }
  return { plan, shots: await Promise.all(shots), served };
}
