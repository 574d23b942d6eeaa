import { decodePixels, fromPixels, openRaster, shrinkPixels } from './decode-pixels.ts';
import { flateBytes } from './flate-bytes.ts';
import { grayPixels } from './gray-pixels.ts';
import { encodeIndexedPng } from './indexed-png.ts';
import { keepableBytes } from './keepable.ts';
import { maskedJpeg, maskOf, visiblePart, withoutAlpha } from './masked-jpeg.ts';
import type { Original, Rendition, RenditionSpec } from './model.ts';
import {
  hasSharpColours,
  isPhotograph,
  measurePixels,
  type PixelFacts,
  type Pixels,
  paletteOf,
} from './pixels.ts';
import { frameIndex } from './rendition-key.ts';
import { svgText } from './svg-text.ts';

// Whoever changes what comes out of here gives the rules in `rendition-key.ts` a new number.

/** Where pixels are as small as paper shows them: below it grain goes; above it bytes buy nothing that is seen. */
const PHOTOGRAPH_QUALITY = 82;

/** Where a picture has fewer pixels than that, each of them is seen, and so is what coding does to them. */
const COARSE_PHOTOGRAPH_QUALITY = 94;

/** For drawings that already were a JPEG: high enough that the second loss is not seen. */
const DRAWING_QUALITY = 92;

/** How many times the pixels of its box a picture may keep where that takes fewer bytes. */
const MAX_KEPT_PIXELS_RATIO = 2;

/** Up to here a picture is decoded as it is, to be judged before scaling blurs it. */
const MAX_JUDGED_WHOLE_PX = 16_000_000;

/** Where so much is flat paint, a PNG may be the smaller one even of a photograph. */
const MOSTLY_FLAT_SHARE = 0.5;

/** What the PDF needs around a picture and its mask, besides both. */
const MASK_OVERHEAD_BYTES = 2400;

/** What Chromium shows and Deckhand gives it as it is, when nothing shall be changed. */
const SHOWN_BY_CHROMIUM: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
]);

/** One way to make a rendition, and what it takes in the PDF: rarely the size of its file. */
interface Candidate {
  readonly pdfBytes: number;
  make(): Promise<Rendition>;
}

/**
 * The picture as it goes into a PDF. For print, a photograph becomes an sRGB JPEG, with a mask if it has transparency;
 * a drawing becomes a PNG (with a palette where that loses nothing); both upright, without metadata, and with as many
 * pixels as their box takes, or more where that takes fewer bytes. An original that Chromium embeds as it is, and that
 * is no larger than what could be made of it, is kept. An SVG stays one, made harmless.
 *
 * @param original as `inspectImage` found it.
 * @throws an `Error` if the bytes can't be decoded, which `inspectImage` would have told.
 */
export async function makeRendition(original: Original, spec: RenditionSpec): Promise<Rendition> {
  if (original.type === 'image/svg+xml') return safeSvg(original);
  const frame = frameIndex(original.frames, spec.frame);
  return spec.mode === 'original' && !spec.gray
    ? asItIs(original, frame)
    : fitForPrint(original, spec, frame);
}

async function safeSvg({ bytes }: Original): Promise<Rendition> {
  // Parsers of XML and CSS take as long to load as sharp does, and most pictures are no SVG.
  const { makeSvgSafe } = await import('./svg-safe.ts');
  const safe = makeSvgSafe(svgText(bytes));
  if (!safe.ok) throw new Error(`the SVG ${safe.fault}`);
  return { bytes: Buffer.from(stilled(safe.svg)), type: 'image/svg+xml' };
}

/** Animations of CSS run in it whatever the page around it says; those of SVG the browser does not start. */
function stilled(svg: string): string {
  if (!/@(?:-webkit-)?keyframes/i.test(svg)) return svg;
  return svg.replace(/<\/((?:[\w.-]+:)?)svg>\s*$/, '<$1style>*{animation:none!important}</$1style>$&');
}

async function asItIs(original: Original, frame: number): Promise<Rendition> {
  const { bytes, type } = original;
  if (frame === 0 && SHOWN_BY_CHROMIUM.has(type)) return { bytes, type };
  return { bytes: await openRaster(original, frame).png().toBuffer(), type: 'image/png' };
}

