import * as z from 'zod';
import { messageOf } from '../model/errors.ts';
import { OUTPUT_KINDS, type OutputKind } from '../model/output-kinds.ts';
import { DECK_OPTIONS } from './deck-options.ts';
import { FILE_OPTIONS } from './file-options.ts';
import { IMAGE_OPTIONS } from './image-options.ts';
import { isGiven, type Row, row } from './option-row.ts';
import { PAPER_OPTIONS } from './paper-options.ts';
import { SHOT_OPTIONS } from './shot-options.ts';
import { parseSlideRanges } from './slide-ranges.ts';

/** The default outputs. */
const USUAL_KINDS = ['slides', 'handout', 'cheatsheet'] as const satisfies readonly OutputKind[];

const commaList = (value: unknown): unknown =>
  [value]
    .flat()
    .flatMap((one) => (typeof one === 'string' ? one.split(',').map((item) => item.trim()) : [one]))
    .filter((item) => item !== '');

const size = z
  .string()
  .regex(/^\d{2,5}x\d{2,5}$/i, 'must be WIDTHxHEIGHT in pixels, like 1280x720')
  .transform((text) => {
    const [widthPx = 0, heightPx = 0] = text.toLowerCase().split('x').map(Number);
    return { widthPx, heightPx };
  })
  .refine(({ widthPx, heightPx }) => [widthPx, heightPx].every((px) => px >= 100 && px <= 10_000), {
    error: 'must have sides between 100 and 10000 pixels',
  });

const slideRanges = z.string().transform((text, context) => {
  try {
    return parseSlideRanges(text);
  } catch (error) {
    context.addIssue({ code: 'custom', message: `must be a list like 1-3,5,4.2,#id: ${messageOf(error)}` });
    return z.NEVER;
  }
});

const mirror = z
  .string()
  .regex(/^[^=]+=https?:\/\/.+/, 'must be FROM=TO, where TO is an http or https URL')
  .transform((text) => {
    const at = text.indexOf('=');
    return { from: text.slice(0, at), to: text.slice(at + 1) };
  });

/**
 * Every option, once. By its name as a config key, where `images.density` is `density` below `images`; the command line,
 * `--help`, the environment, front matter, the checks, the schemas and the tables in the documents are made from these rows.
 * Precedence: flag, environment, file, default.
 */
