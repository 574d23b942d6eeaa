import { type Document, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { DeckError, type Diagnostic, diagnostic, type Place } from '../../../../model/diagnostics.ts';
import { type DeckKeys, isDeckKey, readDeckKeys, TEXT_KEYS } from '../../../../settings/deck-keys.ts';
import { unknownKeys } from '../keys/unknown-keys.ts';
import { type FrontMatterPlaces, frontMatterPlaces } from './front-matter-places.ts';

export interface SplitSource extends FrontMatterPlaces {
  readonly frontMatter: DeckKeys;
  /** As written there. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The Markdown after the front matter. */
  readonly body: string;
  /** Line of the body's first character in the file, from 1. */
  readonly bodyLine: number;
  readonly diagnostics: readonly Diagnostic[];
}

const FENCE = /^((?:[ \t]*\n)*)---[ \t]*\n([\s\S]*?)(?:(?<=\n)|\n)---[ \t]*(?:\n|$)/;

/**
 * Separates the YAML front matter from a deck's source (line ends already `\n`). The YAML is untrusted: core schema only, no
 * tags, few aliases, and only known keys are kept. A value of the wrong form is reported and ignored.
 *
 * @throws DeckError with `FRONT_MATTER_INVALID` and the line, if it is not valid.
 */
export function splitFrontMatter(source: string, deck: string): SplitSource {
  const match = FENCE.exec(source);
  const none = {
    frontMatter: {},
    values: {},
    body: source,
    bodyLine: 1,
    lineOf: () => 1,
    textsAt: () => [],
    diagnostics: [],
  };
  if (!match) return none;
  const [taken, above = '', yaml = ''] = match;
  const isBehindBlankLines = above !== '';
  const body = source.slice(taken.length);
  const bodyLine = taken.split('\n').length;
  if (yaml.trim() === '') return isBehindBlankLines ? none : { ...none, body, bodyLine };
  const firstLine = above.split('\n').length;
  const read = isBehindBlankLines ? readQuietly(yaml, deck) : parseYaml(yaml, deck);
  // A deck may begin with a horizontal rule: content that is not a mapping is no front matter.
  if (!read || !isMap(read.document.contents)) return none;
  const { document, diagnostics } = read;
  const yamlOffset = source.indexOf('\n', above.length) + 1;
  const { lineOf, textsAt } = frontMatterPlaces(document, source, yamlOffset);
  const values = readValues(document, deck) as Readonly<Record<string, unknown>>;
  // A slide with the text “Tip: drink water” between two rules is a mapping, too.
  if (isBehindBlankLines && !Object.keys(values).some(isDeckKey)) return none;
  const { keys, wrong } = readDeckKeys(values);
  const faults = wrong.map(({ key, reason, isEssential }) => ({
    isEssential,
    ...invalidValue(key, reason, { deck, line: lineOf(key) }),
  }));
  if (faults.some(({ isEssential }) => isEssential))
    throw new DeckError(...faults.map(({ isEssential: _, ...fault }) => fault));
  const placeOf = (...path: readonly string[]) => ({ deck, line: lineOf(...path) });
  return {
    frontMatter: keys,
    values,
    body,
    bodyLine,
    lineOf,
    textsAt,
    diagnostics: [
      ...(isBehindBlankLines ? [behindBlankLines({ deck, line: firstLine })] : []),
      ...diagnostics.map((one) => ({ ...one, line: (one.line ?? 1) + firstLine - 1 })),
      ...faults.map(({ isEssential: _, ...fault }) => asWarning(fault)),
      ...(Array.isArray(values.author) ? [severalAuthors(keys.author, placeOf('author'))] : []),
      ...unknownKeys(values, { name: 'front matter', placeOf }),
    ],
  };
}

/** Valid parts are used. */
const asWarning = (fault: Diagnostic): Diagnostic => ({ ...fault, severity: 'warning' });

function behindBlankLines(place: Place): Diagnostic {
  const message =
    'there are blank lines above the front matter; it is used, but reveal-md would show it as a slide';
  return asWarning(diagnostic('FRONT_MATTER_INVALID', message, place, 'remove the blank lines above it'));
}

function severalAuthors(author = '', place: Place): Diagnostic {
  const message = `front matter key “author” is a list; “${author}” is used`;
  return asWarning(diagnostic('FRONT_MATTER_INVALID', message, place, 'write all names in one line'));
}

/** What a slide may begin with, but front matter may only contain later. */
const LIST = /^\s*(?:[-*+]|\d+[.)])\s/;
const KEY = /^["']?[\w-]+["']?[ \t]*:(?:\s|$)/m;

interface ReadYaml {
  readonly document: Document.Parsed;
  readonly diagnostics: readonly Diagnostic[];
}

/** After blank lines, text between two rules is usually a slide, which need not be valid YAML. */
function readQuietly(yaml: string, deck: string): ReadYaml | undefined {
  try {
    return parseYaml(yaml, deck);
  } catch (error) {
    if (error instanceof DeckError) return undefined;
    throw error;
  }
}

/** The YAML, or undefined if it is a slide that is not valid YAML. */
function parseYaml(yaml: string, deck: string): ReadYaml | undefined {
  const document = yamlDocument(yaml);
  const trouble = document.errors[0] ?? document.warnings[0];
  if (!trouble) {
    refuseListOfKeys(document, deck);
    return { document, diagnostics: [] };
  }
  if (LIST.test(yaml) && !KEY.test(yaml)) return undefined;
  const tab = /^[ ]*\t/m.exec(yaml);
  // One space for each tab, so that the positions of all other characters stay the same.
  const spaced = tab && yamlDocument(yaml.replace(/^[ \t]+/gm, (indent) => indent.replaceAll('\t', ' ')));
  if (spaced && spaced.errors.length + spaced.warnings.length === 0) {
    const line = yaml.slice(0, tab.index).split('\n').length + 1;
    const message =
      'a line of the front matter begins with a tab, which YAML does not allow; it is read as spaces';
    const fault = diagnostic('FRONT_MATTER_INVALID', message, { deck, line }, 'indent with spaces');
    return { document: spaced, diagnostics: [asWarning(fault)] };
  }
  const line = (trouble.linePos?.[0].line ?? 1) + 1;
  const reason = trouble.message.split(/ at line \d+/)[0] ?? trouble.message;
  throw new DeckError(
    diagnostic(
      'FRONT_MATTER_INVALID',
      `the front matter is not valid YAML: ${reason}`,
      { deck, line },
      `${unquotedColon(yaml, line - 1)}. If it is a slide, remove the --- above it`,
    ),
  );
}

function yamlDocument(yaml: string): Document.Parsed {
  return parseDocument(yaml, {
    schema: 'core',
    strict: true,
    uniqueKeys: true,
    prettyErrors: true,
    // Otherwise the library prints its own warning about a list used as a key.
    logLevel: 'error',
  });
}

/** What to do about the line with the YAML error; `title: Week 1: intro` is the most common one. */
function unquotedColon(yaml: string, line: number): string {
  const written = yaml.split('\n')[line - 1] ?? '';
  const value = /^[ \t]*[\w-]+[ \t]*:[ \t]+([^"'\s[{|>&*!#].*:(?:[ \t].*|))$/.exec(written)?.[1]?.trim();
  if (value !== undefined) return `put quotes around “${value}”: a colon ends a key`;
  return 'correct the YAML between the two --- lines; values with a colon or a # need quotes';
}

/** `- title: A` looks like a slide with a list, but is a mistake. */
function refuseListOfKeys({ contents }: Document.Parsed, deck: string): void {
  if (!isSeq(contents)) return;
  const isKnown = (key: unknown): boolean => isScalar(key) && isDeckKey(String(key.value));
  const item = contents.items.find((one) => isMap(one) && one.items.some(({ key }) => isKnown(key)));
  if (!item) return;
  throw new DeckError(
    diagnostic(
      'FRONT_MATTER_INVALID',
      'the front matter is a list; it must be “key: value” lines',
      { deck, line: 1 },
      'remove the dashes before its keys',
    ),
  );
}

function readValues(document: Document.Parsed, deck: string): unknown {
  for (const path of TEXT_KEYS) {
    const node = isMap(document.getIn(path.slice(0, -1), true)) ? document.getIn(path, true) : undefined;
    for (const one of isSeq(node) ? node.items : [node]) {
      if (isScalar(one) && ['number', 'boolean'].includes(typeof one.value)) one.value = one.source;
    }
  }
  try {
    return document.toJS({ maxAliasCount: 100 });
  } catch (error) {
    const message = `the front matter cannot be read: ${(error as Error).message}`;
    throw new DeckError(
      diagnostic('FRONT_MATTER_INVALID', message, { deck, line: 1 }, 'use fewer YAML aliases'),
    );
  }
}

function invalidValue(key: string, reason: string, place: Place): Diagnostic {
  return diagnostic(
    'FRONT_MATTER_INVALID',
    `front matter key “${key}” has the wrong form: ${reason}`,
    place,
    'see docs/decks.md for the keys and their values',
  );
}
