import { dirname, isAbsolute, resolve } from 'node:path';
import type * as z from 'zod';
import { DeckhandError, EXIT } from '../model/errors.ts';
import { mm, paperSize } from '../paper/paper.ts';
import { nearest } from '../text/nearest.ts';
import { splitCredentials, withoutCredentials } from './mirror-credentials.ts';
import { isGiven } from './option-row.ts';
import { OPTION_ROWS, OPTIONS, type OptionName, type Settings } from './options.ts';
import { Secret, type Secrets } from './secrets.ts';

/** Values as they were given, by option name, not yet checked. */
export type RawOptions = Readonly<Record<string, unknown>>;

export interface ConfigFile {
  readonly file: string;
  readonly values: RawOptions;
}

export interface Sources {
  readonly flags: RawOptions;
  readonly env: Readonly<Record<string, string | undefined>>;
  readonly config?: ConfigFile | undefined;
}

/** The result of {@link resolveOptions} without secrets. */
export function resolveSettings(sources: Sources): Settings {
  return resolveOptions(sources).settings;
}

export interface ResolvedOptions {
  readonly settings: Settings;
  readonly secrets: Secrets;
}

/**
 * Merges flags, environment and configuration file, checks the values, and adds defaults.
 *
 * @throws DeckhandError with exit code 2, which names the source and the closest valid value.
 */
export function resolveOptions(sources: Sources): ResolvedOptions {
  const { env } = sources;
  const config = sources.config && flatConfig(sources.config);
  if (config) checkConfigKeys(config);
  checkEnvironment(env);
  const given = new Set<OptionName>();
  const resolved = OPTION_ROWS.map(([name, row]) => {
    const found =
      pick(toNumber(name, sources.flags[name]), row.flag ? `--${row.flag}` : name) ??
      pick(fromEnvironment(name, row.env === undefined ? undefined : env[row.env]), row.env ?? name) ??
      (config && pick(fromConfig(name, config, env), `${name} in ${config.file}`));
    if (found) given.add(name);
    return [name, found ? check(name, found.value, found.place) : row.default] as const;
  });
  const imageHeaders = new Secret(Object.fromEntries(resolved)['images.headers'] as HeadersByOrigin);
  const open = nested(resolved.filter(([name]) => !('holdsSecrets' in OPTIONS[name]))) as Settings;
  const { mirrors, authorization } = splitCredentials(open.imageMirror);
  return {
    settings: together({ ...open, imageMirror: mirrors }, given),
    secrets: { imageHeaders, mirrorAuthorization: new Secret(authorization) },
  };
}

type HeadersByOrigin = ReturnType<Secrets['imageHeaders']['reveal']>;

/** Millimeters of the handout's page between its margins; below this there is no space for slides. */
const LEAST_PRINTED_MM = 60;

function checkMargins({ paper, booklet, margin, binding, gutter }: Settings): void {
  const { widthPx, heightPx } = paperSize(paper, 'portrait');
  const shorterPx = booklet ? Math.min(widthPx, heightPx / 2) : widthPx;
  const printedPx = shorterPx - mm(2 * margin + (binding === 'none' ? 0 : gutter));
  if (printedPx >= mm(LEAST_PRINTED_MM)) return;
  const page = booklet ? `half a sheet of ${paper}` : paper;
  throw new DeckhandError(
    'OPTION_INVALID',
    EXIT.usage,
    `margin and gutter leave no space for slides on ${page}`,
    {
      hint: 'use a smaller --margin or --gutter, or a larger --paper',
    },
  );
}

/** Consistency of options that depend on each other. */
function together(settings: Settings, given: ReadonlySet<OptionName>): Settings {
  checkMargins(settings);
  if (settings.notes !== 'speaker' || settings.perPage <= 3) return settings;
  if (!given.has('perPage')) return { ...settings, perPage: 2 };
  const message = `with ${settings.perPage} slides per page there is no space for speaker notes`;
  throw new DeckhandError('OPTION_INVALID', EXIT.usage, message, {
    hint: 'use --per-page 1, 2 or 3, or --notes lines',
  });
}

/** Names of options that contain others: `images`. */
const GROUPS: ReadonlySet<string> = new Set(
  OPTION_ROWS.filter(([name]) => name.includes('.')).map(([name]) => name.slice(0, name.indexOf('.'))),
);