export const OPTIONS = {
  decks: row({
    flag: 'decks',
    env: 'DECKHAND_DECKS',
    type: 'list',
    default: ['decks'],
    value: 'PATHS',
    help: 'decks to build if the command line names none: files, folders or globs',
    isPath: true,
    schema: z.preprocess((value) => [value].flat(), z.array(z.string().min(1)).min(1)),
  }),
  output: row({
    flag: 'output',
    alias: 'o',
    env: 'DECKHAND_OUTPUT',
    type: 'string',
    default: 'output',
    value: 'DIR',
    help: 'folder for the results',
    isPath: true,
    isCommon: true,
    schema: z.string().min(1),
  }),
  only: row({
    flag: 'only',
    env: 'DECKHAND_ONLY',
    type: 'list',
    default: USUAL_KINDS,
    value: 'KINDS',
    help: `what to create, separated by commas: ${OUTPUT_KINDS.join(', ')}`,
    isCommon: true,
    schema: z.preprocess(commaList, z.array(z.enum(OUTPUT_KINDS)).min(1)),
  }),
  slides: row({
    flag: 'slides',
    env: 'DECKHAND_SLIDES',
    type: 'string',
    default: undefined,
    value: 'RANGES',
    help: 'only these slides, in every output: stacks, slides, ranges and ids, such as 1-3,5,4.2,#id',
    where: ['command line'],
    changesFiles: true,
    isCommon: true,
    schema: slideRanges.optional(),
  }),
  size: row({
    flag: 'size',
    env: 'DECKHAND_SIZE',
    type: 'string',
    default: undefined,
    value: 'WxH',
    help: 'slide size in pixels; default: the deck’s own, 1280x720 for percentages, else 960x700',
    changesFiles: true,
    schema: size.optional(),
  }),
  fragments: row({
    flag: 'fragments',
    env: 'DECKHAND_FRAGMENTS',
    type: 'string',
    default: undefined,
    value: 'MODE',
    help: 'final: one page per slide, in its final state; steps: one page per step (slides and images only); default: as pdfSeparateFragments of the deck, else final',
    changesFiles: true,
    isCommon: true,
    schema: z.enum(['final', 'steps']).optional(),
  }),
  blankSlides: row({
    flag: 'blank-slides',
    env: 'DECKHAND_BLANK_SLIDES',
    type: 'boolean',
    default: false,
    help: 'also print blank slides; they are counted in any case',
    changesFiles: true,
    schema: z.boolean(),
  }),
  minScale: row({
    flag: 'min-scale',
    env: 'DECKHAND_MIN_SCALE',
    type: 'number',
    default: 0.5,
    value: 'SCALE',
    help: 'smallest scale for a slide that is too large; below it, the slide continues on another page; 0: always scale',
    changesFiles: true,
    schema: z.number().min(0).max(1),
  }),
  linkBase: row({
    flag: 'link-base',
    env: 'DECKHAND_LINK_BASE',
    type: 'string',
    default: undefined,
    value: 'URL',
    help: 'web address of the decks folder, for relative links; url in the front matter has precedence',
    changesFiles: true,
    schema: z.url({ protocol: /^https?$/ }).optional(),
  }),
  ...DECK_OPTIONS,
  ...SHOT_OPTIONS,
  ...FILE_OPTIONS,
  ...PAPER_OPTIONS,
  imageMirror: row({
    flag: 'image-mirror',
    env: 'DECKHAND_IMAGE_MIRROR',
    type: 'list',
    default: [],
    value: 'FROM=TO',
    help: 'fetch URLs that start with FROM from TO instead (repeatable; FROM ends at the first =)',
    schema: z.preprocess((value) => [value].flat(), z.array(mirror)),
  }),
  ...IMAGE_OPTIONS,
  offline: row({
    flag: 'offline',
    env: 'DECKHAND_OFFLINE',
    type: 'boolean',
    default: false,
    help: 'use no network; remote images come from the cache',
    isCommon: true,
    schema: z.boolean(),
  }),
  failOn: row({
    flag: 'fail-on',
    env: 'DECKHAND_FAIL_ON',
    type: 'string',
    default: 'error',
    value: 'SEVERITY',
    help: 'lowest severity of a diagnostic that makes the exit code 1: error, warning or never',
    isCommon: true,
    schema: z.enum(['error', 'warning', 'never']),
  }),
  strict: row({
    flag: 'strict',
    env: 'DECKHAND_STRICT',
    type: 'boolean',
    default: false,
    help: 'do not write incomplete files; those of an earlier build stay',
    schema: z.boolean(),
  }),
  explain: row({
    flag: 'explain',
    env: 'DECKHAND_EXPLAIN',
    type: 'string',
    default: undefined,
    value: 'WHAT',
    help: 'cheatsheet: show for each block why it is on the cheatsheet or not; settings: list the settings of each deck and where they are set; inputs: list everything that the files depend on',
    where: ['command line'],
    schema: z.enum(['cheatsheet', 'settings', 'inputs']).optional(),
  }),
  clean: row({
    flag: 'clean',
    env: 'DECKHAND_CLEAN',
    type: 'boolean',
    default: false,
    help: 'remove outputs of decks that no longer exist',
    schema: z.boolean(),
  }),
  jobs: row({
    flag: 'jobs',
    alias: 'j',
    env: 'DECKHAND_JOBS',
    type: 'number',
    default: 2,
    value: 'N',
    help: 'number of decks built at the same time',
    schema: z.int().min(1).max(64),
  }),
  timeout: row({
    flag: 'timeout',
    env: 'DECKHAND_TIMEOUT',
    type: 'number',
    default: 120,
    value: 'SECONDS',
    help: 'time limit for one step of building a deck',
    schema: z.number().min(1).max(86_400),
  }),
  browser: row({
    flag: 'browser',
    env: 'DECKHAND_BROWSER',
    type: 'string',
    default: undefined,
    value: 'PATH',
    help: 'path of Chromium or Chrome; default: see deckhand doctor',
    isPath: true,
    schema: z.string().min(1).optional(),
  }),
  sandbox: row({
    flag: 'sandbox',
    env: 'DECKHAND_SANDBOX',
    type: 'boolean',
    default: true,
    help: 'run the browser in its sandbox; --no-sandbox if that is not possible',
    schema: z.boolean(),
  }),
  cacheDir: row({
    flag: 'cache-dir',
    env: 'DECKHAND_CACHE_DIR',
    type: 'string',
    default: undefined,
    value: 'DIR',
    help: 'folder for downloaded images, converted images and the browser; default: the user’s cache folder',
    isPath: true,
    schema: z.string().min(1).optional(),
  }),
  cacheLimit: row({
    flag: 'cache-limit',
    env: 'DECKHAND_CACHE_LIMIT',
    type: 'number',
    default: 2048,
    value: 'MIB',
    help: 'maximum disk space for downloaded and converted images; the least recently used are removed first',
    schema: z.number().min(0).max(1_000_000),
  }),
  memory: row({
    flag: 'memory',
    env: 'DECKHAND_MEMORY',
    type: 'number',
    default: 256,
    value: 'MIB',
    help: 'memory for stylesheets, fonts and uncached images that later decks of the run may use',
    schema: z.number().min(0).max(1_000_000),
  }),
  json: row({
    flag: 'json',
    env: 'DECKHAND_JSON',
    type: 'boolean',
    default: false,
    help: 'print the report as JSON on stdout, progress on stderr',
    schema: z.boolean(),
  }),
  quiet: row({
    flag: 'quiet',
    alias: 'q',
    env: 'DECKHAND_QUIET',
    type: 'boolean',
    default: false,
    help: 'print only problems',
    schema: z.boolean(),
  }),
  verbose: row({
    flag: 'verbose',
    env: 'DECKHAND_VERBOSE',
    type: 'boolean',
    default: false,
    help: 'print every stage, all notes, and stack traces',
    schema: z.boolean(),
  }),
  timings: row({
    flag: 'timings',
    env: 'DECKHAND_TIMINGS',
    type: 'boolean',
    default: false,
    help: 'print the time of each stage, and what was sent to the browser',
    schema: z.boolean(),
  }),
  config: row({
    flag: 'config',
    alias: 'c',
    env: 'DECKHAND_CONFIG',
    type: 'string',
    default: undefined,
    value: 'FILE',
    help: 'configuration file; default: deckhand.config.{yaml,yml,json,mjs} in the working directory',
    where: ['command line'],
    schema: z.string().min(1).optional(),
  }),
  'init.ci': row({
    flag: 'ci',
    type: 'boolean',
    default: false,
    help: 'also write a GitHub workflow that builds the decks on every change',
    where: ['command line'],
    topic: 'init',
    schema: z.boolean(),
  }),
  'vendor.check': row({
    flag: 'check',
    env: 'DECKHAND_VENDOR_CHECK',
    type: 'boolean',
    default: false,
    help: 'write nothing; list images that are missing, changed on their server or unused, and exit with 1 if there are any',
    where: ['command line'],
    topic: 'vendor',
    schema: z.boolean(),
  }),
  'vendor.update': row({
    flag: 'update',
    env: 'DECKHAND_VENDOR_UPDATE',
    type: 'list',
    default: [],
    value: 'URL',
    help: 'fetch this image again (repeatable), or “all” of them',
    where: ['command line'],
    topic: 'vendor',
    schema: z.preprocess((value) => [value].flat(), z.array(z.string().min(1))),
  }),
  'vendor.prune': row({
    flag: 'prune',
    env: 'DECKHAND_VENDOR_PRUNE',
    type: 'boolean',
    default: false,
    help: 'remove vendored images that no deck uses',
    where: ['command line'],
    topic: 'vendor',
    schema: z.boolean(),
  }),
  'vendor.rewrite': row({
    flag: 'rewrite',
    env: 'DECKHAND_VENDOR_REWRITE',
    type: 'boolean',
    default: false,
    help: 'replace addresses of vendored images in the Markdown with their paths',
    where: ['command line'],
    topic: 'vendor',
    schema: z.boolean(),
  }),
} as const satisfies Record<string, Row>;

