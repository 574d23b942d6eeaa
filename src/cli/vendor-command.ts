import type { ExitCode } from '../model/errors.ts';
import type { Settings } from '../settings/options.ts';
import type { Secrets } from '../settings/secrets.ts';
import { type CommandIo, writeJson, writeLine } from './io.ts';
import { plainReporter, worthPrinting } from './reporters.ts';

interface VendorPlace {
  readonly decksFolder: string;
  readonly secrets: Secrets;
}

/** `deckhand vendor`. */
export async function runVendor(
  settings: Settings,
  { decksFolder, secrets }: VendorPlace,
  io: CommandIo,
): Promise<ExitCode> {
  const { formatVendorLine, formatVendorSummary, isProblem, vendorDecks } = await import(
    '../vendoring/vendor.ts'
  );
  const { stdout, stderr } = io;
  const { onProgress, finish } = plainReporter(settings, (line) => writeLine(stderr, line));
  const report = await vendorDecks(settings, { ...io, decksFolder, secrets, onProgress });
  await finish();
  for (const line of worthPrinting(report.diagnostics, settings)) writeLine(stderr, line);
  if (settings.json) writeJson(stdout, report);
  else {
    const shown = settings.quiet ? report.lines.filter(isProblem) : report.lines;
    for (const line of shown) writeLine(stdout, formatVendorLine(line));
  }
  if (!settings.quiet) writeLine(stderr, formatVendorSummary(report));
  return report.exitCode;
}
