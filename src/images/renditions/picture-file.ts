import type { PdfImage, Rendition } from '../../model/pdf-parts.ts';
import { encodePng } from '../codec/png-file.ts';
import { dataUrl } from '../model/data-url.ts';

interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

/**
 * An image as a file for the browser, for uses where the browser draws it itself. Nothing is decoded or encoded. If it has a
 * mask, or its natural size differs from its pixels, it is wrapped in an SVG.
 *
 * @param natural the natural size that the browser should report.
 */
export function pictureFile(image: PdfImage, natural: Size = image): Rendition {
  const { mask, ...visible } = image;
  const file = plainFile(visible);
  const isNatural = natural.widthPx === image.widthPx && natural.heightPx === image.heightPx;
  return mask || !isNatural ? wrapped(file, mask && plainFile(mask), natural) : file;
}

function plainFile(image: PdfImage): Rendition {
  return image.filter === 'DCT'
    ? { bytes: image.bytes, type: 'image/jpeg' }
    : { bytes: encodePng(image), type: 'image/png' };
}

/** @see https://www.w3.org/TR/css-masking-1/#the-mask-type Luminance is the default: white shows, black hides. */
function wrapped(visible: Rendition, mask: Rendition | undefined, { widthPx, heightPx }: Size): Rendition {
  const size = `width="${widthPx}" height="${heightPx}"`;
  const image = ({ type, bytes }: Rendition, more = ''): string =>
    `<image ${size}${more} preserveAspectRatio="none" href="${dataUrl(type, bytes)}"/>`;
  const svg = [
    `<svg xmlns="http://www.w3.org/2000/svg" ${size} viewBox="0 0 ${widthPx} ${heightPx}" preserveAspectRatio="none">`,
    mask ? `<mask id="m" maskUnits="userSpaceOnUse" x="0" y="0" ${size}>${image(mask)}</mask>` : '',
    image(visible, mask ? ' mask="url(#m)"' : ''),
    '</svg>',
  ];
  return { bytes: Buffer.from(svg.join('')), type: 'image/svg+xml' };
}
