import { type Diagnostic, diagnostic } from '../diagnostics.ts';
import type { Cache } from '../images/cache.ts';
import { cachedRendition } from '../images/cached-renditions.ts';
import type { Decoder, RenditionSpec } from '../images/model.ts';
import type { FoundImage } from '../images/source.ts';
import { placeholderSvg } from '../print/placeholder.ts';
import type { Deck, LaidOutPage, Layout, Resource, Size } from './model.ts';

export interface OptimizeOptions {
  /** Pixels per inch of paper: at 220 a reader with good eyes stops seeing more. */
  readonly density: number;
  readonly mode: RenditionSpec['mode'];
  /** By how much the largest print of a slide is larger than the slide itself. */
  readonly printScale: number;
  /** Without colours. */
  readonly gray?: boolean;
}

/** A picture as a document asks for it, and the largest that it is shown at. */
interface Need {
  readonly url: string;
  readonly of: string;
  readonly frame: number | 'last';
  /** None: at its natural size. */
  readonly size?: Size | undefined;
}

export interface Optimized {
  /** By the URL that the documents ask for. */
  readonly renditions: ReadonlyMap<string, Resource>;
  readonly diagnostics: readonly Diagnostic[];
}

/**
 * Makes each picture fit for print: as many pixels as its largest box can show, in a format that Chromium embeds as it
 * is. Its layout does not change, since that was fixed when it was measured.
 */
export async function optimizePictures(
  deck: Deck,
  layouts: readonly Layout[],
  images: ReadonlyMap<string, FoundImage>,
  options: OptimizeOptions,
  decoder: Decoder,
  cache: Cache,
): Promise<Optimized> {
  const known = new Map<string, Need>();
  for (const need of needsOf(layouts)) known.set(need.url, larger(known.get(need.url), need));
  for (const url of images.keys()) {
    // Nobody saw a box of it, which says little of what a print may show: at most a slide.
    if (!known.has(url)) known.set(url, { url, of: url, frame: 1, size: deck.size });
  }
  const made = await Promise.all(
    [...known.values()].map(async (need) => {
      const found = images.get(need.of);
      if (!found?.ok) return undefined;
      const { image } = found;
      const rendition = await cachedRendition(image, specOf(need, options), decoder, cache);
      return { need, image, rendition };
    }),
  );
  const diagnostics: Diagnostic[] = [];
  const renditions = made.flatMap((one): [string, Resource][] => {
    if (!one) return [];
    const { need, image, rendition } = one;
    if (rendition.ok) return [[need.url, rendition.rendition]];
    const { code, message, hint } = rendition.failure;
    diagnostics.push(diagnostic(code, message, { deck: deck.source.path, url: need.of }, hint));
    return [[need.url, placeholderSvg(need.size ?? image, need.of, message)]];
  });
  return { renditions: new Map(renditions), diagnostics };
}

function needsOf(layouts: readonly Layout[]): Need[] {
  const pages = layouts.flatMap(({ slides }) => slides.flatMap((slide) => slide.pages));
  return pages.flatMap(({ pictures, painted }: LaidOutPage) => [
    ...pictures.map(({ url, frame, size }) => ({
      url,
      of: frame?.of ?? url,
      frame: frame?.frame ?? 1,
      size,
    })),
    ...painted.map(({ url, size }) => ({ url, of: url, frame: 1, size })),
  ]);
}

function larger(a: Need | undefined, b: Need): Need {
  if (!a) return b;
  if (!a.size || !b.size) return { ...a, size: undefined };
  const widthPx = Math.max(a.size.widthPx, b.size.widthPx);
  return { ...a, size: { widthPx, heightPx: Math.max(a.size.heightPx, b.size.heightPx) } };
}

function specOf(
  { size, frame }: Need,
  { density, mode, printScale, gray = false }: OptimizeOptions,
): RenditionSpec {
  const how = { frame, mode, ...(gray ? { gray } : {}) };
  // CSS px are 1/96 inch.
  const pixels = (px: number): number => Math.ceil((px * printScale * density) / 96);
  // Its natural size is that of its pixels: fewer of them would be drawn smaller.
  if (!size) return { maxWidthPx: Infinity, maxHeightPx: Infinity, ...how };
  return { maxWidthPx: pixels(size.widthPx), maxHeightPx: pixels(size.heightPx), ...how };
}
