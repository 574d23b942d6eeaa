/** Time that a call has to end by itself once it is aborted. */
const GRACE_MS = 3000;

/**
 * Waits for a call that was given `signal`, and does not trust it to end when that aborts. Rejects with its reason,
 * `graceMs` later.
 */
export async function unlessAborted<T>(
  signal: AbortSignal,
  call: () => Promise<T>,
  graceMs = GRACE_MS,
): Promise<T> {
  let grace: NodeJS.Timeout | undefined;
  let onAbort = (): void => undefined;
  const aborted = new Promise<never>((_, reject) => {
    onAbort = () => {
      grace = setTimeout(() => reject(signal.reason), graceMs);
    };
  });
  signal.addEventListener('abort', onAbort, { once: true });
  try {
    signal.throwIfAborted();
    return await Promise.race([call(), aborted]);
  } finally {
    signal.removeEventListener('abort', onAbort);
    clearTimeout(grace);
  }
}
