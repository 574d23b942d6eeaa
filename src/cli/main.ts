import { DeckhandError, EXIT, type ExitCode } from '../model/errors.ts';
import type { OutputKind } from '../model/output-kinds.ts';
import { loadConfigFile } from '../settings/config-file.ts';
import type { Settings } from '../settings/options.ts';
import { type RawOptions, resolveOptions, resolveSettings } from '../settings/settings.ts';
import { packageVersion } from '../system/version.ts';
import { lineOrStack, oneLine } from '../text/plain-text.ts';
import { type CommandLine, parseCommandLine } from './command-line.ts';
import { Interrupted } from './interrupted.ts';
import { type CommandIo, writeLine } from './io.ts';

/**
 * The whole command: `deckhand` with these arguments, in the environment that `io` describes.
 *
 * @returns the exit code. Never throws: errors are printed on `stderr`.
 */
export async function main(argv: readonly string[], io: CommandIo): Promise<ExitCode> {
  try {
    return await run(argv, io);
  } catch (error) {
    return explain(error, argv, io);
  }
}

async function run(argv: readonly string[], io: CommandIo): Promise<ExitCode> {
  const commandLine = await parseCommandLine(argv, packageVersion());
  if (commandLine.command === 'print') {
    writeLine(io.stdout, commandLine.text);
    return EXIT.ok;
  }
  const { settings, ...place } = await settle(commandLine, io);
  for (const notice of commandLine.notices) writeLine(io.stderr, `warning: ${oneLine(notice)}`);
  switch (commandLine.command) {
    case 'cache':
      return (await import('./cache-command.ts')).runCache(commandLine.action, settings, io);
    case 'doctor':
      return (await import('./doctor-command.ts')).runDoctor(settings, io);
    case 'init':
      return (await import('./init-command.ts')).runInit(settings, io);
    case 'vendor':
      return (await import('./vendor-command.ts')).runVendor(settings, place, io);
    case 'build':
    case 'check':
      return (await import('./build-command.ts')).runBuild(
        settings,
        { ...place, isDry: commandLine.command === 'check' },
        io,
      );
    default:
      return commandLine satisfies never;
  }
}

async function settle(commandLine: Extract<CommandLine, { flags: unknown }>, { cwd, env }: CommandIo) {
  const named = commandLine.flags.config ?? env.DECKHAND_CONFIG;
  const config = await loadConfigFile(named === undefined ? undefined : String(named), cwd);
  const { settings, secrets } = resolveOptions({ flags: commandLine.flags, env, config });
  const { decks: _, ...others } = commandLine.flags;
  // The usual folder of decks determines the names of outputs, even for a build of a single deck.
  const decksFolder = resolveSettings({ flags: others, env, config }).decks[0] ?? 'decks';
  return { ...withPrint(settings, commandLine.flags), secrets, decksFolder };
}

/** `--print FILE` alone writes that file and nothing else, as in reveal-md. */
function withPrint(
  settings: Settings,
  flags: RawOptions,
): { readonly settings: Settings; readonly usual?: readonly OutputKind[] } {
  if (settings.print === undefined) return { settings };
  const isAlone = flags.only === undefined && flags.output === undefined;
  const usual = isAlone ? [] : settings.only;
  return { settings: { ...settings, only: [...new Set([...usual, 'slides' as const])] }, usual };
}

/** The only place where errors are turned into an exit code. */
function explain(error: unknown, argv: readonly string[], { stderr }: CommandIo): ExitCode {
  if (error instanceof Interrupted) return error.exitCode;
  if (error instanceof DeckhandError) {
    writeLine(stderr, `error: ${lineOrStack(error.message)} [${error.code}]`);
    if (error.hint) writeLine(stderr, `    ${oneLine(error.hint)}`);
    if (argv.includes('--verbose') && error.cause)
      writeLine(stderr, String((error.cause as Error).stack ?? error.cause));
    return error.exitCode;
  }
  writeLine(
    stderr,
    `This is a bug in Deckhand. Please report it with the lines below.\n${(error as Error)?.stack ?? error}`,
  );
  return EXIT.bug;
}
