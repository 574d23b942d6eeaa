import type { Block, LaidOutSlide, Layout } from '../../../model/model.ts';
import type { Judged } from './judged.ts';
import { pagesFor } from './room.ts';
import { type Scope, scopeOf } from './scope.ts';
import { type Score, scoreOf, type Weights } from './score.ts';
import { SIGNALS } from './signals.ts';

/** A block of a slide, and whether it is on the sheet. */
export interface Verdict {
  readonly slide: LaidOutSlide;
  readonly block: Block;
  readonly included: boolean;
  /** The reason, for the deck's author. */
  readonly reason: string;
  /** Undefined if its author has decided. */
  readonly score?: number;
}

/** Less than a third of a page is no cheatsheet. */
export const LEAST_PAGES = 1 / 3;
/** Prose without any reason for it does not fill a sheet that has too little content. */
const LOWEST_SCORE = SIGNALS.text?.weight ?? 0;
const NO_MORE = Number.POSITIVE_INFINITY;

/** All blocks of the deck, in order, with the reason why each is on the sheet or not; equal blocks are kept once. */
export function judgeBlocks(layout: Layout, weights?: Weights): Verdict[] {
  const scope = scopeOf(layout);
  const judged = judgedBlocks(layout).map(({ slide, ...one }) => ({
    ...{ slide, one },
    decided: decidedFor(one.block, slide, layout, scope),
    score: scoreOf(one, weights),
  }));
  let verdicts: Verdict[] = [];
  const lower = judged.map(({ score }) => score.value).filter((value) => value <= 0 && value > LOWEST_SCORE);
  const limits = [...new Set(lower)].sort((one, other) => other - one);
  for (const limit of [NO_MORE, ...limits]) {
    verdicts = once(
      judged.map(({ slide, one: { block }, decided, score }) => ({
        ...{ slide, block },
        ...(decided ?? byScore(score, limit)),
      })),
    );
    if (scope.isWanted || isEnough(verdicts)) return verdicts;
  }
  const reason = 'the whole sheet would be less than a third of a page';
  return verdicts.map((verdict) => (verdict.included ? { ...verdict, included: false, reason } : verdict));
}

/** Each block with everything that its score depends on. */
export function judgedBlocks(layout: Layout): (Judged & { readonly slide: LaidOutSlide })[] {
  const { slides } = layout;
  const headings = nearestHeadings(slides);
  const sections = sectionTitles(layout);
  const saidBefore = repetition();
  return slides.flatMap((slide, at) =>
    slide.blocks.map((block, i) => ({
      ...{ slide, block, saidBefore: saidBefore(block) },
      before: slide.blocks[i - 1],
      earlier: slide.blocks.slice(0, i).filter((one) => isBelow(one, block.heading)),
      beside: slide.blocks.filter((one) => one !== block),
      heading: block.heading || headings.get(slide) || sections[slide.h] || '',
      section: sections[slide.h] ?? '',
      isOnFirstSlide: slide === slides[0] && slides.length > 1,
      isInLastPart: at >= 0.8 * slides.length,
    })),
  );
}

function isBelow({ kind, heading }: Block, above: string): boolean {
  return kind !== 'heading' && heading === above;
}

/** Told one block after the other, says which share of the neighbouring words of each has been in one of its kind before. */
function repetition(): (block: Block) => number {
  const before = new Set<string>();
  return ({ kind, text }) => {
    const words = text.split(/\s+/);
    const groups = words.slice(2).map((word, i) => [kind, words[i], words[i + 1], word].join(' '));
    const known = groups.filter((group) => before.has(group)).length;
    for (const group of groups) before.add(group);
    return groups.length === 0 ? 0 : known / groups.length;
  };
}

/** A section without a title continues the previous one. */
export function sectionTitles({ sections }: Layout): string[] {
  let last = '';
  return sections.map((title) => {
    last = title || last;
    return last;
  });
}

/** A slide without a heading has that of the previous slide in its stack. */
export function nearestHeadings(slides: readonly LaidOutSlide[]): ReadonlyMap<LaidOutSlide, string> {
  const before = new Map<LaidOutSlide, string>();
  const last: string[] = [];
  for (const slide of slides) {
    before.set(slide, last[slide.h] ?? '');
    const own = slide.blocks.filter(({ kind }) => kind === 'heading').at(-1);
    if (own) last[slide.h] = own.text;
  }
  return before;
}

function isEnough(verdicts: readonly Verdict[]): boolean {
  const blocks = verdicts.filter(({ included }) => included).map(({ block }) => block);
  return pagesFor(blocks) >= LEAST_PAGES;
}

type Judgement = Pick<Verdict, 'included' | 'reason' | 'score'>;

/** The author's decision; undefined if the score decides. */
function decidedFor(block: Block, slide: LaidOutSlide, layout: Layout, scope: Scope): Judgement | undefined {
  const excluded = scope.excluded.get(slide.h);
  if (excluded !== undefined) return out(excluded);
  if (block.kind === 'heading') return out('a heading is included with the blocks below it');
  if (block.mark === 'skip') return out('it is marked with skip');
  if (block.mark !== undefined) return within('it is marked');
  if (slide.mark === 'skip') return out('its slide is marked with skip');
  if (slide.mark !== undefined) return within('its slide is marked');
  if (scope.isMarked) return out('other slides or elements are marked');
  const title = layout.sections[slide.h] ?? '';
  if (scope.own.has(slide)) return within(`it is in “${title}”, the deck’s own cheatsheet`);
  const [own] = scope.own;
  if (own && scope.isOwnOnly)
    return out(`the sheet has only “${layout.sections[own.h] ?? own.title}”, the deck’s own cheatsheet`);
  if (slide.handout === 'skip') return out('its slide is omitted from the handout');
  if (slide.handout === 'only') return out('its slide is for the handout only');
  if (slide.handout === 'blank') return out('its slide is to be filled in');
  return undefined;
}

/** @param limit is where blocks are kept that would not be otherwise. */
function byScore({ value, reasons }: Score, limit: number): Judgement {
  const included = value > 0 || value >= limit;
  const sides = included ? [reasons.for, reasons.against] : [reasons.against, reasons.for];
  const said = (sides[0]?.length ? sides[0] : (sides[1] ?? [])).slice(0, 3).join(', ');
  const relaxed = included && value <= 0 ? 'the sheet has space for it, although ' : '';
  const reason =
    relaxed && reasons.against.length > 0 ? `${relaxed}${reasons.against.slice(0, 2).join(', ')}` : said;
  return { included, reason, score: value };
}

/** The first of several equal blocks. */
function once(verdicts: readonly Verdict[]): Verdict[] {
  const seen = new Map<string, string>();
  return verdicts.map((verdict) => {
    const { included, slide, block } = verdict;
    if (!included) return verdict;
    const key = `${block.kind}\n${block.text}`;
    const first = seen.get(key);
    if (first !== undefined)
      return { ...verdict, included: false, reason: `it is already included from slide ${first}` };
    seen.set(key, slide.number);
    return verdict;
  });
}

const within = (reason: string): Judgement => ({ included: true, reason });
const out = (reason: string): Judgement => ({ included: false, reason });

const FEW_LETTERS = 40;

/** A description by which the author can recognize a block. */
export function firstWords({ kind, text }: Block): string {
  const said =
    kind === 'picture'
      ? (text
          .replace(/[?#].*$/, '')
          .split('/')
          .at(-1) ?? text)
      : text;
  const letters = [...(said || text)];
  return letters.length <= FEW_LETTERS ? letters.join('') : `${letters.slice(0, FEW_LETTERS - 1).join('')}…`;
}
