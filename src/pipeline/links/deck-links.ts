import { existsSync } from 'node:fs';
import { dirname, join, sep } from 'node:path';
import pLimit from 'p-limit';
import { inTime } from '../../async/in-time.ts';
import type { Outcome } from '../../model/diagnostics.ts';
import type { Deck, DeckFile, DeckLink, SourceSlide } from '../../model/model.ts';
import type { OutputKind } from '../../model/output-kinds.ts';
import { isSelected, type SlideRange } from '../../settings/slide-ranges.ts';
import { decodeOrKeep } from '../../text/decode.ts';
import { nearest } from '../../text/nearest.ts';
import type { ParsedDeck } from '../contract/input.ts';
import { deckLinkUrl } from '../site/site-urls.ts';
import { atLeastOne, type SlideFileKind, showsSlide, slideFiles } from '../slides/slide-files.ts';
import { parseSlideHash, type SlideTarget, slideHash } from '../slides/slide-hash.ts';
import { ownSlideId, placeId } from '../slides/slide-ids.ts';
import { slideLabels } from '../slides/slide-labels.ts';
import { onPaper } from '../slides/slide-positions.ts';

/** Maximum number of links of one deck to other files; a course has some dozens. */
const MAX_LINKS = 2_000;
const DECKS_AT_A_TIME = 4;

/** The decks of one build, for the links between them. */
export interface Course {
  readonly decks: readonly DeckFile[];
  /** The kinds of output that the build creates. */
  readonly only: readonly OutputKind[];
  /** The selected slides; all if it is empty. */
  readonly slides: readonly SlideRange[];
  /** Extensions of decks, without the dot. */
  readonly extensions: readonly string[];
  /** Former ids by which links may refer to a slide. */
  readonly formerIds: (deck: ParsedDeck, slide: SourceSlide) => Promise<readonly string[]>;
  /** Parses a deck, once for all callers. */
  readonly parse: (deck: DeckFile) => Promise<Outcome<ParsedDeck>>;
}

/** The result for a deck's relative links, by their addresses as written. Links that are missing here lead to no deck. */
export interface ResolvedLinks {
  /** Replacements: the URL of a `DeckLink`, or a hash of the same deck. */
  readonly hrefs: ReadonlyMap<string, string>;
  readonly links: readonly DeckLink[];
  readonly missing: ReadonlyMap<string, MissingTarget>;
}

/** Determines which relative links of a deck, as written, lead to others of its build. */
export type ResolveLinks = (deck: Deck, hrefs: readonly string[]) => Promise<ResolvedLinks>;

/** For a deck that is built alone. */
export const resolveAlone: ResolveLinks = async () => ({ hrefs: new Map(), links: [], missing: new Map() });

/** Why a link has no target, and what to do about it. */
export interface MissingTarget {
  readonly message: string;
  readonly hint: string;
  /** It may exist on the web. */
  readonly isElsewhere?: true;
}

type SlideFiles = readonly [SlideFileKind, ...SlideFileKind[]];
type Resolved = { readonly href: string } | { readonly link: DeckLink } | { readonly missing: MissingTarget };

/** Determines which of a deck's relative links lead to decks of the same build, and to which slides. */
export async function resolveDeckLinks(
  deck: Deck,
  hrefs: readonly string[],
  course: Course,
): Promise<ResolvedLinks> {
  const decks = new Map(course.decks.map((one) => [plainPath(one.file), one]));
  const limit = pLimit(DECKS_AT_A_TIME);
  const found = await Promise.all(
    hrefs.map((href, i) =>
      limit(async () => {
        const resolved = i < MAX_LINKS ? await resolveLink(deck, href, decks, course) : tooMany();
        return [href, resolved] as const;
      }),
    ),
  );
  const links = new Map<string, DeckLink>();
  const written = new Map<string, string>();
  const missing = new Map<string, MissingTarget>();
  for (const [href, one] of found) {
    if (one === undefined) continue;
    if ('missing' in one) missing.set(href, one.missing);
    else if ('href' in one) written.set(href, one.href);
    else {
      written.set(href, one.link.url);
      links.set(one.link.url, one.link);
    }
  }
  return { hrefs: written, links: [...links.values()], missing };
}

function tooMany(): Resolved {
  const message = `is one of more than ${MAX_LINKS} links to other files, and is not followed`;
  return { missing: { message, hint: 'link to fewer files from one deck', isElsewhere: true } };
}

