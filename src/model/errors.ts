import type { RunErrorCode } from './diagnostics/run-codes.ts';

/** The exit codes of the command line. 70 is `EX_SOFTWARE` of sysexits(3); 130 and 143 are 128 + signal. */
export const EXIT = {
  ok: 0,
  failed: 1,
  usage: 2,
  environment: 3,
  bug: 70,
  interrupted: 130,
  terminated: 143,
} as const;

/** One of the exit codes in `EXIT`. */
export type ExitCode = (typeof EXIT)[keyof typeof EXIT];

/** A problem that ends the whole run: an invalid option, no browser, an output folder that cannot be written. */
export class DeckhandError extends Error {
  /** Stable, for programs: see [Errors that end a run](troubleshooting.md#errors-that-end-a-run). */
  readonly code: RunErrorCode;
  /** What the command line exits with. */
  readonly exitCode: ExitCode;
  /** What to do next, in one sentence. */
  readonly hint: string | undefined;

  constructor(
    code: RunErrorCode,
    exitCode: ExitCode,
    message: string,
    options: { readonly hint?: string; readonly cause?: unknown } = {},
  ) {
    super(message, options.cause === undefined ? undefined : { cause: options.cause });
    this.name = 'DeckhandError';
    this.code = code;
    this.exitCode = exitCode;
    this.hint = options.hint;
  }
}

/** The message of anything that was thrown. */
export function messageOf(error: unknown): string {
  return error instanceof Error ? error.message : String(error);
}