type InFrontMatter = {
  [K in keyof typeof OPTIONS]: (typeof OPTIONS)[K] extends { readonly where: readonly ['front matter'] }
    ? K
    : never;
}[keyof typeof OPTIONS];

/** An option of a run. Settings that only decks have are not included: see `deck-keys.ts`. */
export type OptionName = Exclude<keyof typeof OPTIONS, InFrontMatter>;
export const OPTION_ROWS = Object.entries(OPTIONS).filter(
  ([, one]) => isGiven(one, 'command line') || isGiven(one, 'configuration file'),
) as [OptionName, Row][];

/** `{ 'images.density': … }` as `{ images: { density: … } }`. */
type Nested<T> = { readonly [K in keyof T as K extends `${string}.${string}` ? never : K]: T[K] } & {
  readonly [G in GroupOf<keyof T>]: {
    readonly [K in keyof T as K extends `${G}.${infer Name}` ? Name : never]: T[K];
  };
};
type GroupOf<K> = K extends `${infer Group}.${string}` ? Group : never;

/** The options with `holdsSecrets`: their values are in `Secrets`, not in the settings. */
type SecretOption = 'images.headers';

/** All options, checked and complete. */
export type Settings = Nested<{
  readonly [K in Exclude<OptionName, SecretOption>]: z.output<(typeof OPTIONS)[K]['schema']>;
}>;

type DeepPartial<T> = {
  readonly [K in keyof T]?: T[K] extends Record<string, unknown> ? DeepPartial<T[K]> : T[K];
};

/** What a configuration file, or a caller of the library, may set. */
export type Config = DeepPartial<
  Nested<{
    readonly [K in OptionName]: z.input<(typeof OPTIONS)[K]['schema']>;
  }>
>;
