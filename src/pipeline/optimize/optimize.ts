import type { ImageResult, RenditionSpec } from '../../images/model/model.ts';
import type { Encoder } from '../../images/renditions/cached-renditions.ts';
import type { FoundImage } from '../../images/source.ts';
import { type Diagnostic, diagnostic } from '../../model/diagnostics.ts';
import type { Deck, LaidOutPage, Layout, Resource, Size } from '../../model/model.ts';
import type { PdfImage } from '../../model/pdf-parts.ts';
import { placeholderSvg } from '../../paper/placeholder.ts';

export interface OptimizeOptions {
  /** Pixels per inch of paper: more than 220 make no visible difference. */
  readonly density: number;
  readonly mode: RenditionSpec['mode'];
  /** The largest scale at which a slide is printed. */
  readonly printScale: number;
  /** Without colors. */
  readonly gray?: boolean;
}

/** An image as a document requests it, and the largest size at which it is shown. */
interface Need {
  readonly url: string;
  readonly of: string;
  readonly frame: number | 'last';
  /** Undefined: at its natural size. */
  readonly size?: Size | undefined;
}

/** An image that is ready for print: either embedded into the file after printing, or a file for the browser to draw. */
export type FitPicture = { readonly image: PdfImage; readonly natural: Size } | { readonly file: Resource };

export interface Optimized {
  /** By the URL in the documents. */
  readonly pictures: ReadonlyMap<string, FitPicture>;
  readonly diagnostics: readonly Diagnostic[];
}

/** What a stub needs to know about an image before it is ready. */
export interface StubFacts {
  readonly natural: Size;
  /** False if parts of it may be transparent. */
  readonly isOpaque: boolean;
}

/** Images that are being prepared for print. */
export interface Pictures {
  /** Those that the browser need not draw, by the URL in the documents. */
  readonly apart: ReadonlyMap<string, StubFacts>;
  /** An image when it is ready; undefined for an unknown URL. */
  get(url: string): Promise<FitPicture | undefined>;
  all(): Promise<Optimized>;
}

/**
 * Prepares each image for print: with as many pixels as its largest box can show, encoded as a PDF holds it. Its layout does
 * not change, because that was fixed when it was measured. Documents are printed with stubs meanwhile.
 */
export function optimizePictures(
  deck: Deck,
  layouts: readonly Layout[],
  images: ReadonlyMap<string, FoundImage>,
  options: OptimizeOptions,
  encoder: Encoder,
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
      ? encoder
          .pdfImage(image, spec)
          .then((made) => (made.ok ? { ok: true, picture: { image: made.image, natural } } : made))
      : encoder
          .rendition(image, spec)
          .then((made) => (made.ok ? { ok: true, picture: { file: made.rendition } } : made));
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
    // Its box is unknown; a print shows it at most as large as a slide.
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
 * The whole image, even if `cover` hides a part of it: one rendition serves all places that show the image, each with another
 * part of it, and the browser clips the stub as it would clip the image.
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
