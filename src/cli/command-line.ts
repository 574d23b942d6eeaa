import yargs from 'yargs';
import { DeckhandError, EXIT, messageOf } from '../model/errors.ts';
import type { Row } from '../settings/option-row.ts';
import { OPTION_ROWS, type OptionName } from '../settings/options.ts';
import type { RawOptions } from '../settings/settings.ts';
import { nearest } from '../text/nearest.ts';
import { refuseDecktapeCall } from './decktape-call.ts';
import { REVEAL_MD_FLAGS, translateRevealMdFlags } from './reveal-md-flags.ts';

export type CommandLine =
  | {
      readonly command: Exclude<Command, 'cache'>;
      readonly flags: RawOptions;
      /** Warnings about flags that have no effect. */
      readonly notices: readonly string[];
    }
  | {
      readonly command: 'cache';
      readonly action: CacheAction;
      readonly flags: RawOptions;
      readonly notices: readonly string[];
    }
  /** `--help` or `--version`: print this text and exit. */
  | { readonly command: 'print'; readonly text: string };

const CACHE_ACTIONS = ['show', 'verify', 'clear'] as const;
export type CacheAction = (typeof CACHE_ACTIONS)[number];

export type Command = 'build' | 'check' | 'vendor' | 'doctor' | 'init' | 'cache';

type Rows = typeof OPTION_ROWS;

const named = (names: readonly OptionName[]): Rows => OPTION_ROWS.filter(([name]) => names.includes(name));

const flagged = OPTION_ROWS.filter(([name, row]) => row.flag !== undefined && name !== 'decks');

function isOfBuilds({ topic }: Row): boolean {
  return topic !== 'vendor' && topic !== 'init';
}

/** The options that each command takes. */
const COMMANDS: Readonly<Record<Command, Rows>> = {
  build: flagged.filter(([, row]) => isOfBuilds(row)),
  check: flagged.filter(
    ([name, row]) => isOfBuilds(row) && !['output', 'clean', 'explain', 'print'].includes(name),
  ),
  vendor: [
    ...flagged.filter(([, row]) => row.topic === 'vendor'),
    ...named(['imageMirror', 'images.archive', 'images.contact', 'offline', 'jobs', 'timeout', 'browser']),
    ...named(['sandbox', 'cacheDir', 'json', 'quiet', 'verbose', 'config']),
    ...flagged.filter(([, row]) => row.topic === 'limits'),
  ],
  doctor: named(['browser', 'sandbox', 'cacheDir', 'offline', 'json', 'config']),
  init: flagged.filter(([, row]) => row.topic === 'init'),
  cache: named(['cacheDir', 'cacheLimit', 'json', 'config']),
};

/**
 * Parses a command line into a command and its flags. Values are not checked here: see `settings.ts`.
 *
 * @throws DeckhandError with exit code 2 for an unknown command or flag, with the closest valid name as its hint.
 */
export async function parseCommandLine(argv: readonly string[], version: string): Promise<CommandLine> {
  refuseDecktapeCall(argv);
  let printed = '';
  let problem: string | undefined;
  const parser = yargs()
    .scriptName('deckhand')
    .usage('$0 [build] [decks..]\n\nTurns reveal.js decks into paper: slides, handouts and cheatsheets.')
    .command(['build [decks..]', '$0'], 'build decks (the default)', (command) =>
      withOptions(
        command.positional('decks', { type: 'string', array: true, describe: 'files, folders or globs' }),
        COMMANDS.build,
        REVEAL_MD_FLAGS,
      ),
    )
    .command(
      'check [decks..]',
      'report the problems that a build would report, without writing files',
      (command) =>
        withOptions(
          command.positional('decks', { type: 'string', array: true, describe: 'files, folders or globs' }),
          COMMANDS.check,
          REVEAL_MD_FLAGS,
        ),
    )
    .command('vendor [decks..]', 'store the remote images of decks in the repository', (command) =>
      withOptions(
        command.positional('decks', { type: 'string', array: true, describe: 'files, folders or globs' }),
        COMMANDS.vendor,
      ),
    )
    .command('doctor', 'check the browser, fonts and cache, and show how to fix problems', (command) =>
      withOptions(command, COMMANDS.doctor),
    )
    .command(
      'init',
      'show how the decks in this folder will be read, and write a configuration file',
      (command) => withOptions(command, COMMANDS.init),
    )
    .command(
      'cache [action]',
      'show, verify or clear the cache of downloaded and converted images',
      (command) =>
        withOptions(
          command.positional('action', { choices: CACHE_ACTIONS, default: 'show', describe: 'what to do' }),
          COMMANDS.cache,
        ),
    )
    // Aliases are not stripped: that would remove --help and --version, which have short names.
    .parserConfiguration({ 'camel-case-expansion': false })
    .strictOptions()
    .version(version)
    .alias({ h: 'help', V: 'version' })
    .wrap(100)
    .exitProcess(false)
    .fail((message) => {
      problem = message;
    });
  // yargs throws for some flags, such as --constructor.
  const parsed = await Promise.resolve()
    .then(() =>
      parser.parseAsync(withoutDefaultCommand(argv), {}, (_error, _argv, output) => {
        printed = output;
      }),
    )
    .catch((error: unknown) => {
      problem ??= messageOf(error);
      return {};
    });
  const asked = commandOf(argv[0]);
  if (problem !== undefined) throw usage(problem, asked);
  if (printed) return { command: 'print', text: printed };
  const {
    _: words,
    $0: _name,
    decks,
    action,
    ...flags
  } = parsed as RawOptions & { _: string[]; decks?: string | string[]; action?: CacheAction };
  const command = commandOf(words[0]);
  if (['doctor', 'init', 'cache'].includes(command) && words.length > 1)
    throw usage(`Unknown argument: ${words[1]}`, command);
  const beforeDashes = argv.slice(0, argv.length - wordsBehindDashes(argv));
  if (beforeDashes.includes('--no-decks')) throw usage('Unknown argument: no-decks', command);
  const listed = [decks ?? []].flat();
  if (command === 'build') checkMistypedCommand(listed);
  // Words after `--` are left in `_`, after the name of the command.
  const decksNamed = [...listed, ...words.slice(words.length - wordsBehindDashes(argv))].map(String);
  const given = COMMANDS[command].map(([name, row]) => [name, flags[row.flag ?? '']] as const);
  if (command === 'cache')
    return { command, action: action ?? 'show', flags: Object.fromEntries(given), notices: [] };
  const foreign = translateRevealMdFlags(takesForeignFlags(command) ? flags : {});
  return {
    command,
    flags: {
      ...foreign.flags,
      ...Object.fromEntries(given.filter(([name, value]) => value !== undefined || !(name in foreign.flags))),
      ...(decksNamed.length > 0 ? { decks: decksNamed } : {}),
    },
    notices: foreign.notices,
  };
}