async function fitForPrint(original: Original, spec: RenditionSpec, frame: number): Promise<Rendition> {
  const { widthPx, heightPx, type } = original;
  const scale = Math.min(1, spec.maxWidthPx / widthPx, spec.maxHeightPx / heightPx);
  const { whole, pixels } = withInk(await decoded(original, frame, scale), spec);
  const facts = measurePixels(whole ?? pixels);
  const mayKeepSize = scale ** 2 * MAX_KEPT_PIXELS_RATIO >= 1;
  const kept = mayKeepSize && !spec.gray ? await keepableBytes(original) : undefined;
  const candidates: Candidate[] = [];
  // First, so that it wins a tie.
  if (kept && type === 'image/jpeg') candidates.push(jpegFile(kept));
  if (isPhotograph(facts)) {
    candidates.push(
      ...(await photographs(pixels, facts, scale < 1 ? PHOTOGRAPH_QUALITY : COARSE_PHOTOGRAPH_QUALITY)),
    );
  } else {
    candidates.push(await png(pixels, facts, scale === 1 ? kept : undefined));
    // Nothing is left to be lost: the original's own compression has been there before.
    if (type === 'image/jpeg') candidates.push(await jpeg(pixels, DRAWING_QUALITY, '4:4:4'));
    // Scaling blurs rims into new colours: a screenshot may take fewer bytes unscaled, and is sharper for it.
    if (scale < 1 && mayKeepSize && whole) candidates.push(await png(whole, facts, kept));
  }
  return candidates.reduce((best, next) => (next.pdfBytes < best.pdfBytes ? next : best)).make();
}

interface Decoded {
  /** Every pixel there is. A JPEG's are not worth their time: decoding fewer of them is much faster. */
  readonly whole?: Pixels;
  readonly pixels: Pixels;
}

function withInk({ whole, pixels }: Decoded, { gray }: RenditionSpec): Decoded {
  if (!gray) return { pixels, ...(whole ? { whole } : {}) };
  return { pixels: grayPixels(pixels), ...(whole ? { whole: grayPixels(whole) } : {}) };
}

async function decoded(original: Original, frame: number, scale: number): Promise<Decoded> {
  const { type, widthPx, heightPx } = original;
  if (scale < 1 && (type === 'image/jpeg' || widthPx * heightPx > MAX_JUDGED_WHOLE_PX)) {
    return { pixels: await decodePixels(original, frame, scale) };
  }
  const whole = await decodePixels(original, frame, 1);
  return { whole, pixels: await shrinkPixels(whole, scale) };
}

async function photographs(pixels: Pixels, facts: PixelFacts, quality: number): Promise<Candidate[]> {
  const chroma = hasSharpColours(facts) ? '4:4:4' : '4:2:0';
  if (!facts.opaque) {
    return [await masked(pixels, quality, chroma), await png(pixels, facts)];
  }
  const photograph = await jpeg(pixels, quality, chroma);
  return facts.flatShare < MOSTLY_FLAT_SHARE ? [photograph] : [photograph, await png(pixels, facts)];
}

type Chroma = '4:4:4' | '4:2:0';

async function jpeg(pixels: Pixels, quality: number, chroma: Chroma): Promise<Candidate> {
  return jpegFile(await encodeJpeg(pixels, quality, chroma));
}

function jpegFile(bytes: Uint8Array): Candidate {
  return { pdfBytes: bytes.length, make: async () => ({ bytes, type: 'image/jpeg' }) };
}

async function masked(pixels: Pixels, quality: number, chroma: Chroma): Promise<Candidate> {
  const part = visiblePart(pixels);
  const visible = await encodeJpeg(withoutAlpha(part.pixels), quality, chroma);
  const mask = maskOf(part.pixels);
  const pdfBytes = visible.length + (await flateBytes(mask)) + MASK_OVERHEAD_BYTES;
  return { pdfBytes, make: async () => maskedJpeg(visible, mask, part, pixels) };
}

/** @param kept a file with the same pixels, to be used if it is no larger. */
async function png(pixels: Pixels, { opaque }: PixelFacts, kept?: Uint8Array): Promise<Candidate> {
  const make = async (): Promise<Rendition> => {
    const made = await encodePng(pixels, opaque);
    return { bytes: kept && kept.length <= made.length ? kept : made, type: 'image/png' };
  };
  return { pdfBytes: await flateBytes(pixels), make };
}

function encodeJpeg(pixels: Pixels, quality: number, chromaSubsampling: Chroma): Promise<Buffer> {
  return fromPixels(pixels).removeAlpha().jpeg({ quality, chromaSubsampling, mozjpeg: true }).toBuffer();
}

async function encodePng(pixels: Pixels, opaque: boolean): Promise<Buffer> {
  const palette = paletteOf(pixels);
  if (palette) return encodeIndexedPng(pixels, palette);
  const image = fromPixels(pixels);
  return (opaque ? image.removeAlpha() : image).png().toBuffer();
}
