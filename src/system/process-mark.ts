import { readFileSync } from 'node:fs';

/** This process, for names of what it leaves behind if it is killed: `1234-567`. */
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
