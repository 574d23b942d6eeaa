import { existsSync, lstatSync } from 'node:fs';
import { readdir, readFile, rm, rmdir } from 'node:fs/promises';
import { dirname, join, relative, resolve, sep } from 'node:path';
import * as z from 'zod';
import { writeFileWhole } from '../../system/write-file.ts';
import { liesInOutput } from './within-output.ts';

/** Which deck every file in an output folder came from, over all builds. `--clean` uses it. */
const ledgerSchema = z.record(z.string(), z.array(z.string()));
type Ledger = z.infer<typeof ledgerSchema>;

const LEDGER_NAME = '.deckhand.json';

/** The files of one deck that were added to the output folder, and removed. */
export interface LedgerChange {
  /** Path of the deck, as {@link below} gives it. */
  readonly deck: string;
  readonly added: readonly string[];
  readonly removed: readonly string[];
}

/** A path as the ledger has it: relative to the output folder, with `/`. */
export function below(outputDir: string, path: string): string {
  return relative(outputDir, path).replaceAll(sep, '/');
}

/** Records files that are about to appear, or were removed. Writes nothing if that is recorded already. */
export async function noteFiles(outputDir: string, { deck, added, removed }: LedgerChange): Promise<void> {
  const ledger = await readLedger(outputDir);
  const known = ledger[deck] ?? [];
  const files = [...new Set([...known, ...added])].filter((file) => !removed.includes(file)).sort();
  if (files.join('\0') === known.join('\0')) return;
  if (files.length > 0) ledger[deck] = files;
  else delete ledger[deck];
  await writeLedger(outputDir, ledger);
}

/** All files known to be ours, below the output folder. */
export async function filesInLedger(outputDir: string): Promise<string[]> {
  return Object.values(await readLedger(outputDir))
    .flat()
    .filter(isBelow);
}

/** Removes the outputs of decks that no longer exist. Returns what it removed. */
export async function removeGoneDecks(outputDir: string): Promise<string[]> {
  const ledger = await readLedger(outputDir);
  const removed = await removeGone(outputDir, ledger);
  await writeLedger(outputDir, ledger);
  return removed;
}

async function writeLedger(outputDir: string, ledger: Ledger): Promise<void> {
  const sorted = Object.fromEntries(Object.entries(ledger).sort(([a], [b]) => (a < b ? -1 : 1)));
  await writeFileWhole(join(outputDir, LEDGER_NAME), `${JSON.stringify(sorted, null, 2)}\n`);
}

async function readLedger(outputDir: string): Promise<Ledger> {
  try {
    return ledgerSchema.parse(JSON.parse(await readFile(join(outputDir, LEDGER_NAME), 'utf8')));
  } catch {
    // None yet, or damaged: in that case no file is known to be ours, and none is removed.
    return {};
  }
}

async function removeGone(outputDir: string, ledger: Ledger): Promise<string[]> {
  const gone = Object.keys(ledger).filter((deck) => !existsSync(resolve(outputDir, deck)));
  const kept = new Set(
    Object.keys(ledger).flatMap((deck) => (gone.includes(deck) ? [] : (ledger[deck] ?? []))),
  );
  const named = gone.flatMap((deck) => ledger[deck] ?? []).filter((file) => !kept.has(file) && isBelow(file));
  // A damaged ledger may name folders.
  const files = [...new Set(named)].filter(
    (file) =>
      liesInOutput(outputDir, join(outputDir, file)) &&
      !lstatSync(join(outputDir, file), { throwIfNoEntry: false })?.isDirectory(),
  );
  for (const file of files) {
    await rm(join(outputDir, file), { force: true });
    await removeEmpty(dirname(file), outputDir);
  }
  for (const deck of gone) delete ledger[deck];
  return files;
}

/** A ledger, or a journal, may be forged. */
export function isBelow(file: string): boolean {
  return !file.split('/').includes('..') && !file.startsWith('/');
}

async function removeEmpty(folder: string, outputDir: string): Promise<void> {
  if (folder === '.') return;
  const path = join(outputDir, folder);
  if ((await readdir(path).catch(() => ['unreadable'])).length > 0) return;
  await rmdir(path);
  await removeEmpty(dirname(folder), outputDir);
}
