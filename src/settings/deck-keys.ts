import type * as z from 'zod';
import { DECK_OPTIONS } from './deck-options.ts';
import { isGiven, type Row } from './option-row.ts';

type Rows = typeof DECK_OPTIONS;
/** In front matter `deck.title` is `title`. */
type KeyOf<Name> = Name extends `deck.${infer Key}` ? Key : Name;
type OwnName = {
  [K in keyof Rows]: Rows[K] extends { readonly deckSchema: z.ZodType } ? K : never;
}[keyof Rows];
type FlagName = {
  [K in OwnName]: Rows[K] extends { readonly where: readonly ['front matter'] } ? never : K;
}[OwnName];

/** The settings of a deck, in its front matter or in reveal-md.json. */
export type DeckKeys = {
  readonly [K in OwnName as KeyOf<K>]?: z.output<Rows[K]['deckSchema']> | undefined;
};
export type DeckKey = keyof DeckKeys;

/** The deck settings on the command line, in the form of front matter. */
export type DeckFlags = Pick<DeckKeys, KeyOf<Exclude<FlagName, 'glob'>>>;

/** The rows of all deck settings, by their keys in front matter. */
const ROWS: ReadonlyMap<string, Row> = new Map(
  Object.entries(DECK_OPTIONS)
    .filter(([, row]) => isGiven(row, 'front matter'))
    .map(([name, row]): [string, Row] => [name.replace(/^deck\./, ''), row]),
);

export const DECK_KEY_ROWS: readonly (readonly [DeckKey, Row])[] = [...ROWS] as [DeckKey, Row][];
export const DECK_KEY_NAMES: readonly DeckKey[] = DECK_KEY_ROWS.map(([key]) => key);

/** The front matter keys, by their path, whose values are strings even if they look like numbers. */
export const TEXT_KEYS: readonly (readonly string[])[] = DECK_KEY_ROWS.flatMap(([key, { isText = [] }]) =>
  isText === true ? [[key]] : isText.map((below) => [key, below]),
);

export function isDeckKey(key: string): key is DeckKey {
  return ROWS.has(key);
}

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
  for (const [key, { deckSchema, schema, isEssential = false }] of DECK_KEY_ROWS) {
    const value = Object.hasOwn(values, key) ? values[key] : undefined;
    if (value === undefined || value === null) continue;
    const parsed = (deckSchema ?? schema).safeParse(value);
    if (parsed.success) keys[key] = parsed.data;
    else wrong.push({ key, reason: wantedForm(parsed.error.issues[0]), isEssential });
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
