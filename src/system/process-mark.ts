import { readFileSync } from 'node:fs';

/** Identifies this process in names of files that it leaves behind if it is killed: `1234-567`. */
export function processMark(): string {
  return `${process.pid}-${startOf(process.pid) ?? 0}`;
}

/** Whether the process of a mark has ended. */
export function hasEnded(pid: string, start: string): boolean {
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
 * When a process started, in ticks since the machine started (proc(5), field 22 of `stat`); undefined if the system does not
 * tell. Process ids are reused, in containers even the same one by each run.
 */
function startOf(pid: number): string | undefined {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    // The second field is the program's name, which may contain spaces and parentheses.
    return stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19];
  } catch {
    return undefined;
  }
}
