import { type Document, isMap, isScalar, isSeq, parseDocument } from 'yaml';
import { z } from 'zod';
import { DeckError, type Diagnostic, diagnostic } from '../diagnostics.ts';
import { nearest } from '../nearest.ts';
import { type FrontMatterPlaces, frontMatterPlaces } from './front-matter-places.ts';

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const textOrList = z.union([text, z.array(text)]).transform((value) => [value].flat());
/** `a, b` is two of them, as in HTML. */
const splitAtCommas = (texts: readonly string[]): string[] =>
  texts.flatMap((one) => one.split(',')).flatMap((one) => one.trim() || []);
const sections = textOrList.nullish().transform((value) => value ?? undefined);

/**
 * The keys that Deckhand acts on. Those of reveal-md keep their meaning:
 * https://github.com/webpro/reveal-md#yaml-front-matter
 */
const schema = z.object({
  title: text.optional(),
  subtitle: text.optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
  author: text.optional(),
  lang: text.optional(),
  date: text.optional(),
  revision: text.optional(),
  description: text.optional(),
  keywords: textOrList.transform(splitAtCommas).optional(),
  cheatsheet: z.strictObject({ take: sections, leave: sections }).optional(),
  theme: text.optional(),
  highlightTheme: text.optional(),
  separator: z.string().min(1).optional(),
  verticalSeparator: z.string().min(1).optional(),
  notesSeparator: z.string().min(1).optional(),
  css: textOrList.optional(),
  assetsDir: text.optional(),
  math: z.union([z.boolean(), z.string(), z.record(z.string(), z.unknown())]).optional(),
  mermaid: z.union([z.boolean(), z.record(z.string(), z.unknown())]).optional(),
  revealOptions: z.record(z.string(), z.unknown()).optional(),
});

export type FrontMatter = z.infer<typeof schema>;

/** Keys whose values are texts, however much they look like numbers: the title `1.10` is not 1.1. */
const TEXT_KEYS = [
  ['title'],
  ['subtitle'],
  ['author'],
  ['lang'],
  ['date'],
  ['revision'],
  ['description'],
  ['keywords'],
  ['cheatsheet', 'take'],
  ['cheatsheet', 'leave'],
  ['theme'],
  ['highlightTheme'],
  ['css'],
] as const satisfies readonly (readonly [keyof FrontMatter, ...string[]])[];

/** Keys that reveal-md acts on and Deckhand deliberately does not: they run code, or only shape the web server. */
const IGNORED = new Set([
  'absoluteUrl',
  'featuredSlide',
  'host',
  'listingTemplate',
  'port',
  'preprocessor',
  'print',
  'scripts',
  'static',
  'staticDirs',
  'template',
  'watch',
]);

export interface SplitSource extends FrontMatterPlaces {
  readonly frontMatter: FrontMatter;
  /** The Markdown behind the front matter. */
  readonly body: string;
  /** Line of the body's first character in the file, from 1. */
  readonly bodyLine: number;
  readonly diagnostics: readonly Diagnostic[];
}

const FENCE = /^---[ \t]*\n([\s\S]*?)(?:(?<=\n)|\n)---[ \t]*(?:\n|$)/;

/**
 * Takes the YAML front matter off a deck's source (line ends already `\n`). The YAML is untrusted: core schema only,
 * no tags, few aliases, and only known keys are kept.
 *
 * @throws DeckError with `FRONT_MATTER_INVALID` and the line, where it isn't valid.
 */
export function splitFrontMatter(source: string, deck: string): SplitSource {
  const match = FENCE.exec(source);
  const none = {
    frontMatter: {},
    body: source,
    bodyLine: 1,
    lineOf: () => 1,
    textsAt: () => [],
    diagnostics: [],
  };
  if (!match) return none;
  const yaml = match[1] ?? '';
  const body = source.slice(match[0].length);
  const bodyLine = match[0].split('\n').length;
  if (yaml.trim() === '') return { ...none, body, bodyLine };
  const document = parseYaml(yaml, deck);
  // A deck may begin with a horizontal rule: what isn't a mapping was never front matter.
  if (!document || !isMap(document.contents)) return none;
  const { lineOf, textsAt } = frontMatterPlaces(document, source, source.indexOf('\n') + 1);
  const data = readValues(document, deck);
  const parsed = schema.safeParse(withoutEmpty(data));
  if (!parsed.success)
    throw new DeckError(...parsed.error.issues.map((issue) => invalid(issue, deck, lineOf)));
  const unknown = Object.keys(data as object).filter((key) => !Object.hasOwn(schema.shape, key));
  return {
    frontMatter: parsed.data,
    body,
    bodyLine,
    lineOf,
    textsAt,
    diagnostics: unknown.map((key) => unknownKey(key, { deck, line: lineOf(key) })),
  };
}

