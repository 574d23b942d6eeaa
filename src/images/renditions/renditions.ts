import type { Rendition } from '../../model/pdf-parts.ts';
import { openRaster } from '../codec/decode-pixels.ts';
import type { Original } from '../codec/original.ts';
import type { RenditionSpec } from '../model/model.ts';
import { svgText } from '../svg/svg-text.ts';
import { pictureFile } from './picture-file.ts';
import { makePdfImage } from './print-image.ts';
import { frameIndex } from './rendition-key.ts';

// If you change the results, increase the number of the rules in `rendition-key.ts`.

/** Formats that Chromium shows, and that are used unchanged with `--images original`. */
const SHOWN_BY_CHROMIUM: ReadonlySet<string> = new Set([
  'image/png',
  'image/jpeg',
  'image/gif',
  'image/webp',
  'image/avif',
]);

/**
 * The image as a file for the browser. For print it has the pixels that a PDF holds; otherwise it is the original file if
 * Chromium can show it. An SVG stays an SVG, made safe.
 *
 * @param original as `inspectImage` returned it.
 * @throws an `Error` if the bytes cannot be decoded, which `inspectImage` would have found.
 */
export async function makeRendition(original: Original, spec: RenditionSpec): Promise<Rendition> {
  if (original.type === 'image/svg+xml') return safeSvg(original);
  const frame = frameIndex(original.frames, spec.frame);
  return spec.mode === 'original' && !spec.gray
    ? asItIs(original, frame)
    : pictureFile(await makePdfImage(original, spec));
}

async function safeSvg({ bytes }: Original): Promise<Rendition> {
  // Parsers of XML and CSS take as long to load as sharp does, and most images are not SVG.
  const { makeSvgSafe } = await import('../svg/svg-safe.ts');
  const safe = makeSvgSafe(svgText(bytes));
  if (!safe.ok) throw new Error(`the SVG ${safe.fault}`);
  return { bytes: Buffer.from(stilled(safe.svg)), type: 'image/svg+xml' };
}

/** CSS animations in it run whatever the page says; the browser does not start SVG animations. */
function stilled(svg: string): string {
  if (!/@(?:-webkit-)?keyframes/i.test(svg)) return svg;
  return svg.replace(/<\/((?:[\w.-]+:)?)svg>\s*$/, '<$1style>*{animation:none!important}</$1style>$&');
}

async function asItIs(original: Original, frame: number): Promise<Rendition> {
  const { bytes, type } = original;
  if (frame === 0 && SHOWN_BY_CHROMIUM.has(type)) return { bytes, type };
  return { bytes: await openRaster(original, frame).png().toBuffer(), type: 'image/png' };
}
