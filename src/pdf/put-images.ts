import { createHash } from 'node:crypto';
import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFRef,
  PDFStream,
} from 'pdf-lib';
import type { PdfImage } from '../model/pdf-parts.ts';

/**
 * Replaces objects of a document with images, in place. Equal objects are stored once: references to equal images all lead to
 * the first one, and equal masks are shared.
 *
 * Images have no color space of their own: their colors are those of the document's output intent, which must be sRGB.
 * Interpolation, which PDF/A forbids, is not requested (ISO 19005-2, 6.2.8).
 */
export function putImages(context: PDFContext, images: ReadonlyMap<PDFRef, PdfImage>): void {
  const first = new Map<string, PDFRef>();
  const moved = new Map<PDFRef, PDFRef>();
  const digests = new Map<PdfImage, string>();
  const digestOf = (image: PdfImage): string => {
    const digest = digests.get(image) ?? digestOfImage(image);
    digests.set(image, digest);
    return digest;
  };
  const masks = new Map<string, PDFRef>();
  const refOfMask = (mask: PdfImage): PDFRef => {
    const digest = digestOf(mask);
    const ref = masks.get(digest) ?? context.register(streamOf(context, mask, undefined));
    masks.set(digest, ref);
    return ref;
  };
  for (const [ref, image] of images) {
    const digest = digestOf(image);
    const before = first.get(digest);
    if (before) moved.set(ref, before);
    else {
      first.set(digest, ref);
      context.assign(ref, streamOf(context, image, image.mask && refOfMask(image.mask)));
    }
  }
  if (moved.size > 0) redirect(context, moved);
}

/** Replaces one object with an image, in place. */
export function putImage(context: PDFContext, ref: PDFRef, image: PdfImage): void {
  putImages(context, new Map([[ref, image]]));
}

function digestOfImage(image: PdfImage): string {
  const { bytes, palette, mask, ...rest } = image;
  const hash = createHash('sha256').update(JSON.stringify(rest)).update(bytes);
  if (palette) hash.update('palette').update(palette);
  if (mask) hash.update(`mask ${digestOfImage(mask)}`);
  return hash.digest('hex');
}

/** ISO 32000-1, table 89; table 8 for the parameters of Flate, where predictor 15 means the filters of PNG. */
function streamOf(context: PDFContext, image: PdfImage, mask: PDFRef | undefined): PDFRawStream {
  const { widthPx, heightPx, filter, colours, bitsPerComponent, bytes } = image;
  const predictor = {
    Predictor: 15,
    Colors: colours === 'rgb' ? 3 : 1,
    BitsPerComponent: bitsPerComponent,
    Columns: widthPx,
  };
  const dict = context.obj({
    Type: 'XObject',
    Subtype: 'Image',
    Width: widthPx,
    Height: heightPx,
    ColorSpace: colourSpaceOf(context, image),
    BitsPerComponent: bitsPerComponent,
    Filter: filter === 'DCT' ? 'DCTDecode' : 'FlateDecode',
    ...(filter === 'Flate' ? { DecodeParms: predictor } : {}),
    ...(mask ? { SMask: mask } : {}),
  });
  return PDFRawStream.of(dict, bytes);
}

function colourSpaceOf(context: PDFContext, { colours, palette }: PdfImage): PDFObject {
  if (colours === 'gray') return PDFName.of('DeviceGray');
  if (colours === 'rgb') return PDFName.of('DeviceRGB');
  const colourBytes = palette ?? new Uint8Array(3);
  const table = PDFHexString.of(Buffer.from(colourBytes).toString('hex'));
  return context.obj(['Indexed', 'DeviceRGB', colourBytes.length / 3 - 1, table]);
}

/** Redirects references from duplicate objects to the first one, and removes the duplicates. */
function redirect(context: PDFContext, moved: ReadonlyMap<PDFRef, PDFRef>): void {
  for (const [, object] of context.enumerateIndirectObjects()) redirectIn(object, moved);
  for (const ref of moved.keys()) context.delete(ref);
}

function redirectIn(object: PDFObject, moved: ReadonlyMap<PDFRef, PDFRef>): void {
  if (object instanceof PDFStream) redirectIn(object.dict, moved);
  else if (object instanceof PDFDict) {
    for (const [key, value] of object.entries()) {
      const target = value instanceof PDFRef ? moved.get(value) : undefined;
      if (target) object.set(key, target);
      else if (!(value instanceof PDFRef)) redirectIn(value, moved);
    }
  } else if (object instanceof PDFArray) {
    for (const [index, value] of object.asArray().entries()) {
      const target = value instanceof PDFRef ? moved.get(value) : undefined;
      if (target) object.set(index, target);
      else if (!(value instanceof PDFRef)) redirectIn(value, moved);
    }
  }
}
