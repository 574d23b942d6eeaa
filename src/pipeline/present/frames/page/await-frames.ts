/**
 * Runs inside a document of frames, and must stay self-contained. Waits for its fonts and for its images to be decoded, so
 * that everything has its printed size.
 */
export async function awaitFrames(timeoutMs: number): Promise<void> {
  for (const picture of document.images) picture.loading = 'eager';
  // Fonts are only requested after layout.
  document.body.getBoundingClientRect();
  const pictures = [...document.images].map((picture) => picture.decode().catch(() => undefined));
  const late = new Promise((resolve) => setTimeout(resolve, timeoutMs));
  await Promise.race([Promise.all([document.fonts.ready, ...pictures]), late]);
}
