import { join } from 'node:path';
import { CACHES } from '../images/cache/cache.ts';
import { cacheSize, clearCache, verifyCache } from '../images/cache/cache-size.ts';
import { EXIT, type ExitCode } from '../model/errors.ts';
import type { Settings } from '../settings/options.ts';
import { cacheFolder } from '../system/cache-root.ts';
import type { CacheAction } from './command-line.ts';
import { type CommandIo, writeJson, writeLine } from './io.ts';

/** `deckhand cache`: shows the disk space of cached images and renditions, verifies them, or removes them. */
export async function runCache(
  action: CacheAction,
  settings: Settings,
  { cwd, env, stdout }: CommandIo,
): Promise<ExitCode> {
  const folder = cacheFolder(settings.cacheDir, cwd, env);
  const caches = [];
  for (const name of CACHES) {
    const dir = join(folder, name);
    const verified = action === 'verify' ? await verifyCache(dir) : undefined;
    if (action === 'clear') await clearCache(dir);
    caches.push({ name, ...(await cacheSize(dir)), ...verified });
  }
  const limitBytes = settings.cacheLimit * 2 ** 20;
  if (settings.json) writeJson(stdout, { folder, limitBytes, caches });
  else {
    writeLine(stdout, folder);
    for (const { name, files, bytes, removed } of caches) {
      const more = removed === undefined ? '' : `, ${removed} damaged or unused removed`;
      writeLine(stdout, `${name.padEnd(10)} ${mebibytes(bytes).padStart(9)}  ${files} files${more}`);
    }
    const total = caches.reduce((sum, { bytes }) => sum + bytes, 0);
    writeLine(stdout, `${'total'.padEnd(10)} ${mebibytes(total).padStart(9)}  of ${mebibytes(limitBytes)}`);
  }
  return EXIT.ok;
}

function mebibytes(bytes: number): string {
  return `${(bytes / 2 ** 20).toFixed(1)} MiB`;
}
