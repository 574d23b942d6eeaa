import type { ExitCode } from '../model/errors.ts';

/** The process received a signal to stop. */
export class Interrupted extends Error {
  readonly exitCode: ExitCode;
  constructor(exitCode: ExitCode) {
    super('interrupted');
    this.exitCode = exitCode;
  }
}
