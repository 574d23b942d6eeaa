import { lstat, readdir, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import type { Artifact } from '../../model/model.ts';
import { type StagedFile, stageFile, syncFolder, unwritable } from '../../system/write-file.ts';
import type { Place } from '../contract/places.ts';
import { type Move, writeJournal } from './journal.ts';
import { below, noteFiles } from './ledger.ts';
import { liesInOutput } from './within-output.ts';

/** An output of a deck, ready to be written. */
export interface OutputFiles {
  /** Absolute path of the deck. */
  readonly deckFile: string;
  readonly place: Place;
  /** Undefined if the deck has no content for the output any more. */
  readonly artifacts: readonly Artifact[];
}

/**
 * Writes the files of one output, all or nothing: they are complete under other names before the first one is renamed. Files
 * of an earlier build that are not replaced are removed, because they would be taken for current ones. Other files stay.
 *
 * @throws DeckhandError with `OUTPUT_UNWRITABLE`
 */
export async function publishOutput(
  { deckFile, place, artifacts }: OutputFiles,
  outputDir: string,
): Promise<void> {
  const staged: StagedFile[] = [];
  try {
    for (const { file, bytes } of artifacts) {
      const final = join(outputDir, file);
      refuseLink(outputDir, final);
      await refuseFolder(final);
      staged.push(await stageFile(final, bytes));
    }
    const made = artifacts.map(({ file }) => file);
    const there = await filesAt(place, outputDir);
    const files = there.filter((file) => liesInOutput(outputDir, join(outputDir, file)));
    const outdated = files.filter((file) => !made.includes(file)).map((file) => join(outputDir, file));
    await move({ deckFile, staged, outdated }, outputDir);
  } catch (error) {
    await Promise.all(staged.map(({ temporary }) => rm(temporary, { force: true })));
    throw unwritable(outputDir, error);
  }
}

/** The existing files of an output from any build, below the output folder. */
export async function filesAt({ folder, holds }: Place, outputDir: string): Promise<string[]> {
  const there = await readdir(join(outputDir, folder), { withFileTypes: true }).catch(() => []);
  const files = there.filter((one) => one.isFile() && holds(one.name));
  return files.map(({ name }) => `${folder}/${name}`).sort();
}

async function move(all: Move, outputDir: string): Promise<void> {
  const { deckFile, staged, outdated } = all;
  const steps = staged.length + outdated.length;
  if (steps === 0) return;
  const deck = below(outputDir, deckFile);
  const added = staged.map(({ final }) => below(outputDir, final));
  const removed = outdated.map((file) => below(outputDir, file));
  // A single file appears or disappears in one step anyway.
  const journal = steps > 1 ? await writeJournal(all, outputDir) : undefined;
  try {
    // The ledger comes first: a file that it does not name would never be removed.
    await noteFiles(outputDir, { deck, added, removed: [] });
    for (const { temporary, final } of staged) await rename(temporary, final);
    for (const file of outdated) await rm(file, { force: true });
    await noteFiles(outputDir, { deck, added: [], removed });
    await syncFolders([...staged.map(({ final }) => final), ...outdated], outputDir);
  } finally {
    if (journal) await rm(journal, { force: true });
  }
}

/** Up to the output folder, because the folders may be as new as the files in them. */
async function syncFolders(files: readonly string[], outputDir: string): Promise<void> {
  const folders = new Set<string>();
  for (const file of files)
    for (let folder = dirname(file); !folders.has(folder); folder = dirname(folder)) {
      folders.add(folder);
      if (folder === outputDir) break;
    }
  for (const folder of folders) await syncFolder(folder);
}

/** Nothing is written, or removed, if a symbolic link leads out of the output folder. */
function refuseLink(outputDir: string, final: string): void {
  if (!liesInOutput(outputDir, final))
    throw new Error(`a symbolic link leads outside it, at ${dirname(final)}`);
}

/** Checked before the first file is renamed, because that cannot be undone. */
async function refuseFolder(final: string): Promise<void> {
  const there = await lstat(final).catch(() => undefined);
  if (there?.isDirectory()) throw new Error(`${final} is a folder`);
}
