import { mkdtemp, readdir, rm } from 'node:fs/promises';
import { join } from 'node:path';
import { hasEnded, processMark } from '../system/process-mark.ts';

const PATTERN = /^deckhand-browser-(\d+)-(\d+)-\w{6}$/;

/**
 * Creates a folder for the profile of a browser and its temporary files, and removes those that killed runs left behind (some
 * megabytes each).
 */
export async function makeProfileFolder(temporary: string): Promise<string> {
  const names = await readdir(temporary).catch(() => []);
  const abandoned = names.filter((name) => {
    const [, pid, start] = PATTERN.exec(name) ?? [];
    return pid !== undefined && start !== undefined && hasEnded(pid, start);
  });
  // Folders of other users cannot be removed. One whose browser is still ending is removed by the next run.
  await Promise.allSettled(
    abandoned.map((name) => rm(join(temporary, name), { recursive: true, force: true })),
  );
  return mkdtemp(join(temporary, `deckhand-browser-${processMark()}-`));
}
