import type { Cache } from '../images/cache.ts';
import type { Original } from '../images/model.ts';
import { makeRendition, renditionKey } from '../images/renditions.ts';
import type { FoundImage } from '../images/source.ts';
import type { Layout, PlacedPicture, Resource, Size } from './model.ts';

/** Pixels per inch of paper: where a reader with good eyes stops seeing more. */
const DENSITY = 220;
/**
 * Makes each picture fit for print: as many pixels as its largest box can show, in a format that Chromium embeds as it
 * is. Its layout does not change, since that was fixed when it was measured.
 */
export async function optimizePictures(
  layouts: readonly Layout[],
  images: ReadonlyMap<string, FoundImage>,
  cache: Cache,
  limit: <T>(task: () => Promise<T>) => Promise<T>,
): Promise<ReadonlyMap<string, Resource>> {
  const boxes = largestBoxes(layouts);
  const made = [...images].map(async ([url, found]): Promise<[string, Resource][]> => {
    if (!found.ok) return [];
    // What has no box of its own is a background: at most a slide.
    const size = boxes.get(url) ?? layouts[0]?.size ?? found.image;
    return [[url, await limit(() => cachedRendition(found.image, size, cache))]];
  });
  return new Map((await Promise.all(made)).flat());
}

function largestBoxes(layouts: readonly Layout[]): Map<string, Size> {
  const pictures = layouts.flatMap(({ slides }) =>
    slides.flatMap(({ pages }) => pages.flatMap((page) => page.pictures)),
  );
  const largest = new Map<string, Size>();
  for (const { url, size } of pictures satisfies PlacedPicture[]) {
    const known = largest.get(url) ?? { widthPx: 0, heightPx: 0 };
    largest.set(url, {
      widthPx: Math.max(known.widthPx, size.widthPx),
      heightPx: Math.max(known.heightPx, size.heightPx),
    });
  }
  return largest;
}

async function cachedRendition(image: Original, size: Size, cache: Cache): Promise<Resource> {
  const width = Math.ceil((size.widthPx * DENSITY) / 96);
  const height = Math.ceil((size.heightPx * DENSITY) / 96);
  const key = renditionKey(image, width, height);
  const cached = await cache.get(key);
  if (cached) return { bytes: cached.bytes, type: String(cached.metadata.type) };
  const rendition = await makeRendition(image, width, height);
  await cache.put(key, rendition.bytes, { type: rendition.type });
  return rendition;
}
