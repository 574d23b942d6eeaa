import type { Page } from 'puppeteer';
import type { Serve } from '../../browser/gateway.ts';
import { capturePrint } from '../capture.ts';
import type { Deck, PrintedFrames } from '../model.ts';
import type { CaptureOptions } from '../open-document.ts';
import type { FramesPlan } from './plan-frames.ts';

/** Prints the slides of a deck, one a page. */
export async function captureFrames(
  deck: Deck,
  { html, pages, ink, layout }: FramesPlan,
  options: CaptureOptions,
  serve: Serve,
  page: Page,
): Promise<PrintedFrames> {
  const pictures = pages.flatMap((one) => one.pictures);
  const document = { html, page: layout.size, ink, pictures };
  return { ...(await capturePrint(deck, document, options, serve, page)), pages, page: layout.size };
}