/** Scripts that were written for reveal-md may pass its flags. */
function takesForeignFlags(command: Command): boolean {
  return command === 'build' || command === 'check';
}

function commandOf(word: unknown): Command {
  return typeof word === 'string' && Object.hasOwn(COMMANDS, word) ? (word as Command) : 'build';
}

function wordsBehindDashes(argv: readonly string[]): number {
  const at = argv.indexOf('--');
  return at === -1 ? 0 : argv.length - at - 1;
}

type Parser = ReturnType<typeof yargs>;

/** Headings of the options in the help, in their order. */
const GROUPS = [
  'Most used:',
  'Handout and cheatsheet:',
  'Options:',
  'Deck, as in reveal-md:',
  'Limits for images:',
] as const;

function groupOf({ isCommon, topic }: Row): (typeof GROUPS)[number] {
  if (isCommon) return 'Most used:';
  switch (topic) {
    case 'paper':
      return 'Handout and cheatsheet:';
    case 'deck':
      return 'Deck, as in reveal-md:';
    case 'limits':
      return 'Limits for images:';
    case 'init':
    case 'vendor':
    case undefined:
      return 'Options:';
    default:
      return topic satisfies never;
  }
}

/**
 * Whenever yargs parses a command that was named, it composes the help of that command, which takes 70 ms. It does not for the
 * default command, which is the most frequent one.
 */
function withoutDefaultCommand(argv: readonly string[]): string[] {
  const [command, ...others] = argv;
  const isHelp = argv.some((word) => /^(--help|-\w*h)/.test(word));
  // `deckhand build check` builds a folder of that name.
  return command === 'build' && !isHelp && !Object.hasOwn(COMMANDS, others[0] ?? '') ? others : [...argv];
}

/** No defaults here, because the environment or the configuration file may set what the command line does not. */
function withOptions(parser: unknown, rows: Rows, foreign: typeof REVEAL_MD_FLAGS = {}): Parser {
  // yargs lists groups in the order in which they are created.
  const ordered = GROUPS.flatMap((group) => rows.filter(([, row]) => groupOf(row) === group));
  const own = ordered.reduce((soFar, [, row]) => {
    if (row.flag === undefined) return soFar;
    const shown =
      row.default === undefined || row.type === 'boolean' ? '' : ` [${[row.default].flat().join(',')}]`;
    return soFar.option(row.flag, {
      ...(row.alias ? { alias: row.alias } : {}),
      ...(row.value && !row.isValueOptional ? { requiresArg: true } : {}),
      type: row.type === 'boolean' ? 'boolean' : 'string',
      describe: (row.value ? `${row.value}: ` : '') + row.help + (shown === ' []' ? '' : shown),
      group: groupOf(row),
    });
  }, parser as Parser) as Parser;
  return Object.entries(foreign).reduce((soFar, [flag, { type, alias }]) => {
    return soFar.option(flag, { type, hidden: true, ...(alias ? { alias } : {}) });
  }, own) as Parser;
}

function usage(message: string, command: Command): DeckhandError {
  const unknown = /Unknown arguments?: (.*)/.exec(message)?.[1]?.split(', ')[0];
  const near =
    unknown &&
    nearest(
      unknown.replace(/^no-/, ''),
      COMMANDS[command].flatMap(([, row]) => row.flag ?? []),
    );
  const text = unknown ? `there is no option --${unknown}` : message.replace(/\n+/g, ' ');
  return new DeckhandError('USAGE', EXIT.usage, text, {
    hint: near ? `did you mean --${near}?` : `see deckhand ${command} --help`,
  });
}

/** Otherwise `deckhand biuld` would look for a deck with that name. */
function checkMistypedCommand(decks: readonly string[]): void {
  const [word] = decks;
  if (word === undefined || /[./\\*]/.test(word)) return;
  const near = nearest(word, Object.keys(COMMANDS));
  if (!near) return;
  const message = near === word ? `${word} must come first` : `there is no command “${word}”`;
  throw new DeckhandError('USAGE', EXIT.usage, message, {
    hint: `did you mean deckhand ${near}? A folder of this name is ./${word}`,
  });
}
