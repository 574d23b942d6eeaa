import type { Page } from 'puppeteer';
import { whilePageLives } from '../../browser/deadline.ts';
import { type ResourceRequest, serveThrough } from '../../browser/gateway.ts';
import { setWindow } from '../../browser/window.ts';
import { sizeStub } from '../../images/renditions/size-stub.ts';
import type { FoundImage } from '../../images/source.ts';
import { svgStub, svgText } from '../../images/svg/svg.ts';
import { DeckError, type Diagnostic, diagnostic } from '../../model/diagnostics.ts';
import type { Highlights } from '../../model/highlights.ts';
import type {
  Deck,
  LaidOutSlide,
  Layout,
  LayoutHead,
  Resource,
  Size,
  SourceSlide,
} from '../../model/model.ts';
import { isSiteUrl, withoutSite } from '../../model/urls.ts';
import type { Site } from '../contract/input.ts';
import type { ResolvedLinks, ResolveLinks } from '../links/deck-links.ts';
import { guarded } from '../localize/guarded-serve.ts';
import type { Resources } from '../localize/localize.ts';
import { serveDrawing, serveFile } from '../localize/serve.ts';
import { slideHash } from '../slides/slide-hash.ts';
import { placeId } from '../slides/slide-ids.ts';
import { slideLabels } from '../slides/slide-labels.ts';
import { slidePositions } from '../slides/slide-positions.ts';
import { blockedDiagnostic } from './blocked-diagnostics.ts';
import { cheatsheetMark, cheatsheetMarkDiagnostics } from './cheatsheet-marks.ts';
import { type FinishedPage, type FinishedPages, finishPages } from './finish-pages.ts';
import type { Fit } from './fit/page/fit-slides.ts';
import { StylesTooLargeError } from './frames/frame-styles.ts';
import { awaitFrames } from './frames/page/await-frames.ts';
import { findRelativeLinks } from './frames/page/find-links.ts';
import { findUnshown } from './frames/page/find-unshown.ts';
import { spreadGrounds } from './frames/page/spread-grounds.ts';
import { presentFrames } from './frames/present.ts';
import { glyphDiagnostics } from './glyph-diagnostics.ts';
import {
  continuedDiagnostics,
  fitDiagnostics,
  fragmentsMarkDiagnostics,
  handoutMarkDiagnostics,
  isFragmentsMode,
  isHandoutMark,
  linkDiagnostics,
  pageDiagnostics,
  pictureDiagnostics,
  type StepOptions,
  unshownDiagnostics,
  waitDiagnostics,
  wordDiagnostics,
} from './layout-diagnostics.ts';
import { awaitPage } from './page/await-page.ts';
import { collectTrouble } from './page/collect-trouble.ts';
import { joinWords } from './page/join-words.ts';
import type { RepairOptions } from './page/repair-page.ts';
import type { LinkOptions } from './page/rewrite-links.ts';
import { sectionDiagnostics } from './section-diagnostics.ts';
import { troubleDiagnostics } from './trouble-diagnostics.ts';

export interface MeasureOptions extends StepOptions {
  /** The web address of the decks folder, for relative links. */
  readonly linkBase?: string | undefined;
  /** Below this scale a slide continues on another page; 0: never. */
  readonly minScale: number;
  /** Time limit for each condition. */
  readonly timeoutMs: number;
  readonly signal?: AbortSignal | undefined;
}

export interface MeasuredDeck {
  readonly layout: Layout;
  /** The results of highlighting its code. */
  readonly highlights: Highlights;
}

/** A chart that is still being drawn after this time is an animation. */
const CHARTS_TIMEOUT_MS = 5000;

