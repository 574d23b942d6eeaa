import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from 'puppeteer';
import sharp from 'sharp';
import { serveThrough } from '../../src/browser/gateway.ts';
import type { BrowserSession } from '../../src/browser/session.ts';
import { photograph, setWindow } from '../../src/browser/window.ts';
import type { Deck, Size } from '../../src/model/model.ts';
import { inputOf } from '../../src/pipeline/inputs/index.ts';
import type { Resources } from '../../src/pipeline/localize/localize.ts';
import { serveDrawing, serveFile } from '../../src/pipeline/localize/serve.ts';

/** A slide as a live presentation shows it when all of its fragments have been shown. */
export interface LiveSlide {
  /** `4.3`, or `4` for a slide that is in no stack. */
  readonly place: string;
  /** In a window of the slide's size. */
  readonly png: Uint8Array;
  /** Whether everything on it lies inside the window and nothing hides behind a scrollbar. */
  readonly fits: boolean;
  /** Whether paper has a card in the place of something: a picture that can't be had, a page or a film. */
  readonly lacksPicture: boolean;
  /** Whether a page or a film is behind it, for which paper has a small card in a corner. */
  readonly hasCardBehind: boolean;
}

/** https://revealjs.com/api/ */
interface Reveal {
  getIndices(slide: HTMLElement): { h: number; v?: number };
  isVerticalSlide(slide: HTMLElement): boolean;
  slide(h: number, v: number, f: number): void;
}

/** Photographs every slide of a deck as reveal.js presents it, one after the other, with its real pictures. */
export function photographLive(
  deck: Deck,
  resources: Resources,
  session: BrowserSession,
  density = 1,
): Promise<LiveSlide[]> {
  return forEachLiveSlide(deck, resources, session, photographSlide, density);
}

/**
 * Opens a deck as reveal.js presents it, with its real pictures, and does something for each of its slides.
 *
 * @param look gets the position of the slide among all `.slides section:not(.stack)`, from 0.
 * @param density pixels of the screen for a CSS pixel.
 */
export async function forEachLiveSlide<T>(
  deck: Deck,
  resources: Resources,
  session: BrowserSession,
  look: (page: Page, index: number) => Promise<T>,
  density = 1,
): Promise<T[]> {
  const { html } = await inputOf(deck.source).open(deck, {});
  return session.withPage(async (page) => {
    await serveThrough(page, async (request) => {
      if (request.url === deck.site.url) return { type: 'text/html; charset=utf-8', bytes: html };
      if (request.kind !== 'image')
        return (await serveDrawing(request, resources)) ?? serveFile(request, deck, resources);
      const found = await resources.image(request.url);
      const read = found.ok ? await found.image.read() : found;
      return found.ok && read?.ok ? { type: found.image.type, bytes: read.bytes } : undefined;
    });
    // What compiles a script on the fly wraps functions in calls of this, also those that go into the page.
    await page.evaluateOnNewDocument('globalThis.__name ??= (value) => value');
    await setWindow(page, deck.size, { scale: density, isSeen: true });
    await page.emulateMediaFeatures([
      { name: 'prefers-color-scheme', value: 'light' },
      { name: 'prefers-reduced-motion', value: 'reduce' },
    ]);
    await page.goto(deck.site.url, { waitUntil: 'load' });
    await page.waitForSelector('html[data-deckhand-ready]');
    const count = await page.evaluate(
      () => document.querySelectorAll('.reveal .slides section:not(.stack)').length,
    );
    const found: T[] = [];
    for (let index = 0; index < count; index++) found.push(await look(page, index));
    return found;
  });
}

