import { resolve } from 'node:path';
import { EXIT, type ExitCode } from '../model/errors.ts';
import type { Settings } from '../settings/options.ts';
import { cacheFolder } from '../system/cache-root.ts';
import { type CommandIo, writeJson, writeLine } from './io.ts';

/** `deckhand doctor`. It checks the browser that a build would start. */
export async function runDoctor(
  settings: Settings,
  { cwd, env, stdout, signal }: CommandIo,
): Promise<ExitCode> {
  const { diagnose, formatDoctor } = await import('./doctor.ts');
  const cacheDir = cacheFolder(settings.cacheDir, cwd, env);
  const browser = settings.browser && resolve(cwd, settings.browser);
  const nodeVersion = process.versions.node;
  const report = await diagnose({ ...settings, browser, env, cacheDir, nodeVersion }, signal);
  if (settings.json) writeJson(stdout, report);
  else writeLine(stdout, formatDoctor(report));
  return report.checks.some((check) => check.status === 'error') ? EXIT.environment : EXIT.ok;
}
