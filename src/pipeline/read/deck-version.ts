import { createHash } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, stat } from 'node:fs/promises';
import { basename, dirname, join } from 'node:path';
import type { Outcome } from '../../model/diagnostics.ts';
import type { Deck, DeckFile } from '../../model/model.ts';
import { git } from '../../system/git.ts';
import type { ParsedDeck } from '../contract/input.ts';

interface KnownDates {
  /** From the environment, in seconds; it has precedence, as its specification requires. */
  readonly sourceDateEpoch: number | undefined;
  /** From the deck's front matter. */
  readonly written: Date | undefined;
}

/** A deck's date and commit. It never uses the clock: the same deck must give the same bytes tomorrow. */
export async function deckVersion(
  source: DeckFile,
  { sourceDateEpoch, written }: KnownDates,
): Promise<Pick<Deck, 'date' | 'commit'>> {
  const committed = await lastCommit(source.file);
  const commit = committed ? { commit: committed.name } : {};
  if (sourceDateEpoch !== undefined) return { date: new Date(sourceDateEpoch * 1000), ...commit };
  if (written) return { date: written, ...commit };
  if (committed) return { date: committed.date, ...commit };
  const { mtimeMs } = await stat(source.file);
  return { date: new Date(Math.floor(mtimeMs / 1000) * 1000) };
}

async function lastCommit(file: string): Promise<{ readonly date: Date; readonly name: string } | undefined> {
  const cwd = dirname(file);
  // Starting git takes longer than checking that there is no repository.
  if (!isInRepository(cwd)) return undefined;
  // A fixed length: git's default depends on the size of the repository.
  const log = await git(['log', '-1', '--abbrev=10', '--format=%ct %h', '--', basename(file)], cwd);
  const [, seconds, name = ''] = /^(\d+) (\w+)/.exec(log ?? '') ?? [];
  // No git, or not in a repository: the date of the file is used.
  if (seconds === undefined) return undefined;
  return (await isAsCommitted(file)) ? { date: new Date(Number(seconds) * 1000), name } : undefined;
}

function isInRepository(folder: string): boolean {
  const above = dirname(folder);
  return existsSync(join(folder, '.git')) || (above !== folder && isInRepository(above));
}

/** `git status` would run the filters that a repository configures. */
async function isAsCommitted(file: string): Promise<boolean> {
  const tree = await git(['ls-tree', 'HEAD', '--', basename(file)], dirname(file));
  const [, blob] = /^\d+ blob ([\da-f]+)\t/.exec(tree ?? '') ?? [];
  if (blob === undefined) return false;
  const bytes = await readFile(file);
  // On Windows git may have written other line ends.
  const plain = Buffer.from(bytes.toString('latin1').replaceAll('\r\n', '\n'), 'latin1');
  const algorithm = blob.length > 40 ? 'sha256' : 'sha1';
  return [bytes, plain].some((one) => blobName(one, algorithm) === blob);
}

function blobName(bytes: Uint8Array, algorithm: string): string {
  return createHash(algorithm).update(`blob ${bytes.length}\0`).update(bytes).digest('hex');
}

/** A parsed deck, with its date and its last commit. */
export async function withVersion<D extends Deck>(
  { value, diagnostics }: Outcome<ParsedDeck<D>>,
  sourceDateEpoch: number | undefined,
): Promise<Outcome<D>> {
  const { written, ...deck } = value;
  return {
    value: { ...deck, ...(await deckVersion(value.source, { sourceDateEpoch, written })) } as unknown as D,
    diagnostics,
  };
}