async function photographSlide(page: Page, index: number): Promise<LiveSlide> {
  const shown = await page.evaluate(async (at) => {
    const { Reveal } = globalThis as unknown as { Reveal: Reveal };
    const slide = document.querySelectorAll<HTMLElement>('.reveal .slides section:not(.stack)')[at];
    if (!slide) throw new Error(`there is no slide ${at}`);
    const { h, v } = Reveal.getIndices(slide);
    Reveal.slide(h, v ?? 0, 999);
    // Paper shows what is folded away.
    for (const details of slide.querySelectorAll('details')) details.open = true;
    await document.fonts.ready;
    await Promise.all([...document.images].map((image) => image.decode().catch(() => undefined)));
    for (const animation of document.getAnimations()) {
      const isEndless = animation.effect?.getComputedTiming().endTime === Number.POSITIVE_INFINITY;
      if (!isEndless) animation.finish();
      else {
        animation.pause();
        animation.currentTime = 0;
      }
    }
    await new Promise((done) => requestAnimationFrame(() => requestAnimationFrame(done)));
    const place = Reveal.isVerticalSlide(slide) ? `${h + 1}.${(v ?? 0) + 1}` : String(h + 1);
    const lacksPicture =
      [...slide.querySelectorAll('img')].some(({ naturalWidth }) => naturalWidth === 0) ||
      slide.querySelector('iframe, video, audio, object, embed') !== null;
    const { backgroundIframe, backgroundVideo } = slide.dataset;
    const hasCardBehind = Boolean(backgroundIframe ?? backgroundVideo);
    return { place, hasCardBehind, fits: isInside(slide) && !scrolls(slide), lacksPicture };

    function isInside(section: HTMLElement): boolean {
      const rects: DOMRect[] = [];
      const walker = document.createTreeWalker(section, NodeFilter.SHOW_TEXT);
      const range = document.createRange();
      for (let node = walker.nextNode(); node; node = walker.nextNode()) {
        if (!node.textContent?.trim() || node.parentElement?.closest('aside.notes, .katex-mathml')) continue;
        if (!node.parentElement?.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
          continue;
        range.selectNodeContents(node);
        rects.push(...range.getClientRects());
      }
      for (const one of section.querySelectorAll('img, svg, canvas, pre, table'))
        if (one.checkVisibility({ opacityProperty: true, visibilityProperty: true }))
          rects.push(one.getBoundingClientRect());
      return rects
        .filter(({ width, height }) => width > 0.5 && height > 0.5)
        .every(
          ({ left, top, right, bottom }) =>
            left >= -0.5 && top >= -0.5 && right <= innerWidth + 0.5 && bottom <= innerHeight + 0.5,
        );
    }

    function scrolls(section: HTMLElement): boolean {
      return [...section.querySelectorAll('*')].some((one) => {
        const { overflowX, overflowY } = getComputedStyle(one);
        if (![overflowX, overflowY].some((value) => value === 'auto' || value === 'scroll')) return false;
        return one.scrollHeight > one.clientHeight + 1 || one.scrollWidth > one.clientWidth + 1;
      });
    }
  }, index);
  return { ...shown, png: await photograph(page) };
}

/** How far a pixel may be off, of 255. */
const TOLERANCE = 40;
const WIDTH = 320;

/**
 * The share of pixels in which two pictures of a slide differ, from 0 to 1: both 320 pixels wide, gray and slightly blurred, since
 * a PDF smooths the edges of letters in another way than a screen.
 */
export async function shareOfDifference(one: Uint8Array, other: Uint8Array, size: Size): Promise<number> {
  const height = Math.round((WIDTH * size.heightPx) / size.widthPx);
  const small = (png: Uint8Array): Promise<Buffer> =>
    sharp(png)
      .flatten({ background: '#fff' })
      .resize(WIDTH, height, { fit: 'fill' })
      .blur(1)
      .greyscale()
      .raw()
      .toBuffer();
  const [a, b] = await Promise.all([small(one), small(other)]);
  const different = a.filter((value, i) => Math.abs(value - (b[i] ?? 0)) > TOLERANCE);
  return different.length / a.length;
}

/** Writes two pictures of a slide side by side: live, then on paper. */
export async function writePair(
  folder: string,
  name: string,
  live: Uint8Array,
  paper: Uint8Array,
  { widthPx, heightPx }: Size,
): Promise<string> {
  await mkdir(folder, { recursive: true });
  const file = join(folder, `${name}.png`);
  const right = await sharp(paper).resize(widthPx, heightPx, { fit: 'fill' }).png().toBuffer();
  await sharp({ create: { width: 2 * widthPx + 10, height: heightPx, channels: 3, background: '#f0f' } })
    .composite([
      { input: Buffer.from(live), left: 0, top: 0 },
      { input: right, left: widthPx + 10, top: 0 },
    ])
    .png()
    .toFile(file);
  return file;
}
