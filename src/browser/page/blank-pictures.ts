/**
 * Runs inside the page and must stay self-contained. Which of its pictures have nothing that could be seen, such as those
 * that only keep room: nobody can tell from a print whether they are there.
 *
 * @param urls of vector pictures, which Chromium paints at any size.
 */
export async function blankPictures(urls: readonly string[]): Promise<string[]> {
  const SIZE = 64;
  const found: string[] = [];
  for (const url of urls) {
    const picture = new Image(SIZE, SIZE);
    picture.src = url;
    const context = new OffscreenCanvas(SIZE, SIZE).getContext('2d', { willReadFrequently: true });
    try {
      await picture.decode();
      context?.drawImage(picture, 0, 0, SIZE, SIZE);
    } catch {
      continue;
    }
    if (context?.getImageData(0, 0, SIZE, SIZE).data.every((value) => value === 0)) found.push(url);
  }
  return found;
}
