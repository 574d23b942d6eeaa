import { randomUUID } from 'node:crypto';
import { hasEnded, processMark } from './process-mark.ts';

/** The process, when it started, and something unique. */
const PATTERN = /^\.deckhand-(\d+)-(\d+)-[\da-f-]{36}(?:\.journal)?$/;

/**
 * A name for an unfinished file. It contains the process that writes it, so that a later build can distinguish the files of a
 * killed build from those of one that is running. It does not contain the final name, which may already have the maximum
 * length.
 */
export function temporaryName(): string {
  return `.deckhand-${processMark()}-${randomUUID()}`;
}

/** Whether a name was created by {@link temporaryName}, in any process. */
export function isTemporaryName(name: string): boolean {
  return PATTERN.test(name);
}

/** Whether the process that created a temporary name has ended. */
export function isAbandoned(name: string): boolean {
  const [, pid, start] = PATTERN.exec(name) ?? [];
  return pid !== undefined && start !== undefined && hasEnded(pid, start);
}
