import yargs from 'yargs';
import { DeckhandError, EXIT, messageOf } from './errors.ts';
import { nearest } from './nearest.ts';
import { OPTION_ROWS } from './options.ts';
import type { RawOptions } from './settings.ts';

export type CommandLine =
  | { readonly command: 'build' | 'doctor'; readonly flags: RawOptions }
  /** `--help` or `--version`: print this and be done. */
  | { readonly command: 'print'; readonly text: string };

const COMMANDS = ['build', 'doctor'] as const;
const DOCTOR_OPTIONS = ['browser', 'sandbox', 'cacheDir', 'offline', 'json', 'config'];

/**
 * Takes a command line apart. Values are not checked here: see `settings.ts`.
 *
 * @throws DeckhandError with exit code 2 for an unknown command or flag, naming the nearest right one.
 */
export async function parseCommandLine(argv: readonly string[], version: string): Promise<CommandLine> {
  let printed = '';
  let problem: string | undefined;
  const parser = yargs()
    .scriptName('deckhand')
    .usage('$0 [build] [decks..]\n\nTurns reveal.js decks into paper: slides, handouts and cheatsheets.')
    .command(['build [decks..]', '$0'], 'build decks (the default)', (command) =>
      withOptions(
        command.positional('decks', { type: 'string', array: true, describe: 'files, folders or globs' }),
        OPTION_ROWS.filter(([name]) => name !== 'decks'),
      ),
    )
    .command('doctor', 'look at the browser, fonts and caches, and say how to mend them', (command) =>
      withOptions(
        command,
        OPTION_ROWS.filter(([name]) => DOCTOR_OPTIONS.includes(name)),
      ),
    )
    // Without aliases stripped: that takes away --help and --version, which have short names.
    .parserConfiguration({ 'camel-case-expansion': false })
    .strictOptions()
    .version(version)
    .alias({ h: 'help', V: 'version' })
    .wrap(100)
    .exitProcess(false)
    .fail((message) => {
      problem = message;
    });
  // yargs itself stumbles over some flags, like --constructor.
  const parsed = await Promise.resolve()
    .then(() =>
      parser.parseAsync([...argv], {}, (_error, _argv, output) => {
        printed = output;
      }),
    )
    .catch((error: unknown) => {
      problem ??= messageOf(error);
      return {};
    });
  const [first] = argv;
  if (problem !== undefined) throw usage(problem, first === 'doctor' ? 'doctor' : 'build');
  if (printed) return { command: 'print', text: printed };
  const {
    _: words,
    $0: _name,
    decks,
    ...flags
  } = parsed as RawOptions & { _: string[]; decks?: string | string[] };
  const isDoctor = words[0] === 'doctor';
  if (isDoctor && words.length > 1) throw usage(`Unknown argument: ${words[1]}`, 'doctor');
  const flagged = argv.slice(0, argv.length - wordsBehindDashes(argv));
  if (flagged.includes('--no-decks')) throw usage('Unknown argument: no-decks', 'build');
  const listed = [decks ?? []].flat();
  checkMistypedCommand(listed);
  // What stands behind `--` is left among the words, after the name of the command.
  const named = [...listed, ...words.slice(words.length - wordsBehindDashes(argv))].map(String);
  const given = OPTION_ROWS.map(([name, row]) => [name, flags[row.flag]] as const);
  return {
    command: isDoctor ? 'doctor' : 'build',
    flags: { ...Object.fromEntries(given), ...(named.length > 0 ? { decks: named } : {}) },
  };
}

function wordsBehindDashes(argv: readonly string[]): number {
  const at = argv.indexOf('--');
  return at === -1 ? 0 : argv.length - at - 1;
}

type Parser = ReturnType<typeof yargs>;

/** No defaults here: what a flag leaves open, the environment or the config file may say. */
function withOptions(parser: unknown, rows: typeof OPTION_ROWS): Parser {
  return rows.reduce((so_far, [, row]) => {
    const shown =
      row.default === undefined || row.type === 'boolean' ? '' : ` [${[row.default].flat().join(',')}]`;
    return so_far.option(row.flag, {
      ...(row.alias ? { alias: row.alias } : {}),
      ...(row.value ? { requiresArg: true } : {}),
      type: row.type === 'boolean' ? 'boolean' : 'string',
      describe: row.help + (shown === ' []' ? '' : shown),
    });
  }, parser as Parser) as Parser;
}

function usage(message: string, command: 'build' | 'doctor'): DeckhandError {
  const unknown = /Unknown arguments?: (.*)/.exec(message)?.[1]?.split(', ')[0];
  const flags = OPTION_ROWS.filter(([name]) => command === 'build' || DOCTOR_OPTIONS.includes(name));
  const near =
    unknown &&
    nearest(
      unknown.replace(/^no-/, ''),
      flags.map(([, row]) => row.flag),
    );
  const text = unknown ? `there is no option --${unknown}` : message.replace(/\n+/g, ' ');
  return new DeckhandError('USAGE', EXIT.usage, text, {
    hint: near ? `did you mean --${near}?` : `see deckhand ${command} --help`,
  });
}

/** `deckhand biuld` would otherwise look for a deck of that name. */
function checkMistypedCommand(decks: readonly string[]): void {
  const [word] = decks;
  if (word === undefined || /[./\\*]/.test(word) || decks.length > 1) return;
  const near = nearest(word, COMMANDS);
  if (!near) return;
  const message = near === word ? `${word} must come first` : `there is no command “${word}”`;
  throw new DeckhandError('USAGE', EXIT.usage, message, {
    hint: `did you mean deckhand ${near}? A folder of this name is ./${word}`,
  });
}
