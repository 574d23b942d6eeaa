/** How long a call may take to end by itself after it is aborted. */
const GRACE_MS = 3000;

/**
 * Waits for a call that was given `signal`, without relying on it to end when that aborts. In that case it rejects with the
 * signal's reason, at most `graceMs` later.
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
