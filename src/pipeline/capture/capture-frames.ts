import type { Page } from 'puppeteer';
import type { Deck, PrintedFrames } from '../../model/model.ts';
import { capturePrint, type PrintOptions, type Served } from './capture.ts';
import type { FramesPlan } from './plan-frames.ts';

/** Prints the slides of a deck, one per page. */
export async function captureFrames(
  deck: Deck,
  { html, pages, ink, layout }: FramesPlan,
  options: PrintOptions,
  served: Served,
  page: Page,
): Promise<PrintedFrames> {
  const pictures = pages.flatMap((one) => one.pictures);
  const painted = pages.flatMap((one) => one.painted);
  const document = { html, page: layout.size, ink, pictures, painted };
  return { ...(await capturePrint(deck, document, options, served, page)), pages, page: layout.size };
}
