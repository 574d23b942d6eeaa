import { readFile, stat } from 'node:fs/promises';
import { basename, dirname } from 'node:path';
import { pictureAlternatives } from '../deck/alternatives.ts';
import { parseDate } from '../deck/date.ts';
import { diagramSettings } from '../deck/diagrams.ts';
import { firstHeading } from '../deck/first-heading.ts';
import { splitFrontMatter } from '../deck/front-matter.ts';
import { frontMatterReferences } from '../deck/front-matter-references.ts';
import { isLanguageTag } from '../deck/language.ts';
import { mathSettings } from '../deck/math.ts';
import { presentationOptions } from '../deck/presentation-options.ts';
import { projectRoot } from '../deck/project-root.ts';
import { slideReferences } from '../deck/references.ts';
import { sectionChoice } from '../deck/section-choice.ts';
import { slideSize } from '../deck/size.ts';
import { splitSlides } from '../deck/split.ts';
import { findHighlightTheme, findStyles, findTheme } from '../deck/themes.ts';
import { DeckError, type Diagnostic, diagnostic, type Outcome, type Place } from '../diagnostics.ts';
import { messageOf } from '../errors.ts';
import { deckVersion } from './deck-version.ts';
import { hintForEncoding } from './encodings.ts';
import { workingFolderIn } from './inputs/reveal-md/addresses.ts';
import type { Deck, DeckFile, RevealOptions, Size } from './model.ts';

export interface ReadOptions {
  /** Where the command was started: reveal-md looks there for themes, stylesheets and `_assets`. */
  readonly cwd?: string | undefined;
  /** Slide size that the user asked for, instead of the deck's own. */
  readonly size?: Size | undefined;
  /** `SOURCE_DATE_EPOCH`, in seconds: https://reproducible-builds.org/specs/source-date-epoch/ */
  readonly sourceDateEpoch?: number | undefined;
  /** Gives paper to slides with nothing on them. */
  readonly blankSlides?: boolean | undefined;
  /** Of a deck that does not say its own. */
  readonly lang?: string | undefined;
  readonly author?: string | undefined;
  readonly revision?: string | undefined;
}

/**
 * Reads a deck: its front matter, its slides with their lines, and everything that they and its styles ask for.
 *
 * @throws DeckError where the deck can't be read or has no slide to show.
 */
export async function readDeck(source: DeckFile, options: ReadOptions): Promise<Outcome<Deck>> {
  const text = await readText(source);
  const front = splitFrontMatter(text, source.path);
  const { frontMatter, body, bodyLine, lineOf, diagnostics } = front;
  const stacks = splitSlides(body, {
    separator: frontMatter.separator,
    verticalSeparator: frontMatter.verticalSeparator,
    bodyLine,
    bodyOffset: text.length - body.length,
    deck: source.path,
    notesSeparator: frontMatter.notesSeparator,
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
  const revealOptions = frontMatter.revealOptions ?? {};
  const reveal = printedOptions(revealOptions);
  const math = mathSettings(frontMatter.math, revealOptions);
  const heading = firstHeading(shown, {
    notesSeparator: frontMatter.notesSeparator,
    hasMath: math !== false,
  });
  const alternatives = shown.map((slide) => ({ slide, ...pictureAlternatives(slide, reveal.markdown) }));
  const deck: Deck = {
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
    stacks,
    text,
    references: [
      ...shown.flatMap((slide) => slideReferences(slide, reveal.markdown)),
      ...(await frontMatterReferences({ theme, highlightTheme, css }, front, places)),
    ],
    decorations: alternatives.reduce((sum, one) => sum + one.decorations, 0),
    theme,
    highlightTheme,
    css,
    reveal,
    presentation: presentationOptions(revealOptions),
    math,
    diagrams: diagramSettings(frontMatter.mermaid, revealOptions),
    ...(await deckVersion(source, { sourceDateEpoch: options.sourceDateEpoch, written })),
    ...pick(frontMatter, ['notesSeparator']),
  };
  const undescribed = alternatives.flatMap(({ slide, missing }) =>
    missing.map((line) => withoutAlternative({ deck: source.path, line, slide: slide.number })),
  );
  return {
    value: deck,
    diagnostics: [
      ...diagnostics,
      ...langDiagnostics,
      ...dateDiagnostics,
      ...styleDiagnostics,
      ...undescribed,
    ],
  };
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

function withoutAlternative(place: Place): Diagnostic {
  const hint = 'say what it shows: alt="…"; or that it is decoration: alt=""';
  return diagnostic('IMAGE_ALT_MISSING', 'a picture has no alternative text', place, hint);
}

async function readText(source: DeckFile): Promise<string> {
  const unreadable = (reason: string, hint: string): DeckError =>
    new DeckError(diagnostic('DECK_UNREADABLE', `${source.path} ${reason}`, { deck: source.path }, hint));
  let bytes: Uint8Array;
  try {
    // A pipe or a device would be read for ever.
    if (!(await stat(source.file)).isFile()) throw new Error('it is not a file');
    bytes = await readFile(source.file);
  } catch (error) {
    const hint = 'check that the file exists and that you may read it';
    throw unreadable(`can not be read: ${messageOf(error)}`, hint);
  }
  const text = deckTextOf(bytes);
  if (text === undefined) throw unreadable('is not text in UTF-8', hintForEncoding(bytes, source.path));
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

function emptyDeck(source: DeckFile): DeckError {
  const hint = 'write some Markdown below the front matter';
  return new DeckError(
    diagnostic('DECK_EMPTY', `${source.path} has no slide to show`, { deck: source.path, line: 1 }, hint),
  );
}

const FLAGS = ['center', 'rtl', 'hashOneBasedIndex', 'pdfSeparateFragments'] as const;
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
