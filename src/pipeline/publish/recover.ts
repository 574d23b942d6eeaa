import { readdir, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { isAbandoned } from '../../system/temporary-name.ts';
import { unwritable } from '../../system/write-file.ts';
import { finishJournals } from './journal.ts';
import { filesInLedger } from './ledger.ts';
import { liesInOutput } from './within-output.ts';

/**
 * Cleans up after killed builds in an output folder: outputs that were about to appear are completed, unfinished files are
 * removed.
 *
 * @param folders below the output folder, in which builds may have written.
 */
export async function recoverOutputDir(outputDir: string, folders: readonly string[]): Promise<void> {
  try {
    await finishJournals(outputDir);
    const known = (await filesInLedger(outputDir)).map((file) => dirname(file));
    for (const folder of new Set(['.', ...folders, ...known])) {
      const path = join(outputDir, folder);
      if (!liesInOutput(outputDir, join(path, 'any'))) continue;
      for (const name of await readdir(path).catch(() => []))
        if (isAbandoned(name)) await rm(join(path, name), { force: true });
    }
  } catch (error) {
    throw unwritable(outputDir, error);
  }
}