/** Requests of iframes and videos: in print a card replaces them. */
const SHOWN_AS_CARDS = new Set(['document', 'media', 'texttrack']);

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
    if (request.url === siteUrl) return { type: 'text/html; charset=utf-8', bytes: html };
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
  await whilePageLives(page, { ...wait, doing: 'loading its frames' }, async () => {
    await page.goto(siteUrl, { waitUntil: 'load', timeout: 0 });
    await page.evaluate(awaitFrames, options.timeoutMs / 2);
    await page.evaluate(spreadGrounds);
    await page.evaluate(joinWords);
  });
  const trouble = await whilePageLives(page, { ...wait, doing: 'checking formulas and diagrams' }, () =>
    page.evaluate(collectTrouble),
  );
  const unshown = await whilePageLives(page, { ...wait, doing: 'checking its fragments' }, () =>
    page.evaluate(findUnshown),
  );
  const relative = await whilePageLives(page, { ...wait, doing: 'finding its links' }, () =>
    page.evaluate(findRelativeLinks),
  );
  const resolved = await resolveLinks(deck, relative);
  const { images } = await resources.all();
  const slides = deck.outline.filter((slide) => !slide.hidden);
  const finish = {
    repair: repairOptions(deck, slides),
    links: linkOptions(deck, options, resolved),
    fit: { center: deck.reveal.center ?? true },
    size: deck.size,
    // reveal.js means pages of its print view; with a maximum of one page, slides are scaled down to it.
    minScale: deck.reveal.pdfMaxPagesPerSlide === 1 ? 0 : options.minScale,
    images,
  };
  const finished = await finishPages(page, finish, wait);
  const { repairs, deadLinks, fits, continued, missingGlyphs, hiddenWords, collected } = finished;
  const { links: deckLinks } = resolved;
  const { headHtml, htmlAttributes, isRightToLeft, definitions, fonts } = frames;
  const layout = {
    ...assembleLayout(deck, slides, collected, fits, diagnostics),
    ...{ deckLinks, headHtml, htmlAttributes, isRightToLeft, definitions, fonts },
  };
  diagnostics.push(...pageDiagnostics(deck, slides, collected, options));
  diagnostics.push(...linkDiagnostics(deck, slides, deadLinks, resolved.missing, site.lines));
  diagnostics.push(...pictureDiagnostics(deck, slides, repairs));
  diagnostics.push(...troubleDiagnostics(deck, slides, trouble, site.lines));
  diagnostics.push(...glyphDiagnostics(deck, slides, missingGlyphs));
  diagnostics.push(...wordDiagnostics(deck, slides, hiddenWords));
  diagnostics.push(...handoutMarkDiagnostics(deck, slides, collected));
  diagnostics.push(...cheatsheetMarkDiagnostics(deck, slides, collected));
  diagnostics.push(...fragmentsMarkDiagnostics(deck, slides, collected));
  diagnostics.push(...unshownDiagnostics(deck, slides, unshown, options, site.lines));
  diagnostics.push(...continuedDiagnostics(deck, slides, continued));
  diagnostics.push(...fitDiagnostics(deck, layout, fits, continued), ...sectionDiagnostics(deck, layout));
  return { layout, highlights };
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

/** The result if it comes before the deadline; otherwise undefined, after a call of `onLate`. */
async function inTime<T>(coming: Promise<T>, timeoutMs: number, onLate: () => void): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      onLate();
      resolve(undefined);
    }, timeoutMs);
  });
  try {
    return await Promise.race([coming, late]);
  } finally {
    clearTimeout(timer);
  }
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

/** The size of a missing image: three fifths of its slide, 16:9. */
function lostSize({ size }: Deck): Size {
  return { widthPx: Math.round(size.widthPx * 0.6), heightPx: Math.round(size.widthPx * 0.3375) };
}

function repairOptions(deck: Deck, slides: readonly SourceSlide[]): RepairOptions {
  const byIndex = <T>(value: (slide: SourceSlide) => T): Record<string, T> =>
    Object.fromEntries(slides.map((slide) => [slide.index, value(slide)]));
  return {
    slides: byIndex((slide) => ({ number: slide.number, id: placeId(slide) })),
    lostSize: lostSize(deck),
  };
}

