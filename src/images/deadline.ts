/** Thrown by whatever waits on a signal of {@link withDeadline} once the time is up. */
export class DeadlineError extends Error {
  override readonly name = 'DeadlineError';
}

/**
 * Runs `fn` with a signal that fires after `timeoutMs`, or when the caller's own signal does.
 * Not `AbortSignal.any([signal, AbortSignal.timeout()])`: Node 20 may collect such a signal before it fires
 * (nodejs/node#54614), and its timer outlives the work.
 */
export async function withDeadline<T>(
  timeoutMs: number,
  outer: AbortSignal | undefined,
  fn: (signal: AbortSignal) => Promise<T>,
): Promise<T> {
  outer?.throwIfAborted();
  const controller = new AbortController();
  const abort = (): void => controller.abort(outer?.reason);
  outer?.addEventListener('abort', abort, { once: true });
  const timer = setTimeout(() => controller.abort(new DeadlineError(`${timeoutMs} ms are over`)), timeoutMs);
  try {
    return await fn(controller.signal);
  } finally {
    clearTimeout(timer);
    outer?.removeEventListener('abort', abort);
  }
}
