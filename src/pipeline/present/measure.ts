import type { Page } from 'puppeteer';
import { inTime } from '../../async/in-time.ts';
import { whilePageLives } from '../../browser/deadline.ts';
import { ownDocument, type ResourceRequest, serveThrough } from '../../browser/gateway.ts';
import { setWindow } from '../../browser/window.ts';
import { sizeStub } from '../../images/renditions/size-stub.ts';
import type { FoundImage } from '../../images/source.ts';
import { svgStub, svgText } from '../../images/svg/svg.ts';
import { DeckError, type Diagnostic, diagnostic } from '../../model/diagnostics.ts';
import type { Highlights } from '../../model/highlights.ts';
import type { Deck, LaidOutSlide, Layout, Paper, Resource } from '../../model/model.ts';
import { isSiteUrl, withoutSite } from '../../model/urls.ts';
import type { Site } from '../contract/input.ts';
import type { ResolveLinks } from '../links/deck-links.ts';
import { guarded } from '../localize/guarded-serve.ts';
import type { Resources } from '../localize/localize.ts';
import { serveDrawing, serveFile } from '../localize/serve.ts';
import { blockedDiagnostic } from './blocked-diagnostics.ts';
import { cheatsheetMarkDiagnostics } from './cheatsheet-marks.ts';
import { StylesTooLargeError } from './frames/frame-styles.ts';
import { presentFrames } from './frames/present.ts';
import { handoutMarkDiagnostics } from './handout-marks.ts';
import { type FinishingOptions, type LaidOutFrames, layOutFrames, lostSize } from './lay-out-frames.ts';
import {
  fragmentsMarkDiagnostics,
  pageDiagnostics,
  type StepOptions,
  unshownDiagnostics,
  waitDiagnostics,
} from './layout-diagnostics.ts';
import { layoutOf, layoutOnPaper } from './layout-of.ts';
import { awaitPage } from './page/await-page.ts';
import { sectionDiagnostics } from './section-diagnostics.ts';

export interface MeasureOptions extends StepOptions, FinishingOptions {
  /** Called when reveal.js presents the deck. */
  readonly onShown?: () => void;
  readonly signal?: AbortSignal | undefined;
}

export interface MeasuredDeck {
  readonly layout: Layout;
  /** By paper, the layout with the slides that differ there; empty if no slide does. */
  readonly onPaper: ReadonlyMap<Paper, Layout>;
  /** The results of highlighting its code. */
  readonly highlights: Highlights;
}

/** A chart that is still being drawn after this time is an animation. */
const CHARTS_TIMEOUT_MS = 5000;

/** Requests of iframes and videos: in print a card replaces them. */
const SHOWN_AS_CARDS = new Set(['frame', 'media', 'texttrack']);

/**
 * Makes reveal.js present the deck in a page, captures its slides as frames, and finishes these. Images are stubs with the
 * same natural size, so that nothing waits for pixels. All outputs are created from the result.
 *
 * @throws PageLostError
 */
