import { readFile, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { parseDate } from '../deck/date.ts';
import { diagramSettings } from '../deck/diagrams.ts';
import { firstHeading } from '../deck/first-heading.ts';
import { splitFrontMatter } from '../deck/front-matter.ts';
import { frontMatterReferences } from '../deck/front-matter-references.ts';
import { isLanguageTag } from '../deck/language.ts';
import { mathSettings } from '../deck/math.ts';
import { presentationOptions } from '../deck/presentation-options.ts';
import { projectRoot } from '../deck/project-root.ts';
import { sectionChoice } from '../deck/section-choice.ts';
import { slideSize } from '../deck/size.ts';
import { deckReferences } from '../deck/slide-facts.ts';
import { type ReadSlide, splitSlides } from '../deck/split.ts';
import { findHighlightTheme, findStyles, findTheme } from '../deck/themes.ts';
import { DeckError, type Diagnostic, diagnostic, type Outcome, type Place } from '../diagnostics.ts';
import { messageOf } from '../errors.ts';
import { deckVersion } from './deck-version.ts';
import { workingFolderIn } from './inputs/reveal-md/addresses.ts';
import type { Deck, DeckFile, RevealOptions, Size, SourceSlide } from './model.ts';

export interface ParseOptions {
  /** Where the command was started: reveal-md looks there for themes, stylesheets and `_assets`. */
  readonly cwd?: string | undefined;
  /** Slide size that the user asked for, instead of the deck's own. */
  readonly size?: Size | undefined;
  /** Gives paper to slides with nothing on them. */
  readonly blankSlides?: boolean | undefined;
  /** Of a deck that does not say its own. */
  readonly lang?: string | undefined;
  readonly author?: string | undefined;
  readonly revision?: string | undefined;
  /** Whether references shall say where their URLs stand, exactly. Default: true. */
  readonly exactPlaces?: boolean | undefined;
}

export interface ReadOptions extends ParseOptions {
  /** `SOURCE_DATE_EPOCH`, in seconds: https://reproducible-builds.org/specs/source-date-epoch/ */
  readonly sourceDateEpoch?: number | undefined;
}

/** A deck as its text and its styles have it. */
export interface ParsedDeck extends Omit<Deck, 'date' | 'commit'> {
  /** The date of its front matter. */
  readonly written?: Date;
}

/** Reads a deck, here or in another process. */
export type ParseDeck = (source: DeckFile, options: ParseOptions) => Promise<Outcome<ParsedDeck>>;

/**
 * Reads a deck, with its date and its last commit.
 *
 * @param parse default: in this process.
 * @throws DeckError where the deck can't be read or has no slide to show.
 */
export async function readDeck(
  source: DeckFile,
  { sourceDateEpoch, ...options }: ReadOptions,
  parse: ParseDeck = parseDeck,
): Promise<Outcome<Deck>> {
  return withVersion(await parse(source, options), sourceDateEpoch);
}

/** A deck that was parsed, with its date and its last commit. */
export async function withVersion(
  { value, diagnostics }: Outcome<ParsedDeck>,
  sourceDateEpoch: number | undefined,
): Promise<Outcome<Deck>> {
  const { written, ...deck } = value;
  return {
    value: { ...deck, ...(await deckVersion(deck.source, { sourceDateEpoch, written })) },
    diagnostics,
  };
}

/**
 * Parses a deck: its front matter, its slides with their lines, and everything that they and its styles ask for. What
 * the deck holds decides how long that takes and how much memory: for decks of strangers see `deck-parser.ts`.
 *
 * @param onSlide hears the line of a slide before it is read, unless it is a short one.
 * @throws DeckError where the deck can't be read or has no slide to show.
 */
export async function parseDeck(
  source: DeckFile,
  options: ParseOptions,
  onSlide?: (line: number) => void,
): Promise<Outcome<ParsedDeck>> {
  const text = await readText(source);
  const front = splitFrontMatter(text, source.path);
  const { frontMatter, body, bodyLine, lineOf, diagnostics } = front;
  const revealOptions = frontMatter.revealOptions ?? {};
  const reveal = printedOptions(revealOptions);
  const stacks = splitSlides(body, {
    flags: reveal.markdown,
    exactPlaces: options.exactPlaces,
    onSlide,
    separator: frontMatter.separator,
    verticalSeparator: frontMatter.verticalSeparator,
    notesSeparator: frontMatter.notesSeparator,
    bodyLine,
    bodyOffset: text.length - body.length,
    deck: source.path,
    printsBlank: options.blankSlides,
  });
  const choice = sectionChoice(front, text);
  const shown = stacks.flat().filter((slide) => !slide.hidden);
  if (shown.length === 0) throw emptyDeck(source);
  const root = projectRoot(source.file);
  const workingFolder = workingFolderIn(root, options.cwd);
  const { assetsDir } = frontMatter;
  const own = { root, workingFolder, assetsDir };
  const places = { ...own, deckFolder: dirname(source.file), deck: source.path, lineOf };
  const [css, styleDiagnostics] = findStyles(frontMatter.css ?? [], places);
  const theme = findTheme(frontMatter.theme, places);
  const highlightTheme = findHighlightTheme(frontMatter.highlightTheme, places);
  const [spoken, langDiagnostics] = language(frontMatter.lang, { deck: source.path, line: lineOf('lang') });
  const [written, dateDiagnostics] = date(frontMatter.date, { deck: source.path, line: lineOf('date') });
  const math = mathSettings(frontMatter.math, revealOptions);
  const heading = firstHeading(shown, {
    notesSeparator: frontMatter.notesSeparator,
    hasMath: math !== false,
  });
  const deck: ParsedDeck = {
    source,
    root,
    ...pick(own, ['workingFolder', 'assetsDir']),
    metadata: {
      title: frontMatter.title ?? heading ?? basename(source.outputName),
      keywords: frontMatter.keywords ?? [],
      ...(choice ? { cheatsheet: choice } : {}),
      ...pick({ ...options, ...frontMatter }, ['author', 'revision']),
      ...pick({ lang: spoken ?? options.lang }, ['lang']),
      ...pick(frontMatter, ['subtitle', 'url', 'description']),
    },
    size: options.size ?? slideSize(revealOptions.width, revealOptions.height),
    stacks: stacks.map((stack) => stack.map(sourceSlide)),
    text,
    references: [
      ...shown.flatMap((slide) => deckReferences(slide.references, slide)),
      ...(await frontMatterReferences({ theme, highlightTheme, css }, front, places)),
    ],
    decorations: shown.reduce((sum, { alternatives }) => sum + alternatives.decorations, 0),
    theme,
    highlightTheme,
    css,
    reveal,
    presentation: presentationOptions(revealOptions),
    math,
    diagrams: diagramSettings(frontMatter.mermaid, revealOptions),
    ...pick(frontMatter, ['notesSeparator']),
    ...(written ? { written } : {}),
  };
  const undescribed = shown.flatMap(({ alternatives, line, number }) =>
    alternatives.missing.map((at) =>
      withoutAlternative({ deck: source.path, line: line + at - 1, slide: number }),
    ),
  );
  const ignored = shown.flatMap(({ active, line, number }) =>
    active.map((one) =>
      ignoredContent(one.what, { deck: source.path, line: line + one.line - 1, slide: number }),
    ),
  );
  return {
    value: deck,
    diagnostics: [
      ...diagnostics,
      ...langDiagnostics,
      ...dateDiagnostics,
      ...styleDiagnostics,
      ...undescribed,
      ...ignored,
    ],
  };
}

/** What the later stages need to know of it. */
function sourceSlide({ alternatives: _, references: __, active: ___, ...slide }: ReadSlide): SourceSlide {
  return slide;
}

function language(tag: string | undefined, place: Place): [string | undefined, Diagnostic[]] {
  if (tag === undefined || isLanguageTag(tag)) return [tag, []];
  const hint = 'write a tag like en, de or pt-BR';
  return [undefined, [diagnostic('LANG_INVALID', `lang: “${tag}” is no language tag`, place, hint)]];
}

function date(text: string | undefined, place: Place): [Date | undefined, Diagnostic[]] {
  const date = text === undefined ? undefined : parseDate(text);
  if (date || text === undefined) return [date, []];
  const hint = 'write it as 2026-03-31, or 2026-03-31T09:30:00+02:00';
  return [
    undefined,
    [diagnostic('DATE_INVALID', `date: “${text}” is no date that can be read`, place, hint)],
  ];
}

function ignoredContent(what: string, place: Place): Diagnostic {
  const hint = 'a deck runs no program and leads nowhere while it is printed';
  return diagnostic('ACTIVE_CONTENT_IGNORED', `${what} is ignored`, place, hint);
}

function withoutAlternative(place: Place): Diagnostic {
  const hint = 'say what it shows: alt="…"; or that it is decoration: alt=""';
  return diagnostic('IMAGE_ALT_MISSING', 'a picture has no alternative text', place, hint);
}

/** A deck is text; a thousand slides are a megabyte. Pictures may be in it as data. */
const MAX_DECK_BYTES = 64 * 2 ** 20;

async function readText(source: DeckFile): Promise<string> {
  const unreadable = (reason: string, hint: string): DeckError =>
    new DeckError(diagnostic('DECK_UNREADABLE', `${source.path} ${reason}`, { deck: source.path }, hint));
  let bytes: Uint8Array;
  try {
    // A pipe or a device would be read for ever.
    const stats = await stat(source.file);
    if (!stats.isFile()) throw new Error('it is not a file');
    if (stats.size > MAX_DECK_BYTES) throw new Error(`it has more than ${MAX_DECK_BYTES / 2 ** 20} MiB`);
    bytes = await readFile(source.file);
  } catch (error) {
    const hint = 'check that the file exists and that you may read it';
    throw unreadable(`can not be read: ${messageOf(error)}`, hint);
  }
  const text = deckTextOf(bytes);
  if (text === undefined) throw unreadable('is not text in UTF-8', hintForBytes(bytes));
  return text;
}

/** The text of a deck's file, as `Deck.text` has it; none for what is not text in UTF-8. */
export function deckTextOf(bytes: Uint8Array): string | undefined {
  return decodeText(bytes)?.replace(/\r\n?/g, '\n');
}

/** None for what is not UTF-8, or has a character that no text has. A byte order mark is left out. */
function decodeText(bytes: Uint8Array): string | undefined {
  try {
    const text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
    return text.includes('\0') ? undefined : text;
  } catch {
    return undefined;
  }
}

function hintForBytes(bytes: Uint8Array): string {
  const [first = 0, second = 0] = bytes;
  const hasMark = (first === 0xff && second === 0xfe) || (first === 0xfe && second === 0xff);
  // Without a mark, every other byte of a text in a Latin script is zero.
  const isUtf16 = hasMark || (first === 0) !== (second === 0);
  if (isUtf16) return 'it is UTF-16: save it as UTF-8';
  if (bytes.includes(0))
    return 'is it a picture, or another file that is no text? A deck is Markdown in UTF-8';
  return 'an older encoding, such as Latin-1 or Windows-1252, perhaps: save it as UTF-8';
}

function emptyDeck(source: DeckFile): DeckError {
  const hint = 'write some Markdown below the front matter';
  return new DeckError(
    diagnostic('DECK_EMPTY', `${source.path} has no slide to show`, { deck: source.path, line: 1 }, hint),
  );
}

const FLAGS = ['center', 'rtl', 'hashOneBasedIndex'] as const;
const MARKDOWN_FLAGS = ['breaks', 'gfm', 'pedantic', 'smartypants'] as const;

/** Keeps of a deck's `revealOptions` what changes a page; the rest steers the live presentation. */
function printedOptions(options: Readonly<Record<string, unknown>>): RevealOptions {
  const flags = FLAGS.filter((name) => typeof options[name] === 'boolean');
  const texts = ['showSlideNumber', 'parallaxBackgroundImage'].filter(
    (name) => typeof options[name] === 'string',
  );
  const slideNumber = ['boolean', 'string'].includes(typeof options.slideNumber) ? ['slideNumber'] : [];
  const numbers = ['margin', 'minScale', 'maxScale'].filter((name) => Number.isFinite(options[name]));
  const markdown = (options.markdown ?? {}) as Record<string, unknown>;
  const markdownFlags = MARKDOWN_FLAGS.filter((name) => typeof markdown[name] === 'boolean');
  return {
    ...pick(options, [...flags, ...texts, ...numbers, ...slideNumber]),
    markdown: pick(markdown, markdownFlags) as Record<string, boolean>,
  };
}

function pick<T extends object, K extends keyof T>(value: T, keys: readonly K[]): Pick<T, K> {
  const present = keys.filter((key) => value[key] !== undefined);
  return Object.fromEntries(present.map((key) => [key, value[key]])) as Pick<T, K>;
}