/** A key without a value, as a template leaves it, says nothing. */
function withoutEmpty(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return data;
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null));
}

/** What a slide may begin with, and what front matter has somewhere. */
const LIST = /^\s*(?:[-*+]|\d+[.)])\s/;
const KEY = /^["']?[\w-]+["']?[ \t]*:(?:\s|$)/m;

/** The YAML, or none where it is a slide that YAML can't read. */
function parseYaml(yaml: string, deck: string): Document.Parsed | undefined {
  const document = parseDocument(yaml, {
    schema: 'core',
    strict: true,
    uniqueKeys: true,
    prettyErrors: true,
    // Else it prints its own warning of a list used as a key.
    logLevel: 'error',
  });
  const trouble = document.errors[0] ?? document.warnings[0];
  if (!trouble) {
    refuseListOfKeys(document, deck);
    return document;
  }
  if (LIST.test(yaml) && !KEY.test(yaml)) return undefined;
  const line = (trouble.linePos?.[0].line ?? 1) + 1;
  const reason = trouble.message.split(/ at line \d+/)[0] ?? trouble.message;
  throw new DeckError(
    diagnostic(
      'FRONT_MATTER_INVALID',
      `the front matter is not valid YAML: ${reason}`,
      { deck, line },
      'mend the YAML between the two --- lines; values with a colon or a # need quotes. If it is a slide, take the --- above it away',
    ),
  );
}

/** `- title: A` looks like a slide that is a list, and is a mistake. */
function refuseListOfKeys({ contents }: Document.Parsed, deck: string): void {
  if (!isSeq(contents)) return;
  const isKnown = (key: unknown): boolean => isScalar(key) && Object.hasOwn(schema.shape, String(key.value));
  const item = contents.items.find((one) => isMap(one) && one.items.some(({ key }) => isKnown(key)));
  if (!item) return;
  throw new DeckError(
    diagnostic(
      'FRONT_MATTER_INVALID',
      'the front matter is a list; it must be “key: value” lines',
      { deck, line: 1 },
      'take the dashes before its keys away',
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
    const message = `the front matter can not be read: ${(error as Error).message}`;
    throw new DeckError(
      diagnostic('FRONT_MATTER_INVALID', message, { deck, line: 1 }, 'use fewer YAML aliases'),
    );
  }
}

function invalid(issue: z.core.$ZodIssue, deck: string, lineOf: SplitSource['lineOf']): Diagnostic {
  const key = String(issue.path[0] ?? '');
  return diagnostic(
    'FRONT_MATTER_INVALID',
    `front matter key “${key}” has the wrong form: ${wantedForm(issue)}`,
    { deck, line: lineOf(key) },
    'the README lists the keys under “What it reads”',
  );
}

const FORMS: Readonly<Record<string, string>> = {
  record: 'it must have “key: value” lines below it',
  object: 'it must have “key: value” lines below it',
  array: 'it must be a list',
  string: 'it must be text',
  boolean: 'it must be true or false',
  number: 'it must be a number',
  int: 'it must be a whole number',
};

function wantedForm(issue: z.core.$ZodIssue): string {
  const form = issue.code === 'invalid_type' ? FORMS[issue.expected] : undefined;
  return form ?? issue.message.toLowerCase();
}

function unknownKey(key: string, place: { readonly deck: string; readonly line: number }): Diagnostic {
  if (IGNORED.has(key)) {
    return diagnostic(
      'FRONT_MATTER_IGNORED_KEY',
      `front matter key “${key}” is not used when printing`,
      place,
      'nothing to do if the printed slides look right',
    );
  }
  const near = nearest(key, Object.keys(schema.shape));
  return diagnostic(
    'FRONT_MATTER_UNKNOWN_KEY',
    `front matter key “${key}” is not known`,
    place,
    near ? `did you mean “${near}”?` : `known keys: ${Object.keys(schema.shape).join(', ')}`,
  );
}
