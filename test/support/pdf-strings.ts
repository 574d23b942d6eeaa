import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  type PDFObject,
  PDFRawStream,
  PDFString,
} from 'pdf-lib';

/**
 * Everything that can be read in a file except the text of its pages: every string and name in every object, used or not, and
 * every stream that is not an image.
 */
export async function readStrings(bytes: Uint8Array): Promise<string> {
  const { context } = await PDFDocument.load(bytes, { updateMetadata: false });
  const found: string[] = [];
  for (const [, object] of context.enumerateIndirectObjects()) collect(object, found);
  collect(context.trailerInfo.Info, found);
  return found.join('\n');
}

function collect(object: PDFObject | undefined, found: string[]): void {
  if (object instanceof PDFString || object instanceof PDFHexString) found.push(object.decodeText());
  else if (object instanceof PDFName) found.push(object.decodeText());
  else if (object instanceof PDFArray) for (const one of object.asArray()) collect(one, found);
  else if (object instanceof PDFDict) collectEntries(object, found);
  else if (object instanceof PDFRawStream) {
    collectEntries(object.dict, found);
    const isImage = object.dict.get(PDFName.of('Subtype')) === PDFName.of('Image');
    if (!isImage) found.push(Buffer.from(decodePDFRawStream(object).decode()).toString('latin1'));
  }
}

function collectEntries(dictionary: PDFDict, found: string[]): void {
  for (const [name, value] of dictionary.entries()) {
    found.push(name.decodeText());
    collect(value, found);
  }
}

/** The sizes of all images of a file, used or not: `64 × 36`. */
export async function imageSizes(bytes: Uint8Array): Promise<string[]> {
  const { context } = await PDFDocument.load(bytes, { updateMetadata: false });
  return context.enumerateIndirectObjects().flatMap(([, object]) => {
    if (!(object instanceof PDFRawStream)) return [];
    if (object.dict.get(PDFName.of('Subtype')) !== PDFName.of('Image')) return [];
    const [width, height] = ['Width', 'Height'].map((name) => object.dict.get(PDFName.of(name)));
    return [`${width} × ${height}`];
  });
}
