import { DeckError, type Diagnostic, diagnostic, type Place } from '../../../../model/diagnostics.ts';
import type { DeckFlags } from '../../../../settings/deck-keys.ts';
import { DECK_KEY_NAMES, type DeckKey, type DeckKeys, readDeckKeys } from '../../../../settings/deck-keys.ts';
import type { SplitSource } from '../front-matter/front-matter.ts';
import type { WrittenText } from '../front-matter/front-matter-places.ts';
import { belongsBesideRevealOptions, nearRevealOption, unknownKeys } from '../keys/unknown-keys.ts';
import type { RevealMdFile, RevealMdFiles } from './config-files.ts';

/** The settings of a deck, from all sources. */
export interface AskedKeys {
  readonly keys: DeckKeys;
  /** As written, including keys that have no effect here: templates may show them. */
  readonly values: Readonly<Record<string, unknown>>;
  /** The options of reveal.js, merged from all sources. */
  readonly revealOptions: Readonly<Record<string, unknown>>;
  /** Where a setting is written, by its path of keys. */
  readonly placeOf: (...path: readonly string[]) => Place;
  /** The strings in a setting, with their positions if they are in the deck itself. */
  readonly textsAt: (...path: readonly string[]) => readonly WrittenText[];
  /** The source of a setting; undefined if it is not set. */
  readonly sourceOf: (key: DeckKey) => KeyOrigin | undefined;
  readonly diagnostics: readonly Diagnostic[];
}

export type KeyOrigin = 'command line' | 'front matter' | 'reveal-md.json';

interface Source {
  readonly origin: KeyOrigin;
  readonly keys: DeckKeys;
  /** As written. */
  readonly values: Readonly<Record<string, unknown>>;
  readonly placeOf: (...path: readonly string[]) => Place;
}

/**
 * Merges the command line, the front matter and reveal-md's configuration files, with the precedence that they have in
 * reveal-md: https://github.com/webpro/reveal-md/blob/main/lib/config.js
 *
 * @throws DeckError if a separator in reveal-md.json has the wrong form.
 */
export function askedKeys(
  deck: string,
  flags: DeckFlags,
  front: SplitSource,
  files: RevealMdFiles,
): AskedKeys {
  const config = files.revealMd ? configSource(deck, files.revealMd) : undefined;
  const sources: readonly Source[] = [
    { origin: 'command line', keys: flags, values: flags, placeOf: () => ({ deck }) },
    {
      origin: 'front matter',
      keys: front.frontMatter,
      values: front.values,
      placeOf: (...path) => ({ deck, line: front.lineOf(...path) }),
    },
    ...(config ? [config.source] : []),
  ];
  const sourceWith = (key: DeckKey): Source | undefined =>
    sources.find(({ keys }) => keys[key] !== undefined);
  const merged = DECK_KEY_NAMES.flatMap((key): [string, unknown][] => {
    const source = sourceWith(key);
    return source === undefined ? [] : [[key, mergedValue(key, source, sources)]];
  });
  const places = (path: readonly string[]): Source | RevealMdFile | undefined => {
    const [key = '', option] = path;
    if (key !== 'revealOptions' || option === undefined) return sourceWith(key as DeckKey);
    return sources.find(({ keys }) => Object.hasOwn(keys.revealOptions ?? {}, option)) ?? files.reveal;
  };
  return {
    keys: Object.fromEntries(merged) as DeckKeys,
    values: Object.fromEntries(
      sources.toReversed().flatMap(({ values }) => Object.entries(values).filter(isSaid)),
    ),
    revealOptions: Object.fromEntries(
      [files.reveal?.values, ...sources.map(({ keys }) => keys.revealOptions).reverse()].flatMap((options) =>
        Object.entries(options ?? {}).filter(([name]) => name !== '__proto__'),
      ),
    ),
    placeOf: (...path) => {
      const source = places(path);
      if (source === undefined) return { deck };
      return 'placeOf' in source ? source.placeOf(...path) : placeIn(deck, source, path.slice(1));
    },
    textsAt: (...path) => {
      const source = places(path);
      if (source === undefined) return [];
      if ('origin' in source && source.origin === 'front matter') return front.textsAt(...path);
      const value = ('keys' in source ? path : path.slice(1)).reduce<unknown>(inside, source.values);
      return [value].flat().flatMap((one) => (typeof one === 'string' ? [{ text: one }] : []));
    },
    sourceOf: (key) => sourceWith(key)?.origin,
    diagnostics: [...(config?.diagnostics ?? []), ...(files.reveal ? revealFaults(deck, files.reveal) : [])],
  };
}

/** Lists are merged item by item, as lodash's `defaultsDeep` does. */
function mergedValue(key: DeckKey, source: Source, sources: readonly Source[]): unknown {
  const value = source.keys[key];
  if (!Array.isArray(source.values[key])) return value;
  const behind = sources.slice(sources.indexOf(source) + 1);
  return behind.reduce<unknown>((list, { keys, values }) => {
    const further = keys[key];
    if (!Array.isArray(list) || !Array.isArray(values[key]) || !Array.isArray(further)) return list;
    return list.concat(further.slice(list.length));
  }, value);
}

/** A key without a value has no effect. */
function isSaid([, value]: [string, unknown]): boolean {
  return value !== undefined && value !== null;
}

function inside(value: unknown, key: string): unknown {
  const isObject = typeof value === 'object' && value !== null && Object.hasOwn(value, key);
  return isObject ? (value as Record<string, unknown>)[key] : undefined;
}

function placeIn(deck: string, { path: file, lineOf }: RevealMdFile, path: readonly string[]): Place {
  return { deck, file, line: lineOf(...path) };
}

function configSource(
  deck: string,
  file: RevealMdFile,
): { readonly source: Source; readonly diagnostics: readonly Diagnostic[] } {
  const placeOf = (...path: readonly string[]): Place => placeIn(deck, file, path);
  const { keys, wrong } = readDeckKeys(file.values);
  const faults = wrong.map(({ key, reason }) => {
    const message = `${file.path}: “${key}” has the wrong form: ${reason}`;
    return diagnostic('REVEAL_MD_CONFIG_INVALID', message, placeOf(key));
  });
  if (wrong.some(({ isEssential }) => isEssential)) throw new DeckError(...faults);
  return {
    source: { origin: 'reveal-md.json', keys, values: file.values, placeOf },
    diagnostics: [
      ...faults.map((fault) => ({ ...fault, severity: 'warning' as const })),
      ...unknownKeys(file.values, { name: 'reveal-md.json', placeOf }),
    ],
  };
}

/** Keys in reveal.json that are no options of reveal.js. */
function revealFaults(deck: string, file: RevealMdFile): Diagnostic[] {
  return Object.keys(file.values).flatMap((key) => {
    const near = nearRevealOption(key);
    const isElsewhere = belongsBesideRevealOptions(key);
    if (!isElsewhere && near === undefined) return [];
    const hint = isElsewhere ? `${key} belongs in reveal-md.json` : `did you mean “${near}”?`;
    const message = `${file.path}: “${key}” is not an option of reveal.js`;
    return [diagnostic('FRONT_MATTER_UNKNOWN_KEY', message, placeIn(deck, file, [key]), hint)];
  });
}
