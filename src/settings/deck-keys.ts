import * as z from 'zod';

const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);
const textOrList = z.union([text, z.array(text)]).transform((value) => [value].flat());
/** `a, b` is a list of two, as in HTML. */
const splitAtCommas = (texts: readonly string[]): string[] =>
  texts.flatMap((one) => one.split(',')).flatMap((one) => one.trim() || []);
const sections = textOrList.nullish().transform((value) => value ?? undefined);

/**
 * The settings that a deck may have in its front matter or in reveal-md.json. Keys of reveal-md keep their meaning:
 * https://github.com/webpro/reveal-md#yaml-front-matter
 */
export const DECK_KEYS = z.object({
  title: text.optional(),
  subtitle: text.optional(),
  url: z.url({ protocol: /^https?$/ }).optional(),
  author: textOrList.transform((names) => names.join(', ')).optional(),
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
  math: z.union([z.boolean(), z.string(), z.record(z.string(), z.unknown())]).optional(),
  mermaid: z.union([z.boolean(), z.record(z.string(), z.unknown())]).optional(),
  revealOptions: z.record(z.string(), z.unknown()).optional(),
  assetsDir: text.optional(),
  template: text.optional(),
  preprocessor: text.optional(),
  scripts: textOrList.optional(),
  printSize: text.optional(),
  glob: text.optional(),
});

export type DeckKeys = z.infer<typeof DECK_KEYS>;
export type DeckKey = keyof DeckKeys;
export const DECK_KEY_NAMES = Object.keys(DECK_KEYS.shape) as DeckKey[];

export function isDeckKey(key: string): key is DeckKey {
  return Object.hasOwn(DECK_KEYS.shape, key);
}

/** Without a valid value, slides would begin and end elsewhere. */
const ESSENTIAL: readonly string[] = ['separator', 'verticalSeparator', 'notesSeparator'];

/** A problem with a value. */
export interface WrongValue {
  readonly key: string;
  readonly reason: string;
  /** The deck cannot be built without it; other invalid values are ignored. */
  readonly isEssential: boolean;
}

/** Reads the values of known keys. A key without a value, as in a template, is ignored. */
export function readDeckKeys(values: Readonly<Record<string, unknown>>): {
  readonly keys: DeckKeys;
  readonly wrong: readonly WrongValue[];
} {
  const keys: Record<string, unknown> = {};
  const wrong: WrongValue[] = [];
  for (const key of DECK_KEY_NAMES) {
    const value = Object.hasOwn(values, key) ? values[key] : undefined;
    if (value === undefined || value === null) continue;
    const parsed = DECK_KEYS.shape[key].safeParse(value);
    if (parsed.success) keys[key] = parsed.data;
    else
      wrong.push({ key, reason: wantedForm(parsed.error.issues[0]), isEssential: ESSENTIAL.includes(key) });
  }
  return { keys: keys as DeckKeys, wrong };
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

function wantedForm(issue: z.core.$ZodIssue | undefined): string {
  const form = issue?.code === 'invalid_type' ? FORMS[issue.expected] : undefined;
  return form ?? issue?.message.toLowerCase() ?? 'it is not valid';
}

/** The deck settings on the command line, in the form of front matter. */
export type DeckFlags = Pick<
  DeckKeys,
  | 'title'
  | 'theme'
  | 'highlightTheme'
  | 'css'
  | 'separator'
  | 'verticalSeparator'
  | 'notesSeparator'
  | 'assetsDir'
  | 'template'
  | 'preprocessor'
  | 'printSize'
>;