/** `{ images: { density: … } }` as `{ 'images.density': … }`: the values of a library call by option name. */
export function flatOptions(values: RawOptions, place = 'the options'): RawOptions {
  return flatConfig({ file: place, values }).values;
}

function flatConfig({ file, values }: ConfigFile): ConfigFile {
  const flat = Object.entries(values).flatMap(([key, value]): [string, unknown][] => {
    // For editors; see schemas/config.schema.json.
    if (key === '$schema') return [];
    if (!GROUPS.has(key)) return [[key, value]];
    if (value === undefined || value === null) return [];
    if (typeof value !== 'object' || Array.isArray(value)) throw noGroup(key, file);
    return Object.entries(value).map(([name, one]) => [`${key}.${name}`, one]);
  });
  return { file, values: Object.fromEntries(flat) };
}

function noGroup(key: string, file: string): DeckhandError {
  const first = OPTION_ROWS.find(([name]) => name.startsWith(`${key}.`))?.[0];
  return new DeckhandError('OPTION_INVALID', EXIT.usage, `${key} in ${file} must hold “key: value” pairs`, {
    hint: `for example ${first}, which is ${first?.slice(key.length + 1)} below ${key}`,
  });
}

function nested(values: readonly (readonly [string, unknown])[]): Record<string, unknown> {
  const settings: Record<string, unknown> = {};
  for (const [name, value] of values) {
    const [group = '', own] = name.split('.');
    if (own === undefined) settings[name] = value;
    else settings[group] = { ...(settings[group] as object | undefined), [own]: value };
  }
  return settings;
}

interface Given {
  readonly value: unknown;
  readonly place: string;
}

function pick(value: unknown, place: string): Given | undefined {
  return value === undefined ? undefined : { value, place };
}

/** @throws DeckhandError that lists all unknown keys. */
function checkConfigKeys({ file, values }: ConfigFile): void {
  const known = OPTION_ROWS.filter(([, row]) => isGiven(row, 'configuration file')).map(([name]) => name);
  const unknown = Object.keys(values).filter((key) => !known.includes(key as OptionName));
  if (unknown.length === 0) return;
  const meant = unknown.flatMap((key) => {
    const near = nearest(key, known);
    return near ? [`“${near}”${unknown.length > 1 ? ` for “${key}”` : ''}`] : [];
  });
  const keys = unknown.map((key) => `“${key}”`).join(', ');
  const message = `${file} has ${unknown.length === 1 ? 'an unknown key' : 'unknown keys'} ${keys}`;
  throw new DeckhandError('CONFIG_UNKNOWN_KEY', EXIT.usage, message, {
    hint: meant.length > 0 ? `did you mean ${meant.join(', ')}?` : `known keys: ${known.join(', ')}`,
  });
}

/** @throws DeckhandError for a variable that looks like one of ours but is not: otherwise it would be ignored silently. */
function checkEnvironment(env: Sources['env']): void {
  const known: string[] = OPTION_ROWS.flatMap(([, row]) => row.env ?? []);
  for (const name of Object.keys(env)) {
    if (!name.startsWith('DECKHAND_') || known.includes(name)) continue;
    const near = nearest(name, known);
    if (!near) continue;
    const message = `the environment variable ${name} does not belong to an option`;
    throw new DeckhandError('OPTION_INVALID', EXIT.usage, message, { hint: `did you mean ${near}?` });
  }
}

function fromConfig(name: OptionName, config: ConfigFile, env: Sources['env']): unknown {
  const value = config.values[name];
  if ('holdsSecrets' in OPTIONS[name]) return withEnvironment(value, env, `${name} in ${config.file}`);
  const absolute = (path: unknown): unknown =>
    typeof path === 'string' && !isAbsolute(path) ? resolve(dirname(config.file), path) : path;
  if (!('isPath' in OPTIONS[name]) || value === undefined) return value;
  return Array.isArray(value) ? value.map(absolute) : absolute(value);
}

