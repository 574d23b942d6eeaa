import { existsSync, lstatSync } from 'node:fs';
import { readdir, readFile, rm, rmdir } from 'node:fs/promises';
import { dirname, join, relative, resolve } from 'node:path';
import { z } from 'zod';
import type { PublishedOutput } from './model.ts';
import { writeFileWhole } from './publish.ts';

/** Which deck every file in an output folder came from, over all builds: what `--clean` goes by. */
const ledgerSchema = z.record(z.string(), z.array(z.string()));
type Ledger = z.infer<typeof ledgerSchema>;

const LEDGER_NAME = '.deckhand.json';

export interface Made {
  /** Absolute path of the deck. */
  readonly deckFile: string;
  readonly outputs: readonly PublishedOutput[];
}

/** Notes what this build made; with `clean`, removes what earlier ones made from decks that are gone. Gives what it removed. */
export async function updateLedger(
  outputDir: string,
  made: readonly Made[],
  clean: boolean,
): Promise<string[]> {
  const ledger = await readLedger(outputDir);
  for (const { deckFile, outputs } of made) {
    const key = relative(outputDir, deckFile);
    const files = new Set([...(ledger[key] ?? []), ...outputs.map((output) => output.file)]);
    if (files.size > 0) ledger[key] = [...files].sort();
  }
  const removed = clean ? await removeGone(outputDir, ledger) : [];
  const sorted = Object.fromEntries(Object.entries(ledger).sort(([a], [b]) => (a < b ? -1 : 1)));
  await writeFileWhole(join(outputDir, LEDGER_NAME), `${JSON.stringify(sorted, null, 2)}\n`);
  return removed;
}

async function readLedger(outputDir: string): Promise<Ledger> {
  try {
    return ledgerSchema.parse(JSON.parse(await readFile(join(outputDir, LEDGER_NAME), 'utf8')));
  } catch {
    // None yet, or damaged: then nothing is known to be ours, and nothing is removed.
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
    (file) => !lstatSync(join(outputDir, file), { throwIfNoEntry: false })?.isDirectory(),
  );
  for (const file of files) {
    await rm(join(outputDir, file), { force: true });
    await removeEmpty(dirname(file), outputDir);
  }
  for (const deck of gone) delete ledger[deck];
  return files;
}

function isBelow(file: string): boolean {
  return !file.split('/').includes('..') && !file.startsWith('/');
}

async function removeEmpty(folder: string, outputDir: string): Promise<void> {
  if (folder === '.') return;
  const path = join(outputDir, folder);
  if ((await readdir(path).catch(() => ['unreadable'])).length > 0) return;
  await rmdir(path);
  await removeEmpty(dirname(folder), outputDir);
}
