import { parseDocument } from 'yaml';
import { z } from 'zod';
import { DeckError, type Diagnostic, diagnostic } from '../diagnostics.ts';
import { nearest } from '../nearest.ts';

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const textOrList = z.union([text, z.array(text)]).transform((value) => [value].flat());

/**
 * The keys that Deckhand acts on. Those of reveal-md keep their meaning:
 * https://github.com/webpro/reveal-md#yaml-front-matter
 */
const schema = z.object({
  title: text.optional(),
  author: text.optional(),
  lang: text.optional(),
  description: text.optional(),
  keywords: textOrList.optional(),
  theme: text.optional(),
  highlightTheme: text.optional(),
  separator: z.string().min(1).optional(),
  verticalSeparator: z.string().min(1).optional(),
  notesSeparator: z.string().min(1).optional(),
  css: textOrList.optional(),
  revealOptions: z.record(z.string(), z.unknown()).optional(),
});

export type FrontMatter = z.infer<typeof schema>;

/** Keys that reveal-md acts on and Deckhand deliberately does not: they run code, or only shape the web server. */
const IGNORED = new Set([
  'absoluteUrl',
  'assetsDir',
  'featuredSlide',
  'host',
  'listingTemplate',
  'mermaid',
  'port',
  'preprocessor',
  'print',
  'scripts',
  'static',
  'staticDirs',
  'template',
  'watch',
]);

export interface SplitSource {
  readonly frontMatter: FrontMatter;
  /** The Markdown behind the front matter. */
  readonly body: string;
  /** Line of the body's first character in the file, from 1. */
  readonly bodyLine: number;
  /** Line of a key of the front matter in the file; 1 where it has none. */
  readonly lineOf: (key: string) => number;
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
  const none = { frontMatter: {}, body: source, bodyLine: 1, lineOf: () => 1, diagnostics: [] };
  if (!match) return none;
  const yaml = match[1] ?? '';
  const body = source.slice(match[0].length);
  const bodyLine = match[0].split('\n').length;
  if (yaml.trim() === '') return { ...none, body, bodyLine };
  const data = parseYaml(yaml, deck);
  // A deck may begin with a horizontal rule: what isn't a mapping was never front matter.
  if (typeof data === 'string' || data === undefined) return none;
  const lineOf = (key: string): number => {
    const keys = yaml.split('\n').map((line) => /^(["']?)(.*?)\1\s*:/.exec(line)?.[2]);
    return keys.indexOf(key) + 2 || 1;
  };
  const parsed = schema.safeParse(withoutEmpty(data));
  if (!parsed.success)
    throw new DeckError(...parsed.error.issues.map((issue) => invalid(issue, deck, lineOf)));
  const unknown = Object.keys(data as object).filter((key) => !Object.hasOwn(schema.shape, key));
  return {
    frontMatter: parsed.data,
    body,
    bodyLine,
    lineOf,
    diagnostics: unknown.map((key) => unknownKey(key, { deck, line: lineOf(key) })),
  };
}

/** A key without a value, as a template leaves it, says nothing. */
function withoutEmpty(data: unknown): unknown {
  if (typeof data !== 'object' || data === null || Array.isArray(data)) return data;
  return Object.fromEntries(Object.entries(data).filter(([, value]) => value !== null));
}

function parseYaml(yaml: string, deck: string): unknown {
  const document = parseDocument(yaml, {
    schema: 'core',
    strict: true,
    uniqueKeys: true,
    prettyErrors: true,
    // Else it prints its own warning of a list used as a key.
    logLevel: 'error',
  });
  const trouble = document.errors[0] ?? document.warnings[0];
  if (trouble) {
    const line = (trouble.linePos?.[0].line ?? 1) + 1;
    const reason = trouble.message.split(/ at line \d+/)[0] ?? trouble.message;
    throw new DeckError(
      diagnostic(
        'FRONT_MATTER_INVALID',
        `the front matter is not valid YAML: ${reason}`,
        { deck, line },
        'mend the YAML between the two --- lines; values with a colon or a # need quotes',
      ),
    );
  }
  try {
    return document.toJS({ maxAliasCount: 100 }) ?? undefined;
  } catch (error) {
    const message = `the front matter can not be read: ${(error as Error).message}`;
    throw new DeckError(
      diagnostic('FRONT_MATTER_INVALID', message, { deck, line: 1 }, 'use fewer YAML aliases'),
    );
  }
}

function invalid(issue: z.core.$ZodIssue, deck: string, lineOf: (key: string) => number): Diagnostic {
  const key = String(issue.path[0] ?? '');
  const message = key
    ? `front matter key “${key}” has the wrong form: ${issue.message.toLowerCase()}`
    : 'the front matter is not a list of “key: value” lines';
  return diagnostic(
    'FRONT_MATTER_INVALID',
    message,
    { deck, line: key ? lineOf(key) : 1 },
    'see the front matter section of the README',
  );
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
