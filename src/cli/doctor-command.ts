import { cacheRoot } from '../cache-root.ts';
import { EXIT, type ExitCode } from '../errors.ts';
import type { Settings } from '../options.ts';
import { type CommandIo, writeLine } from './io.ts';

/** `deckhand doctor`. It looks at the browser that a build would start, whichever one is there already. */
export async function runDoctor(settings: Settings, { env, stdout, signal }: CommandIo): Promise<ExitCode> {
  const { diagnose, formatDoctor } = await import('../doctor.ts');
  const cacheDir = settings.cacheDir ?? cacheRoot(env);
  const report = await diagnose({ ...settings, env, cacheDir, nodeVersion: process.versions.node }, signal);
  writeLine(stdout, settings.json ? JSON.stringify(report, null, 2) : formatDoctor(report));
  return report.checks.some((check) => check.status === 'error') ? EXIT.environment : EXIT.ok;
}
