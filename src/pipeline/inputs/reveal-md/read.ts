import { readFile, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import {
  DeckError,
  type Diagnostic,
  diagnostic,
  type Outcome,
  type Place,
} from '../../../model/diagnostics.ts';
import { messageOf } from '../../../model/errors.ts';
import type { DeckFile, Size } from '../../../model/model.ts';
import { PRINT_SIZES, parsePrintSize } from '../../../paper/print-size.ts';
import { deckTextOf } from '../../../text/deck-text.ts';
import { isLanguageTag } from '../../../text/language.ts';
import type { ParsedDeck, ParseOptions } from '../../contract/input.ts';
import { sitePath } from '../../site/site-path.ts';
import { archivedPath } from './configuration/archived-path.ts';
import { type AskedKeys, askedKeys } from './configuration/asked-keys.ts';
import { readRevealMdFiles } from './configuration/config-files.ts';
import { explainedSettings } from './configuration/explained-settings.ts';
import { frontMatterReferences } from './configuration/front-matter-references.ts';
import { lineOrigins } from './configuration/line-origins.ts';
import { programDiagnostics } from './configuration/programs.ts';
import { runPreprocessor } from './configuration/run-preprocessor.ts';
import { hintForEncoding } from './encodings.ts';
import { parseDate } from './front-matter/date.ts';
import { type SplitSource, splitFrontMatter } from './front-matter/front-matter.ts';
import { presentationOptions } from './front-matter/presentation-options.ts';
import { sectionChoice } from './front-matter/section-choice.ts';
import { slideSize } from './front-matter/size.ts';
import { revealMdPlaces, siteOf } from './model/addresses.ts';
import type { MarkdownDeck, MarkdownSlide, PrintedOptions } from './model/markdown-deck.ts';
import { markdownRoot } from './model/project.ts';
import { diagramSettings } from './slides/diagrams.ts';
import { firstHeading } from './slides/first-heading.ts';
import { mathSettings } from './slides/math.ts';
import { deckReferences } from './slides/slide-facts.ts';
import { type ReadSlide, splitSlides } from './slides/split.ts';
import { findHighlightTheme, findStyles, findTheme } from './styles/themes.ts';
import { readTemplate } from './template/read-template.ts';

/**
 * Parses a deck: its front matter, its slides with their lines, and all references in it and its styles. Time and memory
 * depend on the deck: for untrusted decks see `deck-parser.ts`.
 *
 * @param onSlide called with the line of a slide before it is read, except for short slides.
 * @throws DeckError if the deck cannot be read or has no slide to show.
 */
export async function parseDeck(
  source: DeckFile,
  options: ParseOptions,
  onSlide?: (line: number) => void,
): Promise<Outcome<ParsedDeck<MarkdownDeck>>> {
  const written = await readText(source);
  const root = markdownRoot(source.file);
  const folders = { deckFolder: dirname(source.file), root, cwd: options.cwd };
  const files = await readRevealMdFiles({ deck: source.path, ...folders });
  const front = splitFrontMatter(written, source.path);
  const asked = askedKeys(source.path, options.flags ?? {}, front, files);
  const { keys, placeOf } = asked;
  const own = revealMdPlaces(source, root, { cwd: options.cwd, assetsDir: keys.assetsDir });
  const places = { ...own, placeOf };
  const page = await readTemplate(asked, { ...places, cwd: options.cwd, deck: source.path });
  const { revealOptions } = page;
  const { bodyLine } = front;
  const body = await preprocessed(front.body, asked, source, options);
  const text = written.slice(0, written.length - front.body.length) + body;
  const lineInFile = lineOrigin(front, body);
  const printed = printedOptions(revealOptions);
  const split = splitSlides(body, {
    flags: printed.markdown,
    exactPlaces: options.exactPlaces,
    onSlide,
    separator: keys.separator,
    verticalSeparator: keys.verticalSeparator,
    bodyLine,
    bodyOffset: text.length - body.length,
    deck: source.path,
    notesSeparator: keys.notesSeparator,
    printsBlank: options.blankSlides,
  });
  const choice = sectionChoice(front, text);
  const shown = split.flat().filter((slide) => !slide.hidden);
  if (shown.length === 0) throw emptyDeck(source);
  const [css, styleDiagnostics] = findStyles(keys.css ?? [], places);
  const [theme, themeDiagnostics] = findTheme(keys.theme, places);
  const [highlightTheme, highlightDiagnostics] = findHighlightTheme(keys.highlightTheme, places);
  const [spoken, langDiagnostics] = language(keys.lang, placeOf('lang'));
  const [dated, dateDiagnostics] = date(keys.date, placeOf('date'));
  const printSize = keys.printSize === undefined ? undefined : parsePrintSize(keys.printSize);
  const math = mathSettings(keys.math, revealOptions);
  const heading = firstHeading(shown, {
    notesSeparator: keys.notesSeparator,
    hasMath: math !== false,
  });
  const stacks = split.map((stack) =>
    stack.map((slide) => ({ ...markdownSlide(slide), line: lineInFile(slide.line) })),
  );
  const deck: ParsedDeck<MarkdownDeck> = {
    source,
    root,
    site: siteOf(own),
    sources: [
      { file: source.file, path: sitePath(root, source.file), content: text },
      ...[...Object.values(files), ...page.files].map(({ file, bytes }) => {
        return { file, path: archivedPath(file, source.file, root), content: bytes };
      }),
    ],
    metadata: {
      title: keys.title ?? heading ?? basename(source.outputName),
      keywords: keys.keywords ?? [],
      ...(choice ? { cheatsheet: choice } : {}),
      ...pick({ ...options, ...keys }, ['author', 'revision']),
      ...pick({ lang: spoken ?? options.lang }, ['lang']),
      ...pick(keys, ['subtitle', 'url', 'description']),
    },
    size: options.size ?? slideSize(revealOptions.width, revealOptions.height),
    ...(printSize === undefined ? {} : { printSize }),
    outline: stacks.flat(),
    stacks,
    references: [
      ...shown
        .flatMap((slide) => deckReferences(slide.references, slide))
        .map((reference) => ({ ...reference, line: lineInFile(reference.line) })),
      ...(await frontMatterReferences({ theme, highlightTheme, css }, asked, places)),
      ...page.references,
    ],
    decorations: shown.reduce((sum, { alternatives }) => sum + alternatives.decorations, 0),
    theme,
    highlightTheme,
    css,
    // The page of reveal-md shows them: https://github.com/webpro/reveal-md/blob/main/lib/template/reveal.html
    reveal: { slideNumber: true, ...pick(printed, SHARED) },
    printed,
    presentation: presentationOptions(revealOptions),
    math,
    diagrams: diagramSettings(keys.mermaid, revealOptions),
    ...(dated ? { written: dated } : {}),
    ...pick(keys, ['notesSeparator']),
    settings: explainedSettings(asked),
    ...pick(page, ['template']),
  };
  const undescribed = shown.flatMap(({ alternatives, line, number }) =>
    alternatives.missing.map((at) =>
      withoutAlternative({ deck: source.path, line: lineInFile(line + at - 1), slide: number }),
    ),
  );
  const ignored = shown.flatMap(({ active, line, number }) =>
    active.map((one) =>
      ignoredContent(one.what, { deck: source.path, line: lineInFile(line + one.line - 1), slide: number }),
    ),
  );
  return {
    value: deck,
    diagnostics: [
      ...front.diagnostics,
      ...asked.diagnostics,
      ...programDiagnostics(asked),
      ...page.diagnostics,
      ...printSizeDiagnostics(keys.printSize, printSize, placeOf('printSize')),
      ...langDiagnostics,
      ...dateDiagnostics,
      ...themeDiagnostics,
      ...highlightDiagnostics,
      ...styleDiagnostics,
      ...undescribed,
      ...ignored,
    ],
  };
}

/** What the later stages need to know about the deck. */
function markdownSlide({ alternatives: _, references: __, active: ___, ...slide }: ReadSlide): MarkdownSlide {
  return slide;
}

/**
 * The Markdown that reveal-md's parser would get: the text after the front matter, changed by the preprocessor on the command
 * line.
 */
async function preprocessed(
  body: string,
  { keys, revealOptions }: AskedKeys,
  { path: deck }: DeckFile,
  { cwd, env = {}, flags }: ParseOptions,
): Promise<string> {
  const program = flags?.preprocessor;
  if (program === undefined || cwd === undefined) return body;
  const job = { markdown: body, options: { ...keys, revealOptions } };
  return runPreprocessor(program, job, { deck, cwd, env });
}

/** Maps a line of the Markdown to the line of the deck's file that it came from, before a program changed it. */
function lineOrigin({ body, bodyLine }: SplitSource, changed: string): (line: number) => number {
  if (changed === body) return (line) => line;
  const origins = lineOrigins(body, changed);
  return (line) => (origins[line - bodyLine] ?? 1) + bodyLine - 1;
}

function language(tag: string | undefined, place: Place): [string | undefined, Diagnostic[]] {
  if (tag === undefined || isLanguageTag(tag)) return [tag, []];
  const hint = 'write a tag like en, de or pt-BR';
  return [undefined, [diagnostic('LANG_INVALID', `lang: “${tag}” is not a language tag`, place, hint)]];
}

function date(text: string | undefined, place: Place): [Date | undefined, Diagnostic[]] {
  if (text === undefined) return [undefined, []];
  const date = parseDate(text);
  if (date) return [date, []];
  const hint = 'write it as 2026-03-31, or 2026-03-31T09:30:00+02:00';
  // With the year first, the order of the numbers is unambiguous.
  const read = parseDate(text.replace(/^(\d{4})([/.])(\d\d?)\2(\d\d?)(?!\d)/, yearFirst));
  const message = read
    ? `date: “${text}” is not in the usual form of a date; ${iso(read)} is used`
    : `date: “${text}” is not a date`;
  return [read, [diagnostic('DATE_INVALID', message, place, hint)]];
}

const iso = (date: Date): string => date.toISOString().slice(0, 10);

function yearFirst(_: string, year: string, __: string, month: string, day: string): string {
  return `${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`;
}

function printSizeDiagnostics(text: string | undefined, size: Size | undefined, place: Place): Diagnostic[] {
  if (text === undefined || size) return [];
  const message = `printSize “${text}” is not a paper size; pages are as large as slides`;
  const fault = diagnostic('FRONT_MATTER_INVALID', message, place, `write ${PRINT_SIZES}`);
  return [{ ...fault, severity: 'warning' }];
}

function ignoredContent(what: string, place: Place): Diagnostic {
  const hint = 'Deckhand runs no code of a deck, and its pages cannot navigate';
  return diagnostic('ACTIVE_CONTENT_IGNORED', `${what} is ignored`, place, hint);
}

function withoutAlternative(place: Place): Diagnostic {
  const hint = 'describe what it shows: alt="…"; if it is decoration, write alt=""';
  return diagnostic('IMAGE_ALT_MISSING', 'an image has no alternative text', place, hint);
}

/** Maximum size of a deck. It is text: a thousand slides are a megabyte. It may contain images as `data:` URLs. */
const MAX_DECK_BYTES = 64 * 2 ** 20;

async function readText(source: DeckFile): Promise<string> {
  const unreadable = (reason: string, hint: string): DeckError =>
    new DeckError(diagnostic('DECK_UNREADABLE', `${source.path} ${reason}`, { deck: source.path }, hint));
  let bytes: Uint8Array;
  try {
    // A pipe or a device would never end.
    const stats = await stat(source.file);
    if (!stats.isFile()) throw new Error('it is not a file');
    if (stats.size > MAX_DECK_BYTES) throw new Error(`it has more than ${MAX_DECK_BYTES / 2 ** 20} MiB`);
    bytes = await readFile(source.file);
  } catch (error) {
    const hint = 'check that the file exists and its permissions';
    throw unreadable(`cannot be read: ${messageOf(error)}`, hint);
  }
  const text = deckTextOf(bytes);
  if (text === undefined) throw unreadable('is not text in UTF-8', hintForEncoding(bytes, source.path));
  return text;
}

function emptyDeck(source: DeckFile): DeckError {
  const hint = 'write some Markdown below the front matter';
  return new DeckError(
    diagnostic('DECK_EMPTY', `${source.path} has no slide to show`, { deck: source.path, line: 1 }, hint),
  );
}

const FLAGS = ['center', 'rtl', 'hashOneBasedIndex', 'pdfSeparateFragments'] as const;
const NUMBERS = [
  ...['margin', 'minScale', 'maxScale', 'parallaxBackgroundHorizontal', 'parallaxBackgroundVertical'],
  'pdfMaxPagesPerSlide',
];
/** The options that matter whatever page presents the deck. */
const SHARED = [
  'center',
  'slideNumber',
  'pdfSeparateFragments',
  'hashOneBasedIndex',
  'pdfMaxPagesPerSlide',
] as const;
const MARKDOWN_FLAGS = ['breaks', 'gfm', 'pedantic', 'smartypants'] as const;

/** Keeps the options in a deck's `revealOptions` that change a page; the others are for the live presentation. */
function printedOptions(options: Readonly<Record<string, unknown>>): PrintedOptions {
  const flags = FLAGS.filter((name) => typeof options[name] === 'boolean');
  const texts = ['showSlideNumber', 'parallaxBackgroundImage', 'parallaxBackgroundSize'].filter(
    (name) => typeof options[name] === 'string',
  );
  const slideNumber = ['boolean', 'string'].includes(typeof options.slideNumber) ? ['slideNumber'] : [];
  const numbers = NUMBERS.filter((name) => Number.isFinite(options[name]));
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