export async function measureDeck(
  deck: Deck,
  site: Site,
  options: MeasureOptions,
  resources: Resources,
  resolveLinks: ResolveLinks,
  page: Page,
): Promise<MeasuredDeck> {
  const diagnostics: Diagnostic[] = [];
  const place = { deck: deck.source.path };
  const wait = { timeoutMs: options.timeoutMs, signal: options.signal };
  page.on('pageerror', (error) => {
    const reason = error instanceof Error ? error.message : String(error);
    const message = `a script in the page failed: ${withoutSite(reason)}`;
    diagnostics.push(diagnostic('PAGE_SCRIPT_ERROR', message, place));
  });
  // First the live presentation, then its frames.
  const { url: siteUrl } = deck.site;
  let { html } = site;
  let carried: ReadonlyMap<string, Resource> = new Map();
  const note = (one: Diagnostic): void => void diagnostics.push(one);
  const serve = guarded(place.deck, note, async (request) => {
    const own = ownDocument(request, { url: siteUrl, html });
    if (own) return own;
    // Half of its time is reserved for processing what it has loaded.
    const within = <T>(coming: Promise<T>): Promise<T | undefined> =>
      inTime(coming, options.timeoutMs / 2, () => resources.giveUp(request.url, options.timeoutMs / 2));
    if (request.kind === 'image') {
      const image = await within(resources.image(request.url));
      return stub(image ?? (await resources.image(request.url)), deck);
    }
    const file =
      carried.get(request.url) ??
      (await within(serveDrawing(request, resources))) ??
      (await within(serveFile(request, deck, resources)));
    if (!file && !isExplained(request))
      diagnostics.push(blockedDiagnostic(deck, request, resources.referencesTo(request.url)));
    return file;
  });
  await serveThrough(page, serve);
  await setWindow(page, deck.size, { scale: 1, isSeen: false });
  await page.emulateMediaFeatures([
    { name: 'prefers-color-scheme', value: 'light' },
    { name: 'prefers-reduced-motion', value: 'reduce' },
  ]);
  // Slow servers have deadlines of their own, which must not count against that of the page.
  await resources.all();
  await whilePageLives(page, { ...wait, doing: 'loading the deck' }, async () => {
    await page.goto(siteUrl, { waitUntil: 'load', timeout: 0 });
    await awaitReady(page, deck);
  });
  options.onShown?.();
  const limits = {
    timeoutMs: options.timeoutMs / 2,
    chartsTimeoutMs: Math.min(CHARTS_TIMEOUT_MS, options.timeoutMs / 4),
  };
  const unready = await whilePageLives(page, { ...wait, doing: 'waiting for fonts and images' }, () =>
    page.evaluate(awaitPage, limits),
  );
  diagnostics.push(...waitDiagnostics(deck, unready));
  const highlights = await whilePageLives(page, { ...wait, doing: 'highlighting its code' }, () =>
    page.evaluate(() => (globalThis as { deckhandHighlights?: Highlights }).deckhandHighlights ?? {}),
  );
  const frames = await presentFrames(deck, options, wait, page, async (url) => {
    const file = await serveFile({ url, kind: 'stylesheet' }, deck, resources);
    return file && Buffer.from(file.bytes).toString();
  }).catch((error: unknown) => {
    throw error instanceof StylesTooLargeError ? tooManyStyles(deck, error) : error;
  });
  ({ html, fonts: carried } = frames);
  const layOut = (onScreen?: readonly LaidOutSlide[]): Promise<LaidOutFrames> =>
    layOutFrames(deck, site.lines, { ...options, onScreen }, wait, resources, resolveLinks, page);
  const presented = await layOut();
  const slides = deck.outline.filter((slide) => !slide.hidden);
  const { headHtml, htmlAttributes, isRightToLeft, definitions, fonts } = frames;
  const layout = {
    ...layoutOf(deck, presented, diagnostics),
    ...{ headHtml, htmlAttributes, isRightToLeft, definitions, fonts },
    ...(frames.handoutMarks.withholds ? { withholds: true as const } : {}),
  };
  const { collected } = presented;
  diagnostics.push(...pageDiagnostics(deck, slides, collected, options));
  diagnostics.push(...presented.diagnostics.content);
  diagnostics.push(...handoutMarkDiagnostics(deck, slides, frames.handoutMarks, site.lines));
  diagnostics.push(...cheatsheetMarkDiagnostics(deck, slides, collected));
  diagnostics.push(...fragmentsMarkDiagnostics(deck, slides, collected));
  diagnostics.push(...unshownDiagnostics(deck, slides, presented.unshown, options, site.lines));
  diagnostics.push(...presented.diagnostics.fit, ...sectionDiagnostics(deck, layout));
  const onPaper = new Map<Paper, Layout>();
  /** Two papers may have the same slides. */
  const known = new Map<string, LaidOutFrames>();
  for (const [paper, document] of frames.onPaper) {
    html = document;
    const marked = known.get(document) ?? (await layOut(presented.slides));
    known.set(document, marked);
    onPaper.set(paper, layoutOnPaper(paper, layout, presented, marked));
  }
  return { layout, onPaper, highlights };
}

/**
 * Waits until reveal.js has started, without a deadline of its own.
 *
 * @throws DeckError if it cannot start.
 */
export async function awaitReady(page: Page, deck: Deck): Promise<void> {
  await page.waitForSelector('html:is([data-deckhand-ready], [data-deckhand-failed])', { timeout: 0 });
  const reason = await page.evaluate(() => document.documentElement.dataset.deckhandFailed);
  if (reason === undefined) return;
  const hint =
    'look for something unusual in attributes and addresses; the deck would not start in a browser either';
  const message = `reveal.js cannot present the deck: ${reason}`;
  throw new DeckError(diagnostic('PRESENTATION_FAILED', message, { deck: deck.source.path }, hint));
}

function tooManyStyles({ source }: Deck, { message }: StylesTooLargeError): DeckError {
  const hint = 'remove the styles that the deck does not use';
  return new DeckError(diagnostic('DECK_TOO_COMPLEX', message, { deck: source.path }, hint));
}

/** Cards replace embedded content; resources that could not be fetched have a diagnostic of their own. */
function isExplained({ url, kind }: ResourceRequest): boolean {
  if (SHOWN_AS_CARDS.has(kind) || url.endsWith('/favicon.ico')) return true;
  return (kind === 'stylesheet' || kind === 'font') && !isSiteUrl(url);
}

/** Replaces an image while its slide is laid out: only its size matters. */
export async function stub(found: FoundImage, deck: Deck): Promise<Resource> {
  if (!found.ok) return sizeStub(lostSize(deck));
  const { type } = found.image;
  if (type !== 'image/svg+xml') return sizeStub(found.image);
  const read = await found.image.read();
  // An SVG may have no size that a number can express (a viewBox, percentages): its own root element, empty, replaces it.
  return read.ok ? { type, bytes: svgStub(svgText(read.bytes)) } : sizeStub(lostSize(deck));
}
