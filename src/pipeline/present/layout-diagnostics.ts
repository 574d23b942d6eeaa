import { type Diagnostic, diagnostic } from '../../model/diagnostics.ts';
import type { Deck, FragmentsMode, HandoutMark, Layout, SourceSlide } from '../../model/model.ts';
import { nearest } from '../../text/nearest.ts';
import type { SourceLines } from '../contract/input.ts';
import type { ResolvedLinks } from '../links/deck-links.ts';
import { parseSlideHash } from '../slides/slide-hash.ts';
import type { Fit } from './fit/page/fit-slides.ts';
import type { PlannedParts } from './fit/page/plan-parts.ts';
import type { HiddenWords } from './frames/page/collect-words.ts';
import type { Unshown } from './frames/page/find-unshown.ts';
import type { FramesOptions } from './frames/present.ts';
import type { Unready } from './page/await-page.ts';
import type { CollectedDeck } from './page/collect-slides.ts';
import type { RepairResult } from './page/repair-page.ts';
import type { DeadLink } from './page/rewrite-links.ts';

/** Below this scale a slide is hard to read. */
const LEGIBLE_SCALE = 0.5;

/** One diagnostic for each condition that was not met in time. */
export function waitDiagnostics(deck: Deck, unready: readonly Unready[]): Diagnostic[] {
  return unready.map(({ what, afterMs, names }) => {
    const shown = names.slice(0, 3).join(', ') + (names.length > 3 ? ` and ${names.length - 3} more` : '');
    const after = afterMs > 0 ? ` after ${afterMs / 1000} s` : ' in time';
    const message = `${what} were not ready${after}${shown && `: ${shown}`}`.replace('math were', 'math was');
    const hint =
      what === 'charts'
        ? 'a moving chart is printed as it was at that moment; make it stand still'
        : 'build again, or raise --timeout';
    return diagnostic('PAGE_NOT_READY', message, { deck: deck.source.path }, hint);
  });
}

/** Diagnostics for lines that are cut off or covered; usually they are on the screen, too. */
export function wordDiagnostics(
  deck: Deck,
  slides: readonly SourceSlide[],
  hidden: readonly HiddenWords[],
): Diagnostic[] {
  const told = new Set<string>();
  return hidden.flatMap(({ index, text, how }) => {
    const slide = slides.find((one) => String(one.index) === index);
    const key = `${index} ${text}`;
    if (told.has(key)) return [];
    told.add(key);
    const place = { deck: deck.source.path, line: slide?.line, slide: slide?.number };
    const message = how === 'cut' ? `“${text}” is cut off` : `“${text}” is covered by something else`;
    const hint = 'look at the slide in the browser: its styles hide these words there, as well';
    return [diagnostic('WORDS_HIDDEN', message, place, hint)];
  });
}

/** Each slide must have become one page, or with fragment steps one or more. */
export function pageDiagnostics(
  deck: Deck,
  slides: readonly SourceSlide[],
  { pages }: CollectedDeck,
  { fragments }: FramesOptions,
): Diagnostic[] {
  const odd = slides.flatMap((slide) => {
    const count = pages.filter(({ index, role }) => index === String(slide.index) && role !== 'part').length;
    if (count === 1 || (count > 1 && fragments === 'steps')) return [];
    const place = { deck: deck.source.path, line: slide.line, slide: slide.number };
    const hint = 'look for unusual HTML in the slide';
    return [diagnostic('PAGE_COUNT_MISMATCH', `the slide became ${count} pages`, place, hint)];
  });
  const strays = pages.filter(({ index }) => !slides.some((slide) => index === String(slide.index))).length;
  if (strays === 0 || odd.length > 0) return odd;
  const message = `${strays} pages of the deck do not belong to a slide`;
  return [diagnostic('PAGE_COUNT_MISMATCH', message, { deck: deck.source.path })];
}

/**
 * Diagnostics for links without a target.
 *
 * @param missing the reasons for links that should lead to decks.
 */