/** Replaces `${NAME}` with environment variables, at any depth. */
function withEnvironment(value: unknown, env: Sources['env'], place: string): unknown {
  if (typeof value === 'string') {
    return value.replace(/\$\{(\w+)\}/g, (_, name: string) => {
      const found = env[name];
      if (found) return found;
      throw new DeckhandError('OPTION_INVALID', EXIT.usage, `${place} needs ${name}, which is not set`, {
        hint: `set the environment variable ${name}`,
      });
    });
  }
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return value;
  const entries = Object.entries(value).map(([key, one]) => [key, withEnvironment(one, env, place)]);
  return Object.fromEntries(entries);
}

/** Parses a number; other text stays unchanged, for the error message. */
function toNumber(name: OptionName, value: unknown): unknown {
  if (OPTIONS[name].type !== 'number' || typeof value !== 'string') return value;
  return value.trim() === '' || Number.isNaN(Number(value)) ? value : Number(value);
}

/** Environment variables are strings; an empty one counts as unset. */
function fromEnvironment(name: OptionName, text: string | undefined): unknown {
  if (text === undefined || text === '') return undefined;
  const { type } = OPTIONS[name];
  switch (type) {
    case 'boolean':
      if (/^(?:1|true|yes|on)$/i.test(text)) return true;
      return /^(?:0|false|no|off)$/i.test(text) ? false : text;
    case 'list':
      return text.split(/\s+/).filter((item) => item !== '');
    case 'number':
    case 'string':
    case 'map':
      return toNumber(name, text);
    default:
      return type satisfies never;
  }
}

function check(name: OptionName, value: unknown, place: string): unknown {
  const parsed = (OPTIONS[name].schema as z.ZodType).safeParse(value);
  if (parsed.success) return parsed.data;
  const issue = parsed.error.issues[0];
  // The value of a header is a secret: errors are reported without it.
  const problem = 'holdsSecrets' in OPTIONS[name] ? describeWithout(issue) : describe(issue, value);
  throw new DeckhandError('OPTION_INVALID', EXIT.usage, `${place} ${problem}`, {
    hint: suggestion(issue, value) ?? 'see deckhand --help',
  });
}

function describeWithout(issue: z.core.$ZodIssue | undefined): string {
  const [origin] = issue?.path ?? [];
  const inKey = issue?.code === 'invalid_key' ? issue.issues[0]?.message : undefined;
  const where = origin === undefined ? '' : ` (${String(origin)})`;
  return `${inKey ?? (issue?.code === 'custom' || issue?.code === 'invalid_format' ? issue.message : 'must be headers by name, below their origin')}${where}`;
}

function describe(issue: z.core.$ZodIssue | undefined, value: unknown): string {
  const offending =
    issue?.path.reduce<unknown>((at, key) => (Array.isArray(at) ? at[Number(key)] : at), value) ?? value;
  const got = `, not ${shown(offending)}`;
  if (issue?.code === 'invalid_value')
    return `must be ${issue.values.join(', ').replace(/, ([^,]*)$/, ' or $1')}${got}`;
  if (issue?.code === 'invalid_type')
    return `must be ${issue.expected === 'int' ? 'a whole number' : `one ${issue.expected}`}${got}`;
  if (issue?.code === 'too_small' && ['string', 'array'].includes(issue.origin)) return 'must not be empty';
  if (issue?.code === 'too_small') return `must be at least ${issue.minimum}${got}`;
  if (issue?.code === 'too_big') return `must be at most ${issue.maximum}${got}`;
  return `${issue?.message ?? 'is not valid'}${got}`;
}

/** JSON if possible: values of programs and YAML anchors may have none. */
function shown(value: unknown): string {
  if (Array.isArray(value)) return `${value.length} values`;
  try {
    return withoutCredentials(JSON.stringify(value) ?? typeof value);
  } catch {
    return `this ${typeof value}`;
  }
}

function suggestion(issue: z.core.$ZodIssue | undefined, value: unknown): string | undefined {
  if (issue?.code !== 'invalid_value' || typeof issue.values[0] === 'number') return undefined;
  const offending = [value].flat().flatMap((one) => (typeof one === 'string' ? one.split(',') : []));
  const words = issue.values.map(String);
  const near = offending.filter((one) => !words.includes(one)).map((one) => nearest(one, words))[0];
  return near ? `did you mean ${near}?` : undefined;
}
