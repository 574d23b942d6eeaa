import { randomUUID } from 'node:crypto';
import { readFileSync } from 'node:fs';

/** The process, when it started, and something unique. */
const PATTERN = /^\.deckhand-(\d+)-(\d+)-[\da-f-]{36}(?:\.journal)?$/;

/**
 * A name for a file that is not finished yet. It says which process writes it, so that a later build can tell the files of
 * a killed one from those of a build that is running beside it. It isn't made from the final name, since that may
 * already be as long as the system allows.
 */
export function temporaryName(): string {
  return `.deckhand-${process.pid}-${startOf(process.pid) ?? 0}-${randomUUID()}`;
}

/** Whether {@link temporaryName} gave this name, in any process. */
export function isTemporaryName(name: string): boolean {
  return PATTERN.test(name);
}

/** Whether the process that gave a temporary name has ended. */
export function isAbandoned(name: string): boolean {
  const [, pid, start] = PATTERN.exec(name) ?? [];
  if (pid === undefined) return false;
  if (!isRunning(Number(pid))) return true;
  const current = startOf(Number(pid));
  return current !== undefined && start !== '0' && current !== start;
}

function isRunning(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === 'EPERM';
  }
}

/**
 * When a process started, in ticks since the machine did (proc(5), field 22 of `stat`); none where the system doesn't
 * tell. Process ids are given again, in containers even the same one to each run.
 */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name, which may hold spaces and parentheses.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