export function linkDiagnostics(
  deck: Deck,
  slides: readonly SourceSlide[],
  deadLinks: readonly DeadLink[],
  missing: ResolvedLinks['missing'],
  lines: SourceLines | undefined,
): Diagnostic[] {
  return deadLinks.map(({ index, href }) => {
    const slide = slides.find((one) => String(one.index) === index);
    const line = slide && (lines?.lineOf(slide, href) ?? slide.line);
    const place = { deck: deck.source.path, line, slide: slide?.number, url: href };
    const known = missing.get(href);
    const [message, hint] = known
      ? [`the link “${href}” ${known.message}`, known.hint]
      : href.startsWith('#')
        ? [`the link ${href} leads to no slide`, hintForHash(deck, href)]
        : [`the link “${href}” has no target from within a PDF`, WHOLE_ADDRESS];
    return diagnostic('LINK_TARGET_MISSING', message, place, hint);
  });
}

const WHOLE_ADDRESS =
  'write the full address, with https://, or set where the deck is on the web: --link-base, or url in its front matter';

function hintForHash({ outline, reveal }: Deck, href: string): string {
  const target = parseSlideHash(href.slice(1), reveal.hashOneBasedIndex ? 1 : 0);
  if (!('id' in target)) return 'link to a slide’s position (#/2/1) or to the id of a slide or element';
  const holders = outline.filter((slide) => slide.ids.includes(target.id));
  if (holders.some(({ hidden }) => hidden))
    return 'the slide is hidden (data-visibility="hidden"); show it, or link to another one';
  const ids = outline.filter(({ hidden }) => !hidden);
  const meant = nearest(
    target.id,
    ids.flatMap((slide) => slide.ids),
  );
  return meant === undefined
    ? 'link to a slide’s position (#/2/1) or to the id of a slide or element'
    : `did you mean #/${meant}?`;
}

/** Diagnostics for images that are broken in the slide itself; missing resources are reported elsewhere. */
export function pictureDiagnostics(
  deck: Deck,
  slides: readonly SourceSlide[],
  { badFrames, brokenPictures, emptyCanvases }: RepairResult,
): Diagnostic[] {
  const placeOf = (index: string) => {
    const slide = slides.find((one) => String(one.index) === index);
    return { deck: deck.source.path, line: slide?.line, slide: slide?.number };
  };
  const frames = badFrames.map(({ index, value }) => {
    const message = `data-frame="${value}" is not a frame of an animation; the first one is shown`;
    const hint = 'write data-frame="last", or a number from 1';
    return diagnostic('IMAGE_FRAME_INVALID', message, placeOf(index), hint);
  });
  const broken = brokenPictures.map(({ index, reason, url }) =>
    url === ''
      ? diagnostic('IMAGE_NOT_FOUND', reason, placeOf(index), 'give the image a src')
      : diagnostic('IMAGE_BROKEN', reason, { ...placeOf(index), url }),
  );
  const canvases = emptyCanvases.map(({ index, name }) => {
    const message = `the canvas${name && ` “${name}”`} is blank: a script would draw it, and scripts of a deck are not run`;
    const hint = 'use an image instead, or draw it with Mermaid';
    return diagnostic('CANVAS_EMPTY', message, placeOf(index), hint);
  });
  return [...frames, ...broken, ...canvases];
}

export interface StepOptions extends FramesOptions {
  /** The mode of outputs with pages for steps, for slides that do not set it; undefined: no such output is created. */
  readonly stepPages?: FragmentsMode | undefined;
  /** Whether an output is created that only shows final states; undefined: yes. */
  readonly hasPaper?: boolean | undefined;
}

/** Diagnostics for content that is only shown temporarily: it is on no page at all, or not on paper. */
export function unshownDiagnostics(
  deck: Deck,
  slides: readonly SourceSlide[],
  unshown: readonly Unshown[],
  { fragments, stepPages, hasPaper = true }: StepOptions,
  lines: SourceLines | undefined,
): Diagnostic[] {
  return unshown.flatMap(({ index, words, mark }) => {
    const slide = slides.find((one) => String(one.index) === index);
    if (!slide) return [];
    const shown = words.slice(0, 3).map((one) => `“${one.length > 60 ? `${one.slice(0, 59)}…` : one}”`);
    const more = words.length > shown.length ? ` and ${words.length - shown.length} more` : '';
    const list = `${shown.join(', ')}${more}`;
    const line = lines?.lineOf(slide, (words[0] ?? '').slice(0, 20)) ?? slide.line;
    const place = { deck: deck.source.path, line, slide: slide.number };
    const mode = isFragmentsMode(mark) ? mark : stepPages;
    const hasPageEach = fragments === 'final' && stepPages !== undefined && mode === 'steps';
    if (hasPageEach && !hasPaper) return [];
    if (hasPageEach) {
      const message = `what the slide shows temporarily is in the slides PDF, but not on paper, which shows the final state: ${list}`;
      const hint =
        'you need not do anything, unless readers of the handout need it: then keep it on the slide';
      return [diagnostic('FRAGMENTS_NOT_ON_PAPER', message, place, hint)];
    }
    const message = `what the slide shows temporarily is on no page, because a page shows the final state: ${list}`;
    const hint = 'give each step a page: --fragments steps, or data-fragments="steps" on this slide';
    return [diagnostic('FRAGMENTS_NOT_SHOWN', message, place, hint)];
  });
}

