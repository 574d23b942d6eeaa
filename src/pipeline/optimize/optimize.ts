import type { Cache } from '../../images/cache/cache.ts';
import type { Decoder, ImageResult, RenditionSpec } from '../../images/model/model.ts';
import { cachedPdfImage, cachedRendition } from '../../images/renditions/cached-renditions.ts';
import type { FoundImage } from '../../images/source.ts';
import { type Diagnostic, diagnostic } from '../../model/diagnostics.ts';
import type { Deck, LaidOutPage, Layout, Resource, Size } from '../../model/model.ts';
import type { PdfImage } from '../../model/pdf-parts.ts';
import { placeholderSvg } from '../../paper/placeholder.ts';

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

/** A picture that is fit for print: put into the file when it is printed, or a file for the browser to draw. */
export type FitPicture = { readonly image: PdfImage; readonly natural: Size } | { readonly file: Resource };

export interface Optimized {
  /** By the URL that the documents ask for. */
  readonly pictures: ReadonlyMap<string, FitPicture>;
  readonly diagnostics: readonly Diagnostic[];
}

/** What is known of a picture before it is fit: what a stub has to be like. */
export interface StubFacts {
  readonly natural: Size;
  /** False where it may have parts that are transparent. */
  readonly isOpaque: boolean;
}

/** Pictures on their way to be fit for print. */
export interface Pictures {
  /** Those that the browser does not have to draw, by the URL that the documents ask for. */
  readonly apart: ReadonlyMap<string, StubFacts>;
  /** A picture when it is fit; none for a URL that is none of them. */
  get(url: string): Promise<FitPicture | undefined>;
  all(): Promise<Optimized>;
}

/**
 * Makes each picture fit for print: as many pixels as its largest box can show, encoded as a PDF holds it. Its layout does not
 * change, since that was fixed when it was measured. Nobody has to wait: what is printed meanwhile has stubs.
 */
export function optimizePictures(
  deck: Deck,
  layouts: readonly Layout[],
  images: ReadonlyMap<string, FoundImage>,
  options: OptimizeOptions,
  decoder: Decoder,
  cache: Cache,
): Pictures {
  const apart = new Map<string, StubFacts>();
  const coming = new Map<string, Promise<FitPicture>>();
  const diagnostics: Diagnostic[] = [];
  for (const need of neededPictures(deck, layouts, images)) {
    const found = images.get(need.of);
    if (!found?.ok) continue;
    const { image } = found;
    const natural = { widthPx: image.widthPx, heightPx: image.heightPx };
    const spec = specOf(need, natural, options);
    const isApart = spec.mode === 'print' && image.type !== 'image/svg+xml';
    if (isApart) apart.set(need.url, { natural, isOpaque: image.isOpaque });
    const making: Promise<ImageResult<{ readonly picture: FitPicture }>> = isApart
      ? cachedPdfImage(image, spec, decoder, cache).then((made) =>
          made.ok ? { ok: true, picture: { image: made.image, natural } } : made,
        )
      : cachedRendition(image, spec, decoder, cache).then((made) =>
          made.ok ? { ok: true, picture: { file: made.rendition } } : made,
        );
    const fit = making.then((made): FitPicture => {
      if (made.ok) return made.picture;
      const { code, message, hint } = made.failure;
      diagnostics.push(diagnostic(code, message, { deck: deck.source.path, url: need.of }, hint));
      return { file: placeholderSvg(need.size ?? image, need.of, message) };
    });
    fit.catch(() => undefined);
    coming.set(need.url, fit);
  }
  return {
    apart,
    get: async (url) => coming.get(url),
    all: async () => {
      const made = [...coming].map(async ([url, picture]) => [url, await picture] as const);
      return { pictures: new Map(await Promise.all(made)), diagnostics };
    },
  };
}

function neededPictures(
  deck: Deck,
  layouts: readonly Layout[],
  images: ReadonlyMap<string, FoundImage>,
): Iterable<Need> {
  const known = new Map<string, Need>();
  for (const need of needsOf(layouts)) known.set(need.url, larger(known.get(need.url), need));
  for (const url of images.keys()) {
    // Nobody saw a box of it, which says little of what a print may show: at most a slide.
    if (!known.has(url)) known.set(url, { url, of: url, frame: 1, size: deck.size });
  }
  return known.values();
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

/**
 * All of the picture, also where `cover` hides a part of it: one rendition serves every place that shows the picture, each with
 * another part of it, and the browser clips the stub as it would clip the picture.
 */
function specOf(
  { size, frame }: Need,
  natural: Size,
  { density, mode, printScale, gray = false }: OptimizeOptions,
): RenditionSpec {
  // CSS px are 1/96 inch.
  const pixels = (px: number): number => Math.ceil((px * printScale * density) / 96);
  const { widthPx, heightPx } = size ?? natural;
  const how = { frame, mode, ...(gray ? { gray } : {}) };
  return { maxWidthPx: pixels(widthPx), maxHeightPx: pixels(heightPx), ...how };
}