async function resolveLink(
  deck: Deck,
  href: string,
  decks: ReadonlyMap<string, DeckFile>,
  course: Course,
): Promise<Resolved | undefined> {
  const [, path = '', hash = ''] = /^([^?#]*)(?:\?[^#]*)?(?:#(.*))?$/s.exec(href.trim()) ?? [];
  const files = placesOf(deck, decodeOrKeep(path), course.extensions);
  const other = path === '' ? deck.source : files.map((file) => decks.get(file)).find((one) => one);
  if (other?.file === deck.source.file) return { href: `#${hash}` };
  if (!other) return notInBuild(path, files, course.extensions);
  const made = atLeastOne(slideFiles(course.only));
  return made ? linkTo(other, hash, made, course) : { missing: notMade(other) };
}

/** Possible files of the deck at a path: the address of a deck's page is that of its file, or of a page made from it. */
function placesOf({ source, root, site }: Deck, path: string, extensions: readonly string[]): string[] {
  const mirrored = source.outputName.split('/').length;
  const decksFolder = source.file.split(sep).slice(0, -mirrored).join(sep);
  const deckFolder = dirname(source.file);
  const beside = path.startsWith('/') ? [] : [join(deckFolder, path)];
  const above = path.startsWith('/') ? site.folders : [root];
  const places = [...beside, join(decksFolder, path), ...above.map((folder) => join(folder, path))];
  return places.flatMap((place) => {
    const stem = /^(.+)\.html?$/i.exec(place)?.[1];
    return [place, ...(stem === undefined ? [] : extensions.map((one) => `${stem}.${one}`))].map(plainPath);
  });
}

/** Some file systems decompose accented letters. */
function plainPath(path: string): string {
  return path.normalize('NFC');
}

function notInBuild(
  path: string,
  files: readonly string[],
  extensions: readonly string[],
): Resolved | undefined {
  const isDeckName = extensions.some((one) => path.toLowerCase().endsWith(`.${one}`));
  if (!isDeckName || !files.some((file) => existsSync(file))) return undefined;
  const message = 'leads to a file that is not a deck of this build';
  const hint = 'build both in one run, or say where the decks are on the web: --link-base';
  return { missing: { message, hint, isElsewhere: true } };
}

function notMade({ path }: DeckFile): MissingTarget {
  const message = `leads to ${path}, of which this build creates neither slides nor handout`;
  return { message, hint: 'add slides to --only', isElsewhere: true };
}

async function linkTo(source: DeckFile, hash: string, made: SlideFiles, course: Course): Promise<Resolved> {
  const deck = await readOrNot(source, course);
  const base = deck?.reveal.hashOneBasedIndex ? 1 : 0;
  const target = hash.replace(/^\//, '') === '' ? undefined : parseSlideHash(hash, base);
  // Its content is unknown, so the link is assumed to be correct.
  if (!deck) return { link: deckLink(source, source.path, made, target && nameOf(target, 0)) };
  const slides = deck.outline;
  const kindsOf = (some: readonly SourceSlide[]): SlideFiles | undefined =>
    atLeastOne(made.filter((kind) => some.some((slide) => isShown(slide, kind, course))));
  const { title } = deck.metadata;
  if (!target) {
    const kinds = kindsOf(slides);
    return kinds ? { link: deckLink(source, title, kinds) } : { missing: nothingLeft(source) };
  }
  const there = slides.filter((one) => !one.hidden || one.onScreen);
  const named = there.find((one) => holds(one, target));
  const held = named ?? (await withFormerId(deck, there, target, course));
  const slide = held && onPaper(held, slides);
  if (!slide) return { missing: noSlide(source, slides, target) };
  const kinds = kindsOf([slide]);
  if (!kinds) return { missing: leftOut(source, slide) };
  const words = `${title}, slide ${slideLabels(deck).get(slide.index) ?? slide.number}`;
  return {
    link: deckLink(source, words, kinds, named === slide ? nameOf(target, base) : slideHash(slide, base)),
  };
}

async function withFormerId(
  deck: ParsedDeck,
  slides: readonly SourceSlide[],
  wanted: SlideTarget,
  { formerIds }: Course,
): Promise<SourceSlide | undefined> {
  if (!('id' in wanted)) return undefined;
  for (const slide of slides) if ((await formerIds(deck, slide)).includes(wanted.id)) return slide;
  return undefined;
}

/** No deck waits longer than this for another one; that one is still parsed for its own build. */
const OTHER_DECK_MS = 20_000;

/** Errors of another deck are reported when that deck is built. */
async function readOrNot(source: DeckFile, { parse }: Course): Promise<ParsedDeck | undefined> {
  const parsed = parse(source).then(
    ({ value }) => value,
    () => undefined,
  );
  return inTime(parsed, OTHER_DECK_MS);
}

function deckLink(
  { outputName }: DeckFile,
  words: string,
  kinds: SlideFiles,
  destination?: string,
): DeckLink {
  const url = deckLinkUrl(outputName, destination);
  return { url, outputName, words, kinds, ...(destination === undefined ? {} : { destination }) };
}

function nameOf(target: SlideTarget, base: 0 | 1): string {
  return 'id' in target ? target.id : slideHash(target, base);
}

function holds(slide: SourceSlide, target: SlideTarget): boolean {
  if (!('id' in target)) return slide.onScreen && slide.h === target.h && slide.v === target.v;
  return slide.ids.includes(target.id);
}

function isShown(slide: SourceSlide, kind: SlideFileKind, { slides }: Course): boolean {
  if (slide.hidden) return false;
  if (!showsSlide(kind, slide.attributes['data-handout'])) return false;
  const id = ownSlideId(slide) ?? placeId(slide);
  return slides.length === 0 || slides.some((range) => isSelected({ ...slide, id }, range));
}

function noSlide({ path }: DeckFile, slides: readonly SourceSlide[], target: SlideTarget): MissingTarget {
  const message = `leads to no slide of ${path}`;
  if ('id' in target) {
    if (slides.some((one) => one.hidden && holds(one, target)))
      return { message, hint: 'the slide is hidden there (data-visibility="hidden")' };
    const meant = nearest(
      target.id,
      slides.filter((one) => !one.hidden).flatMap(({ ids }) => ids),
    );
    return {
      message,
      hint: meant === undefined ? 'give one of its slides this id' : `did you mean #/${meant}?`,
    };
  }
  const stacks = new Set(slides.filter((one) => one.onScreen).map(({ h }) => h)).size;
  return {
    message,
    hint: `it has ${stacks} stacks of slides; a link to the first slide of the first one ends in #/0/0`,
  };
}

function leftOut({ path }: DeckFile, { number }: SourceSlide): MissingTarget {
  const message = `leads to slide ${number} of ${path}, which is in no file of this build`;
  return { message, hint: '--slides or its data-handout omits it' };
}

function nothingLeft({ path }: DeckFile): MissingTarget {
  return {
    message: `leads to ${path}, of which this build creates no file`,
    hint: '--slides omits it',
  };
}