/** Diagnostics for slides that are too large for one page at a legible size. */
export function continuedDiagnostics(
  deck: Deck,
  slides: readonly SourceSlide[],
  continued: readonly PlannedParts[],
): Diagnostic[] {
  return slides.flatMap((slide) => {
    const own = continued.filter(({ index }) => index === String(slide.index)).map(({ parts }) => parts);
    if (own.length === 0) return [];
    const message = `the slide is too large for one page, so it takes ${Math.max(...own)} pages`;
    const hint = 'split the slide, or allow a smaller scale with --min-scale';
    const place = { deck: deck.source.path, line: slide.line, slide: slide.number };
    return [diagnostic('SLIDE_CONTINUED', message, place, hint)];
  });
}

export function fitDiagnostics(
  deck: Deck,
  layout: Layout,
  fits: readonly Fit[],
  continued: readonly PlannedParts[],
): Diagnostic[] {
  return layout.slides.flatMap((slide) => {
    const own = fits.filter((one) => one.index === String(slide.index) && one.scale < 1);
    const [fit] = [...own].sort((a, b) => a.scale - b.scale);
    if (!fit) return [];
    const place = { deck: deck.source.path, line: slide.line, slide: slide.number };
    const size = `${Math.ceil(fit.widthPx)} × ${Math.ceil(fit.heightPx)} px`;
    const percent = Math.round(fit.scale * 100);
    const message = `the slide needs ${size}, so it was scaled to ${percent}% (${fit.scale.toFixed(2)})`;
    const isContinued = continued.some(({ index }) => index === fit.index);
    const hint = 'split the slide, or make its images smaller';
    const overflow = isContinued ? [] : [diagnostic('SLIDE_OVERFLOW', message, place, hint)];
    // A large image alone on its slide just fills the page.
    if (fit.scale >= LEGIBLE_SCALE || slide.text.trim() === '') return overflow;
    const tiny = `at ${percent}% of its size the slide is hard to read`;
    return [...overflow, diagnostic('SLIDE_TINY', tiny, place, 'split the slide')];
  });
}

/** Diagnostics for invalid values of `data-handout`. */
export function handoutMarkDiagnostics(
  deck: Deck,
  slides: readonly SourceSlide[],
  { pages }: CollectedDeck,
): Diagnostic[] {
  return slides.flatMap((slide) => {
    const mark = pages.find(({ index }) => index === String(slide.index))?.handout ?? '';
    if (mark === '' || isHandoutMark(mark)) return [];
    const place = { deck: deck.source.path, line: slide.line, slide: slide.number };
    const message = `data-handout="${mark}" is not one of skip, only and large; it is ignored`;
    return [
      diagnostic('HANDOUT_MARK_INVALID', message, place, 'write data-handout="skip", "only" or "large"'),
    ];
  });
}

/** Diagnostics for invalid values of `data-fragments`. */
export function fragmentsMarkDiagnostics(
  deck: Deck,
  slides: readonly SourceSlide[],
  { pages }: CollectedDeck,
): Diagnostic[] {
  return slides.flatMap((slide) => {
    const mark = pages.find(({ index }) => index === String(slide.index))?.fragments ?? '';
    if (mark === '' || isFragmentsMode(mark)) return [];
    const place = { deck: deck.source.path, line: slide.line, slide: slide.number };
    const message = `data-fragments="${mark}" is neither final nor steps; it is ignored`;
    const hint = 'write data-fragments="steps" or "final"';
    return [diagnostic('FRAGMENTS_MARK_INVALID', message, place, hint)];
  });
}

export function isFragmentsMode(mark: string): mark is FragmentsMode {
  return mark === 'final' || mark === 'steps';
}

export function isHandoutMark(mark: string): mark is HandoutMark {
  return ['only', 'skip', 'large'].includes(mark);
}