function linkOptions(deck: Deck, options: MeasureOptions, { hrefs, missing }: ResolvedLinks): LinkOptions {
  return {
    ...slidePositions(deck.outline),
    indexBase: indexBase(deck),
    ...linkBase(deck, options.linkBase),
    known: Object.fromEntries(hrefs),
    missing: [...missing].flatMap(([href, { isElsewhere }]) => (isElsewhere ? [] : [href])),
  };
}

function indexBase({ reveal }: Deck): 0 | 1 {
  return reveal.hashOneBasedIndex ? 1 : 0;
}

/** The deck's own address, or its path below that of all decks. */
export function linkBase(
  { metadata, source: { outputName } }: Deck,
  base: string | undefined,
): Pick<LinkOptions, 'linkBase'> {
  if (metadata.url) return { linkBase: metadata.url };
  if (base === undefined) return {};
  const folder = base.endsWith('/') ? base : `${base}/`;
  return { linkBase: new URL(outputName.split('/').map(encodeURIComponent).join('/'), folder).href };
}

function assembleLayout(
  deck: Deck,
  slides: readonly SourceSlide[],
  collected: FinishedPages['collected'],
  fits: readonly Fit[],
  diagnostics: readonly Diagnostic[],
): Omit<Layout, 'deckLinks' | keyof LayoutHead> {
  const labels = slideLabels(deck);
  const named = new Set<string>();
  /** If a name occurs twice, the first one counts. */
  const free = (names: readonly string[]): string[] =>
    names.filter((name) => !named.has(name) && named.add(name));
  const laidOut = slides.flatMap((slide): LaidOutSlide[] => {
    const pages = collected.pages.filter((page) => page.index === String(slide.index));
    const last = pages.filter(({ role }) => role !== 'part').at(-1);
    if (!last) return [];
    const own = fits.filter((fit) => fit.index === String(slide.index)).map((fit) => fit.scale);
    const label = labels.get(slide.index) ?? slide.number;
    const names = free([...hashesOf(slide, deck), ...last.ids]);
    return [{ ...laidOutSlide(slide, last, pages, Math.min(1, ...own)), label, names }];
  });
  const sections: string[] = [];
  for (const slide of laidOut) sections[slide.h] ||= slide.title;
  return {
    path: deck.source.path,
    metadata: deck.metadata,
    date: deck.date,
    ...(deck.commit === undefined ? {} : { commit: deck.commit }),
    size: deck.size,
    ...(deck.printSize === undefined ? {} : { printSize: deck.printSize }),
    slides: laidOut,
    sections: Array.from(sections, (title) => title ?? ''),
    diagnostics,
  };
}

/** In the deck's own address; a stack has that of its first slide. */
function hashesOf(slide: SourceSlide, deck: Deck): string[] {
  if (!slide.onScreen) return [];
  const hash = slideHash(slide, indexBase(deck));
  return slide.v === 0 ? [hash.replace(/\/\d+$/, ''), hash] : [hash];
}

function laidOutSlide(
  slide: SourceSlide,
  last: FinishedPage,
  pages: readonly FinishedPage[],
  scale: number,
): Omit<LaidOutSlide, 'label' | 'names'> {
  const { index, h, v, number, line } = slide;
  const { id, title, name, text, notesHtml, blocks, cheatsheet, handout, fragments } = last;
  const mark = cheatsheetMark(cheatsheet);
  return {
    ...{ index, h, v, number, line, id, title, name, text, notesHtml, scale, blocks },
    ...(mark ? { mark } : {}),
    ...(isHandoutMark(handout) ? { handout } : {}),
    ...(isFragmentsMode(fragments) ? { fragments } : {}),
    pages: pages
      .filter(({ role }) => role !== 'whole')
      .map(({ html, pictures, painted, links, words, look }) => {
        return { html, pictures, painted, links, words, ...look };
      }),
  };
}
