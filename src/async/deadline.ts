import { type PatientTimeout, patientTimeout } from './patient-timeout.ts';

/** Thrown by work that waits on a signal of {@link withDeadline} when its time is up. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/** A time limit whose clock can be paused: time spent in a queue does not count. */
export interface Deadline {
  readonly signal: AbortSignal;
  /** Starts the clock. It is paused at first. */
  run(): void;
  pause(): void;
}

/**
 * Runs `fn` with a signal that aborts when its clock has run for `timeoutMs`, or when the caller's own signal does. Not
 * `AbortSignal.any([signal, AbortSignal.timeout()])`: Node 20 may collect such a signal before it fires (nodejs/node#54614),
 * its timer outlives the work, and its clock cannot be paused.
 */
export async function withDeadline<T>(
  timeoutMs: number,
  outer: AbortSignal | undefined,
  fn: (deadline: Deadline) => Promise<T>,
): Promise<T> {
  outer?.throwIfAborted();
  const controller = new AbortController();
  const abort = (): void => controller.abort(outer?.reason);
  outer?.addEventListener('abort', abort, { once: true });
  const expire = (): void => controller.abort(new DeadlineError(`${timeoutMs} ms have passed`));
  let leftMs = timeoutMs;
  let running: { readonly since: number; readonly timeout: PatientTimeout } | undefined;
  const pause = (): void => {
    if (!running) return;
    running.timeout.clear();
    leftMs -= performance.now() - running.since;
    running = undefined;
  };
  const run = (): void => {
    running ??= { since: performance.now(), timeout: patientTimeout(Math.max(0, leftMs), expire) };
  };
  try {
    return await fn({ signal: controller.signal, run, pause });
  } finally {
    pause();
    outer?.removeEventListener('abort', abort);
  }
}
