#!/usr/bin/env node
import { type BuildPlace, buildDecks } from './build.ts';
import { cacheRoot } from './cache-root.ts';
import { type CommandLine, parseCommandLine } from './command-line.ts';
import { loadConfigFile } from './config-file.ts';
import { DeckhandError, EXIT, type ExitCode } from './errors.ts';
import type { Settings } from './options.ts';
import { formatExplanation } from './pipeline/explanation.ts';
import { formatSummary } from './pipeline/report.ts';
import { plainReporter, terminalReporter, worthPrinting } from './reporters.ts';
import { resolveSettings } from './settings.ts';
import { packageVersion } from './version.ts';

// The only file that touches the process.

/** What the process was told to stop by. */
class Interrupted extends Error {
  readonly exitCode: ExitCode;
  constructor(exitCode: ExitCode) {
    super('interrupted');
    this.exitCode = exitCode;
  }
}

const toStderr = (line: string): void => void process.stderr.write(`${line}\n`);
const toStdout = (line: string): void => void process.stdout.write(`${line}\n`);

async function main(argv: readonly string[], signal: AbortSignal): Promise<ExitCode> {
  const version = packageVersion();
  const commandLine = await parseCommandLine(argv, version);
  if (commandLine.command === 'print') {
    toStdout(commandLine.text);
    return EXIT.ok;
  }
  const { settings, decksFolder } = await settle(commandLine);
  if (commandLine.command === 'doctor') return doctor(settings, signal);
  if (commandLine.command === 'vendor') return vendor(settings, decksFolder, signal);
  return build(settings, { decksFolder, isDry: commandLine.command === 'check' }, signal);
}

async function settle(commandLine: Extract<CommandLine, { flags: unknown }>) {
  const { env } = process;
  const named = commandLine.flags.config ?? env.DECKHAND_CONFIG;
  const config = await loadConfigFile(named === undefined ? undefined : String(named), process.cwd());
  const settings = resolveSettings({ flags: commandLine.flags, env, config });
  const { decks: _, ...others } = commandLine.flags;
  // Where decks usually lie decides what outputs are called, even for a build of a single one.
  const decksFolder = resolveSettings({ flags: others, env, config }).decks[0] ?? 'decks';
  return { settings, decksFolder };
}

async function build(
  settings: Settings,
  place: Pick<BuildPlace, 'decksFolder' | 'isDry'>,
  signal: AbortSignal,
): Promise<ExitCode> {
  const onTerminal =
    process.stdout.isTTY &&
    process.stderr.isTTY &&
    !process.env.CI &&
    !settings.quiet &&
    !settings.verbose &&
    !settings.json;
  const reporter = onTerminal ? terminalReporter(toStderr) : plainReporter(settings, toStderr);
  try {
    const { onProgress } = reporter;
    const report = await buildDecks(settings, { ...place, onProgress, signal });
    await reporter.finish();
    for (const line of report.decks.flatMap((deck) => worthPrinting(deck.diagnostics, settings)))
      toStderr(line);
    const failed = report.decks.filter((deck) => deck.outputs.length === 0 && hasError(deck)).length;
    const untold = report.decks.some(({ diagnostics }) =>
      diagnostics.some(({ severity }) => severity === 'info'),
    );
    const more = untold && !settings.verbose ? ' (--verbose shows notes)' : '';
    if (!settings.quiet)
      toStderr(
        `${formatSummary(report.decks, failed)} — ${place.isDry ? 'nothing written' : settings.output}${more}`,
      );
    if (settings.json) toStdout(JSON.stringify(report, null, 2));
    else for (const line of report.decks.flatMap(formatExplanation)) toStdout(line);
    return report.exitCode as ExitCode;
  } catch (error) {
    await reporter.finish();
    if (settings.json && error instanceof DeckhandError) {
      const { code, message, hint, exitCode } = error;
      toStdout(
        JSON.stringify({ version: packageVersion(), exitCode, error: { code, message, hint }, decks: [] }),
      );
    }
    throw error;
  }
}

async function vendor(settings: Settings, decksFolder: string, signal: AbortSignal): Promise<ExitCode> {
  const { formatVendorLine, formatVendorSummary, isProblem, vendorDecks } = await import(
    './vendor/vendor.ts'
  );
  const { onProgress, finish } = plainReporter(settings, toStderr);
  const report = await vendorDecks(settings, { decksFolder, onProgress, signal });
  await finish();
  for (const line of worthPrinting(report.diagnostics, settings)) toStderr(line);
  if (settings.json) toStdout(JSON.stringify(report, null, 2));
  else {
    const shown = settings.quiet ? report.lines.filter(isProblem) : report.lines;
    for (const line of shown) toStdout(formatVendorLine(line));
  }
  if (!settings.quiet) toStderr(formatVendorSummary(report));
  return report.exitCode;
}

function hasError(deck: { readonly diagnostics: readonly { readonly severity: string }[] }): boolean {
  return deck.diagnostics.some((one) => one.severity === 'error');
}

async function doctor(settings: Settings, signal: AbortSignal): Promise<ExitCode> {
  const { diagnose, formatDoctor } = await import('./doctor.ts');
  const { env } = process;
  const cacheDir = settings.cacheDir ?? cacheRoot(env);
  const report = await diagnose({ ...settings, env, cacheDir, nodeVersion: process.versions.node }, signal);
  toStdout(settings.json ? JSON.stringify(report, null, 2) : formatDoctor(report));
  return report.checks.some((check) => check.status === 'error') ? EXIT.environment : EXIT.ok;
}

/** The one place where errors end. */
function explain(error: unknown): ExitCode {
  if (error instanceof Interrupted) return error.exitCode;
  if (error instanceof DeckhandError) {
    toStderr(`error: ${error.message} [${error.code}]${error.hint ? `\n    ${error.hint}` : ''}`);
    if (process.argv.includes('--verbose') && error.cause)
      toStderr(String((error.cause as Error).stack ?? error.cause));
    return error.exitCode;
  }
  toStderr(
    `This is a bug in Deckhand. Please report it with the lines below.\n${(error as Error)?.stack ?? error}`,
  );
  return EXIT.bug;
}

const controller = new AbortController();
const stop = (exitCode: ExitCode) => () => {
  // Asked twice, it leaves at once.
  if (controller.signal.aborted) process.exit(exitCode);
  controller.abort(new Interrupted(exitCode));
};
process.on('SIGINT', stop(EXIT.interrupted));
process.on('SIGTERM', stop(EXIT.terminated));
// `deckhand … | head` is no failure.
process.stdout.on('error', () => undefined);

process.exitCode = await main(process.argv.slice(2), controller.signal).catch(explain);
