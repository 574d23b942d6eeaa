import {
  decodePDFRawStream,
  PDFArray,
  PDFDict,
  PDFDocument,
  type PDFObject,
  PDFRawStream,
  PDFRef,
} from 'pdf-lib';

/** So much of a value is shown. */
const SHOWN = 80;

interface Place {
  readonly a: PDFObject | undefined;
  readonly b: PDFObject | undefined;
  /** From the trailer. */
  readonly path: string;
  /** Number of the indirect object in the first file. */
  readonly object: number;
}

/**
 * Names the first object in which two PDFs differ, with its number, its path from the trailer and both values; nothing
 * where they have the same bytes.
 */
export async function pdfDifference(one: Uint8Array, other: Uint8Array): Promise<string | undefined> {
  if (Buffer.compare(one, other) === 0) return undefined;
  const [left, right] = await Promise.all(
    [one, other].map((bytes) => PDFDocument.load(bytes, { updateMetadata: false })),
  );
  if (!left || !right) return undefined;
  const waiting: Place[] = ['Root', 'Info', 'ID'].map((key) => ({
    a: left.context.trailerInfo[key as 'Root'],
    b: right.context.trailerInfo[key as 'Root'],
    path: key,
    object: 0,
  }));
  const seen = new Set<string>();
  for (let place = waiting.shift(); place; place = waiting.shift()) {
    const { path } = place;
    const number = place.a instanceof PDFRef ? place.a.objectNumber : place.object;
    if (place.a instanceof PDFRef && place.b instanceof PDFRef) {
      const pair = `${place.a} ${place.b}`;
      if (seen.has(pair)) continue;
      seen.add(pair);
    }
    const [a, b] = [left.context.lookup(place.a), right.context.lookup(place.b)];
    if (a instanceof PDFDict && b instanceof PDFDict) waiting.push(...entries(a, b, path, number));
    else if (a instanceof PDFArray && b instanceof PDFArray) waiting.push(...items(a, b, path, number));
    else if (a instanceof PDFRawStream && b instanceof PDFRawStream) {
      const [x, y] = [decoded(a), decoded(b)];
      if (x !== y) return told(number, path, x, y);
      waiting.push(...entries(a.dict, b.dict, path, number));
    } else if (String(a) !== String(b)) return told(number, path, String(a), String(b));
  }
  const at = one.findIndex((byte, i) => byte !== other[i]);
  return `the same objects, written in another way from byte ${at} on`;
}

function entries(a: PDFDict, b: PDFDict, path: string, object: number): Place[] {
  const keys = new Set([...a.keys(), ...b.keys()].map((key) => key.asString()));
  const find = (dict: PDFDict, name: string): PDFObject | undefined =>
    dict.entries().find(([key]) => key.asString() === name)?.[1];
  return [...keys]
    .filter((key) => key !== '/Length')
    .sort()
    .map((key) => ({ a: find(a, key), b: find(b, key), path: path + key, object }));
}

function items(a: PDFArray, b: PDFArray, path: string, object: number): Place[] {
  return Array.from({ length: Math.max(a.size(), b.size()) }, (_, i) => ({
    a: a.asArray()[i],
    b: b.asArray()[i],
    path: `${path}/${i}`,
    object,
  }));
}

function decoded(stream: PDFRawStream): string {
  try {
    return Buffer.from(decodePDFRawStream(stream).decode()).toString('latin1');
  } catch {
    // Pictures are not packed as other streams are.
    return Buffer.from(stream.contents).toString('latin1');
  }
}

/** Both values from a little before where they part. */
function told(object: number, path: string, a: string, b: string): string {
  let at = 0;
  while (at < a.length && a[at] === b[at]) at++;
  const from = Math.max(0, at - SHOWN / 4);
  const [x, y] = [a, b].map((value) => value.slice(from, from + SHOWN).replace(/\s+/g, ' '));
  return `object ${object}, ${path}, from ${at} on: “${x}” and “${y}”`;
}
