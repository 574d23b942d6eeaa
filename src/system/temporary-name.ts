import { randomUUID } from 'node:crypto';
import { hasEnded, processMark } from './process-mark.ts';

/** The process, when it started, and something unique. */
const PATTERN = /^\.deckhand-(\d+)-(\d+)-[\da-f-]{36}(?:\.journal)?$/;

/**
 * A name for a file that is not finished yet. It says which process writes it, so that a later build can tell the files of
 * a killed one from those of a build that is running beside it. It isn't made from the final name, since that may
 * already be as long as the system allows.
 */
export function temporaryName(): string {
  return `.deckhand-${processMark()}-${randomUUID()}`;
}

/** Whether {@link temporaryName} gave this name, in any process. */
export function isTemporaryName(name: string): boolean {
  return PATTERN.test(name);
}

/** Whether the process that gave a temporary name has ended. */
export function isAbandoned(name: string): boolean {
  const [, pid, start] = PATTERN.exec(name) ?? [];
  return pid !== undefined && start !== undefined && hasEnded(pid, start);
}
