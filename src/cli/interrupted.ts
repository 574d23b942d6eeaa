import type { ExitCode } from '../model/errors.ts';

/** What the process was told to stop by. */
export class Interrupted extends Error {
  readonly exitCode: ExitCode;
  constructor(exitCode: ExitCode) {
    super('interrupted');
    this.exitCode = exitCode;
  }
}
