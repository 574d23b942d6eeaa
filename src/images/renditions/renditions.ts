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
 * The picture as a file for the browser. For print it is what a PDF holds, as a file; else the file itself wherever Chromium can show
 * it. An SVG stays one, made harmless.
 *
 * @param original as `inspectImage` found it.
 * @throws an `Error` if the bytes can't be decoded, which `inspectImage` would have told.
 */
export async function makeRendition(original: Original, spec: RenditionSpec): Promise<Rendition> {
  if (original.type === 'image/svg+xml') return safeSvg(original);
  const frame = frameIndex(original.frames, spec.frame);
  return spec.mode === 'original' && !spec.gray
    ? asItIs(original, frame)
    : pictureFile(await makePdfImage(original, spec));
}

async function safeSvg({ bytes }: Original): Promise<Rendition> {
  // Parsers of XML and CSS take as long to load as sharp does, and most pictures are no SVG.
  const { makeSvgSafe } = await import('../svg/svg-safe.ts');
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
