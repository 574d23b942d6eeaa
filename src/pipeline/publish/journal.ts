import { lstatSync } from 'node:fs';
import { readdir, readFile, rename, rm } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import * as z from 'zod';
import { isAbandoned, isTemporaryName, temporaryName } from '../../system/temporary-name.ts';
import { type StagedFile, writeFileWhole } from '../../system/write-file.ts';
import { below, isBelow, noteFiles } from './ledger.ts';
import { liesInOutput } from './within-output.ts';

/** Several files cannot be renamed in one step. So the planned changes are written down first. */
export interface Move {
  /** Absolute path of the deck. */
  readonly deckFile: string;
  readonly staged: readonly StagedFile[];
  /** Files of an earlier build to be removed, as absolute paths. */
  readonly outdated: readonly string[];
}

/** All paths are relative to the output folder. */
const journalSchema = z.object({
  deck: z.string(),
  staged: z.array(z.object({ temporary: z.string(), final: z.string() })),
  outdated: z.array(z.string()),
});

const SUFFIX = '.journal';

/** @returns the journal, to be removed after all changes. */
export async function writeJournal({ deckFile, staged, outdated }: Move, outputDir: string): Promise<string> {
  const relative = (path: string): string => below(outputDir, path);
  const text = JSON.stringify({
    deck: relative(deckFile),
    staged: staged.map(({ temporary, final }) => ({
      temporary: relative(temporary),
      final: relative(final),
    })),
    outdated: outdated.map(relative),
  });
  const journal = join(outputDir, `${temporaryName()}${SUFFIX}`);
  await writeFileWhole(journal, text);
  return journal;
}

/** Completes what killed builds had begun to publish. Running builds are not affected. */
export async function finishJournals(outputDir: string): Promise<void> {
  for (const name of await readdir(outputDir).catch(() => []))
    if (name.endsWith(SUFFIX) && isAbandoned(name)) await finishJournal(join(outputDir, name), outputDir);
}

async function finishJournal(journal: string, outputDir: string): Promise<void> {
  const noted = await readJournal(journal);
  if (!noted) return;
  const { deck, staged, outdated } = noted;
  // An output folder may come from elsewhere, and a forged journal must not affect files outside of it.
  const moves = staged.filter(
    ({ temporary, final }) =>
      isBelow(temporary) &&
      isBelow(final) &&
      isTemporaryName(basename(temporary)) &&
      dirname(temporary) === dirname(final) &&
      liesInOutput(outputDir, join(outputDir, final)) &&
      !isFolder(join(outputDir, final)),
  );
  const gone = outdated.filter(
    (file) =>
      isBelow(file) && liesInOutput(outputDir, join(outputDir, file)) && !isFolder(join(outputDir, file)),
  );
  await noteFiles(outputDir, { deck, added: moves.map(({ final }) => final), removed: [] });
  for (const { temporary, final } of moves)
    if (exists(join(outputDir, temporary))) await rename(join(outputDir, temporary), join(outputDir, final));
  for (const file of gone) await rm(join(outputDir, file), { force: true });
  await noteFiles(outputDir, { deck, added: [], removed: gone });
  await rm(journal);
}

/** Undefined if it is damaged, and so not ours: journals are written as a whole. */
async function readJournal(journal: string): Promise<z.infer<typeof journalSchema> | undefined> {
  try {
    return journalSchema.parse(JSON.parse(await readFile(journal, 'utf8')));
  } catch {
    return undefined;
  }
}

function exists(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false }) !== undefined;
}

function isFolder(path: string): boolean {
  return lstatSync(path, { throwIfNoEntry: false })?.isDirectory() === true;
}
