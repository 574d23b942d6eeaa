import type { Page } from 'puppeteer';
import { type Wait, whilePageLives } from '../../browser/deadline.ts';
import type { FoundImage } from '../../images/source.ts';
import type { Diagnostic } from '../../model/diagnostics.ts';
import type { Deck, DeckLink, LaidOutSlide, Size, SourceSlide } from '../../model/model.ts';
import type { SourceLines } from '../contract/input.ts';
import type { ResolvedLinks, ResolveLinks } from '../links/deck-links.ts';
import type { Resources } from '../localize/localize.ts';
import { slideHash } from '../slides/slide-hash.ts';
import { placeId } from '../slides/slide-ids.ts';
import { slideLabels } from '../slides/slide-labels.ts';
import { slidePositions } from '../slides/slide-positions.ts';
import { cheatsheetMark } from './cheatsheet-marks.ts';
import { type FinishedPage, type FinishedPages, finishPages } from './finish-pages.ts';
import type { Fit } from './fit/page/fit-slides.ts';
import { awaitFrames } from './frames/page/await-frames.ts';
import { findRelativeLinks } from './frames/page/find-links.ts';
import { findUnshown, type Unshown } from './frames/page/find-unshown.ts';
import { spreadGrounds } from './frames/page/spread-grounds.ts';
import { glyphDiagnostics } from './glyph-diagnostics.ts';
import { isHandoutMark } from './handout-marks.ts';
import {
  continuedDiagnostics,
  fitDiagnostics,
  isFragmentsMode,
  linkDiagnostics,
  pictureDiagnostics,
  wordDiagnostics,
} from './layout-diagnostics.ts';
import { collectTrouble } from './page/collect-trouble.ts';
import { joinWords } from './page/join-words.ts';
import type { RepairOptions } from './page/repair-page.ts';
import type { LinkOptions, ScreenPlaces } from './page/rewrite-links.ts';
import { troubleDiagnostics } from './trouble-diagnostics.ts';

export interface FinishingOptions {
  /** The web address of the decks folder, for relative links. */
  readonly linkBase?: string | undefined;
  /** Below this scale a slide continues on another page; 0: never. */
  readonly minScale: number;
  /** Time limit for each condition. */
  readonly timeoutMs: number;
}

interface LayOutOptions extends FinishingOptions {
  /** If the frames are only those that differ on paper: all slides as on the screen. */
  readonly onScreen?: readonly LaidOutSlide[] | undefined;
}

/** Slides with finished and measured frames. */
export interface LaidOutFrames {
  readonly slides: readonly LaidOutSlide[];
  readonly deckLinks: readonly DeckLink[];
  readonly collected: FinishedPages['collected'];
  readonly unshown: readonly Unshown[];
  /** Diagnostics about their content, and about their size. */
  readonly diagnostics: { readonly content: readonly Diagnostic[]; readonly fit: readonly Diagnostic[] };
}

/**
 * Loads the document of frames that is served at the address of the deck's site, finishes the frames and measures them.
 *
 * @throws PageLostError
 */
export async function layOutFrames(
  deck: Deck,
  lines: SourceLines | undefined,
  options: LayOutOptions,
  wait: Omit<Wait, 'doing'>,
  resources: Resources,
  resolveLinks: ResolveLinks,
  page: Page,
): Promise<LaidOutFrames> {
  const step = <T>(doing: string, work: () => Promise<T>): Promise<T> =>
    whilePageLives(page, { ...wait, doing }, work);
  await step('loading its frames', async () => {
    await page.goto(deck.site.url, { waitUntil: 'load', timeout: 0 });
    await page.evaluate(awaitFrames, options.timeoutMs / 2);
    await page.evaluate(spreadGrounds);
    await page.evaluate(joinWords);
  });
  const trouble = await step('checking formulas and diagrams', () => page.evaluate(collectTrouble));
  const unshown = await step('checking its fragments', () => page.evaluate(findUnshown));
  const relative = await step('finding its links', () => page.evaluate(findRelativeLinks));
  const resolved = await resolveLinks(deck, relative);
  const { images } = await resources.all();
  const slides = deck.outline.filter((slide) => !slide.hidden);
  const finished = await finishPages(page, finishOptions(deck, slides, options, resolved, images), wait);
  const { repairs, deadLinks, fits, continued, missingGlyphs, hiddenWords, collected } = finished;
  const laidOut = laidOutSlides(deck, slides, collected, fits);
  return {
    ...{ slides: laidOut, deckLinks: resolved.links, collected, unshown },
    diagnostics: {
      content: [
        ...linkDiagnostics(deck, slides, deadLinks, resolved.missing, lines),
        ...pictureDiagnostics(deck, slides, repairs),
        ...troubleDiagnostics(deck, slides, trouble, lines),
        ...glyphDiagnostics(deck, slides, missingGlyphs),
        ...wordDiagnostics(deck, slides, hiddenWords),
      ],
      fit: [
        ...continuedDiagnostics(deck, slides, continued),
        ...fitDiagnostics(deck, laidOut, fits, continued),
      ],
    },
  };
}

function finishOptions(
  deck: Deck,
  slides: readonly SourceSlide[],
  options: LayOutOptions,
  resolved: ResolvedLinks,
  images: ReadonlyMap<string, FoundImage>,
) {
  return {
    repair: repairOptions(deck, slides),
    links: linkOptions(deck, options, resolved),
    fit: { center: deck.reveal.center ?? true },
    size: deck.size,
    // reveal.js means pages of its print view; with a maximum of one page, slides are scaled down to it.
    minScale: deck.reveal.pdfMaxPagesPerSlide === 1 ? 0 : options.minScale,
    images,
  };
}

/** The size of a missing image: three fifths of its slide, 16:9. */
export function lostSize({ size }: Deck): Size {
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

function linkOptions(deck: Deck, options: LayOutOptions, { hrefs, missing }: ResolvedLinks): LinkOptions {
  return {
    ...slidePositions(deck.outline),
    indexBase: indexBase(deck),
    ...linkBase(deck, options.linkBase),
    known: Object.fromEntries(hrefs),
    missing: [...missing].flatMap(([href, { isElsewhere }]) => (isElsewhere ? [] : [href])),
    onScreen: screenPlaces(options.onScreen ?? []),
  };
}

function screenPlaces(slides: readonly LaidOutSlide[]): ScreenPlaces {
  return {
    slides: Object.fromEntries(slides.map(({ index, id }) => [index, id])),
    elements: Object.fromEntries(slides.flatMap(({ id, names }) => names.map((name) => [name, id]))),
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

function laidOutSlides(
  deck: Deck,
  slides: readonly SourceSlide[],
  collected: FinishedPages['collected'],
  fits: readonly Fit[],
): LaidOutSlide[] {
  const labels = slideLabels(deck);
  return slides.flatMap((slide): LaidOutSlide[] => {
    const pages = collected.pages.filter((page) => page.index === String(slide.index));
    const last = pages.filter(({ role }) => role !== 'part').at(-1);
    if (!last) return [];
    const own = fits.filter((fit) => fit.index === String(slide.index)).map((fit) => fit.scale);
    const label = labels.get(slide.index) ?? slide.number;
    const names = [...hashesOf(slide, deck), ...last.ids];
    return [{ ...laidOutSlide(slide, last, pages, Math.min(1, ...own)), label, names }];
  });
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
