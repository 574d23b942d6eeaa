import { DeckhandError, type ExitCode } from '../model/errors.ts';
import type { RunReport } from '../model/model.ts';
import { type BuildPlace, buildDecks } from '../pipeline/build.ts';
import { formatExplanation } from '../pipeline/report/explanation.ts';
import { formatShortfalls } from '../pipeline/report/outputs.ts';
import { countFailed, formatSummary } from '../pipeline/report/report.ts';
import type { Settings } from '../settings/options.ts';
import { packageVersion } from '../system/version.ts';
import { type CommandIo, writeJson, writeLine } from './io.ts';
import { plainReporter, terminalReporter, worthPrinting } from './reporters.ts';

type CommandPlace = Pick<BuildPlace, 'decksFolder' | 'isDry' | 'secrets' | 'usual'>;

/** `deckhand build` and `deckhand check`. */
export async function runBuild(settings: Settings, place: CommandPlace, io: CommandIo): Promise<ExitCode> {
  const { stdout, stderr } = io;
  const toStderr = (line: string): void => writeLine(stderr, line);
  const reporter = showsDisplay(settings, io)
    ? terminalReporter(toStderr)
    : plainReporter({ ...settings, isCheck: place.isDry ?? false }, toStderr);
  try {
    const { onProgress } = reporter;
    const report = await buildDecks(settings, { ...io, ...place, onProgress });
    await reporter.finish();
    sayHowItWent(report, settings, place, toStderr);
    if (settings.json) writeJson(stdout, report);
    else for (const line of report.decks.flatMap(formatExplanation)) writeLine(stdout, line);
    return report.exitCode as ExitCode;
  } catch (error) {
    await reporter.finish();
    if (settings.json && error instanceof DeckhandError) {
      const { code, message, hint, exitCode } = error;
      writeJson(stdout, { version: packageVersion(), exitCode, error: { code, message, hint }, decks: [] });
    }
    throw error;
  }
}

function showsDisplay(settings: Settings, { stdout, stderr, env }: CommandIo): boolean {
  const onTerminal = stdout.isTTY === true && stderr.isTTY === true && !env.CI;
  return onTerminal && !settings.quiet && !settings.verbose && !settings.json;
}

function sayHowItWent(
  report: RunReport,
  settings: Settings,
  place: CommandPlace,
  say: (line: string) => void,
): void {
  const diagnostics = report.decks.flatMap((deck) => deck.diagnostics);
  for (const line of worthPrinting(diagnostics, settings)) say(line);
  for (const line of report.decks.flatMap(formatShortfalls)) say(line);
  if (settings.quiet) return;
  const failed = countFailed(report.decks);
  const untold = report.decks.some(({ diagnostics }) =>
    diagnostics.some(({ severity }) => severity === 'info'),
  );
  const more = untold && !settings.verbose ? ' (--verbose shows notes)' : '';
  const summary = formatSummary(report.decks, failed, { isCheck: place.isDry ?? false });
  const where = place.isDry ? 'a check writes no files' : placesWritten(settings, place).join(' and ');
  say(`${summary} — ${where}${more}`);
}

function placesWritten({ output, print }: Settings, { usual }: CommandPlace): string[] {
  const named =
    print === undefined ? [] : [print || 'PDFs in the working directory, named after their decks'];
  return [...named, ...(usual?.length === 0 ? [] : [output])];
}
