/** The result if it comes before the deadline; otherwise undefined, after a call of `onLate`. Late work is not stopped. */
export async function inTime<T>(
  coming: Promise<T>,
  timeoutMs: number,
  onLate: () => void = () => undefined,
): Promise<T | undefined> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<undefined>((resolve) => {
    timer = setTimeout(() => {
      onLate();
      resolve(undefined);
    }, timeoutMs);
  });
  try {
    return await Promise.race([coming, late]);
  } finally {
    clearTimeout(timer);
  }
}
