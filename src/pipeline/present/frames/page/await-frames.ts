/**
 * Runs inside a document of frames, and must stay self-contained. Waits for its fonts and for its pictures to be decoded, so
 * that everything has the size that it will be printed with.
 */
export async function awaitFrames(timeoutMs: number): Promise<void> {
  for (const picture of document.images) picture.loading = 'eager';
  // Nothing is asked for before there is a layout.
  document.body.getBoundingClientRect();
  const pictures = [...document.images].map((picture) => picture.decode().catch(() => undefined));
  const late = new Promise((resolve) => setTimeout(resolve, timeoutMs));
  await Promise.race([Promise.all([document.fonts.ready, ...pictures]), late]);
}
