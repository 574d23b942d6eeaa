/** A vector image as the page names it, and its `data:` URL: no page may read pixels from another origin. */
export interface VectorPicture {
  readonly url: string;
  readonly data: string;
}

/**
 * Runs inside the page and must stay self-contained. Finds images in which nothing is visible, such as spacers: a print does
 * not show whether they are there.
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
      // An image that cannot be checked must be in the print.
    }
  }
  return found;
}
