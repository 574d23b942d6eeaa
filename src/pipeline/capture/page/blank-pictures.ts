/** A vector picture as the page names it, and a `data:` URL of it: no page may look at pixels from another origin. */
export interface VectorPicture {
  readonly url: string;
  readonly data: string;
}

/**
 * Runs inside the page and must stay self-contained. Which pictures have nothing that could be seen, such as those that only
 * keep room: nobody can tell from a print whether they are there.
 *
 * @returns their URLs.
 */
export async function blankPictures(pictures: readonly VectorPicture[]): Promise<string[]> {
  const SIZE = 64;
  const found: string[] = [];
  for (const { url, data } of pictures) {
    const picture = new Image(SIZE, SIZE);
    picture.src = data;
    const context = new OffscreenCanvas(SIZE, SIZE).getContext('2d', { willReadFrequently: true });
    try {
      await picture.decode();
      context?.drawImage(picture, 0, 0, SIZE, SIZE);
      const pixels = context?.getImageData(0, 0, SIZE, SIZE).data;
      if (pixels?.every((value) => value === 0)) found.push(url);
    } catch {
      // One that can't be looked at has to be in the print.
    }
  }
  return found;
}
