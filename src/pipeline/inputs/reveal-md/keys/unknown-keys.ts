import { type Diagnostic, diagnostic, type Place } from '../../../../model/diagnostics.ts';
import { DECK_KEY_NAMES, isDeckKey } from '../../../../settings/deck-keys.ts';
import { nearest } from '../../../../text/nearest.ts';
import { changesPages, REVEAL_OPTIONS } from './reveal-options.ts';

type Values = Readonly<Record<string, unknown>>;

/** The positions of keys. */
export interface KeySource {
  /** The name of the source in messages. */
  readonly name: 'front matter' | 'reveal-md.json';
  readonly placeOf: (...path: readonly string[]) => Place;
}

/** Keys of reveal-md that are about its server, its website or its browser: https://github.com/webpro/reveal-md */
const SERVER_KEYS = new Set([
  ...['absoluteUrl', 'base', 'disableAutoOpen', 'featuredSlide', 'host', 'listingTemplate', 'port', 'print'],
  ...['puppeteerChromiumExecutable', 'puppeteerLaunchArgs', 'static', 'staticDir', 'staticDirs', 'view'],
  ...['watch'],
]);

/**
 * Diagnostics for unknown keys: a warning for each one that would change pages if it were spelled correctly or at the right
 * level, and one note for all others.
 */
export function unknownKeys(values: Values, source: KeySource): Diagnostic[] {
  const unknown = Object.keys(values).filter((key) => !isDeckKey(key) && !SERVER_KEYS.has(key));
  const warnings: Diagnostic[] = [];
  const notes: string[] = [];
  for (const key of unknown) {
    const warning = warningFor(key, values[key], source);
    if (warning) warnings.push(warning);
    else notes.push(key);
  }
  return [...warnings, ...(notes.length > 0 ? [noteFor(notes, source)] : []), ...misplaced(values, source)];
}

function warningFor(key: string, value: unknown, source: KeySource): Diagnostic | undefined {
  if (REVEAL_OPTIONS.includes(key)) {
    if (!changesPages(key, value)) return undefined;
    return unknownKey(`“${key}” is an option of reveal.js`, `it belongs below revealOptions`, key, source);
  }
  const near = meant(key, DECK_KEY_NAMES) ?? meant(key, REVEAL_OPTIONS);
  if (near === undefined) return undefined;
  const place = isDeckKey(near) ? '' : ', below revealOptions';
  return unknownKey(`“${key}” is not known`, `did you mean “${near}”${place}?`, key, source);
}

function unknownKey(message: string, hint: string, key: string, { name, placeOf }: KeySource): Diagnostic {
  return diagnostic(
    'FRONT_MATTER_UNKNOWN_KEY',
    `${name} key ${message}, so it is not used`,
    placeOf(key),
    hint,
  );
}

/** One note for all: websites and editors have keys of their own in front matter. */
function noteFor(keys: readonly string[], { name, placeOf }: KeySource): Diagnostic {
  const shown = keys.map((key) => `“${key}”`).join(', ');
  const moved = keys.filter((key) => REVEAL_OPTIONS.includes(key));
  const belongs = moved.length === 1 ? 'belongs' : 'belong';
  const hint = moved.length === 0 ? undefined : `${moved.join(', ')} ${belongs} below revealOptions`;
  const message = `${name} has keys that do not affect printed pages: ${shown}`;
  const note = diagnostic('FRONT_MATTER_UNKNOWN_KEY', message, placeOf(keys[0] ?? ''), hint);
  return { ...note, severity: 'info' };
}

/** Keys below `revealOptions` that belong next to it, and misspelled options of reveal.js. */
function misplaced({ revealOptions }: Values, { name, placeOf }: KeySource): Diagnostic[] {
  if (typeof revealOptions !== 'object' || revealOptions === null || Array.isArray(revealOptions)) return [];
  return Object.keys(revealOptions).flatMap((key) => {
    const near = nearRevealOption(key);
    const isElsewhere = belongsBesideRevealOptions(key);
    if (!isElsewhere && near === undefined) return [];
    const hint = isElsewhere
      ? `${key} belongs next to revealOptions, not below it`
      : `did you mean “${near}”?`;
    const message = `${name} key “revealOptions.${key}” is not an option of reveal.js`;
    return [diagnostic('FRONT_MATTER_UNKNOWN_KEY', message, placeOf('revealOptions', key), hint)];
  });
}

/** Some keys are options of plugins, too. */
export function belongsBesideRevealOptions(key: string): boolean {
  const isOfPlugins = ['math', 'mermaid', 'title', 'url', 'lang', 'date', 'template'].includes(key);
  return isDeckKey(key) && !isOfPlugins && !REVEAL_OPTIONS.includes(key);
}

/** The option of reveal.js with a similar name. Options of plugins are not known here, and are not reported. */
export function nearRevealOption(key: string): string | undefined {
  return REVEAL_OPTIONS.includes(key) ? undefined : meant(key, REVEAL_OPTIONS);
}

/** The key that was probably meant: with another spelling, or one or two wrong letters. */
function meant(key: string, known: readonly string[]): string | undefined {
  const plain = (text: string): string => text.toLowerCase().replace(/[-_ ]/g, '');
  const same = known.find((one) => plain(one) === plain(key));
  const near = same ?? nearest(key, known);
  // Short words are similar by chance: “class” is not “css”.
  return near !== undefined && Math.abs(near.length - key.length) <= 1 ? near : same;
}
