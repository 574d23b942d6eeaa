import { execFile } from 'node:child_process';
import { stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { promisify } from 'node:util';
import type { Deck, DeckFile } from './model.ts';

interface KnownDates {
  /** Of the environment, in seconds; before all others, as its specification asks. */
  readonly sourceDateEpoch: number | undefined;
  /** Of the deck's front matter. */
  readonly written: Date | undefined;
}

/** A deck's date and commit. Never the clock: the same deck must give the same bytes tomorrow. */
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
  try {
    const git = promisify(execFile);
    const cwd = dirname(file);
    // A length of its own: git's depends on how much else a repository holds. It fails where there is none.
    const log = await git('git', ['log', '-1', '--abbrev=10', '--format=%ct %h', '--', file], {
      cwd,
      timeout: 10_000,
    });
    const [, seconds, name = ''] = /^(\d+) (\w+)/.exec(log.stdout) ?? [];
    if (seconds === undefined) return undefined;
    const status = await git('git', ['-c', 'core.fsmonitor=false', 'status', '--porcelain', '--', file], {
      cwd,
      timeout: 10_000,
    });
    return status.stdout.trim() === '' ? { date: new Date(Number(seconds) * 1000), name } : undefined;
  } catch {
    // No git, or not in a repository: the file's own date serves.
    return undefined;
  }
}
