import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFHexString,
  PDFName,
  PDFNull,
  PDFNumber,
  type PDFObject,
  PDFString,
} from 'pdf-lib';
import type { Destination } from '../../model/pdf-parts.ts';
import { linksOn } from './links.ts';

const name = PDFName.of;

/**
 * Gives names to pages, in place: a name tree, sorted by bytes (ISO 32000-1, 7.9.6 and 12.3.2.3). Chromium's own names, which
 * only its links use, are replaced with the destinations themselves: in PDF/A a name object cannot hold longer ids, or ids in
 * other scripts (ISO 19005-2, 6.1.13).
 *
 * @param destinations the first one of each name counts.
 */
export function setDestinations(document: PDFDocument, destinations: readonly Destination[]): void {
  const { context, catalog } = document;
  const printed = context.lookup(catalog.get(name('Dests')));
  if (printed instanceof PDFDict)
    for (const { dict } of document.getPages().flatMap(linksOn)) placeLink(dict, printed);
  catalog.delete(name('Dests'));

  const pages = document.getPages();
  const named = new Map<string, PDFArray>();
  for (const { name: key, page: index } of destinations) {
    const page = pages[index];
    if (!page || named.has(key)) continue;
    named.set(key, context.obj([page.ref, 'XYZ', PDFNumber.of(0), PDFNumber.of(page.getHeight()), PDFNull]));
  }
  if (named.size === 0) return;
  const entries = [...named].map(([key, place]) => ({ key: destinationName(key), place }));
  entries.sort((a, b) => Buffer.compare(a.key.asBytes(), b.key.asBytes()));
  const tree = context.obj({ Names: entries.flatMap(({ key, place }) => [key, place] as PDFObject[]) });
  const names = context.lookup(catalog.get(name('Names')));
  const owner = names instanceof PDFDict ? names : context.obj({});
  owner.set(name('Dests'), context.register(tree));
  if (owner !== names) catalog.set(name('Names'), owner);

  function placeLink(link: PDFDict, places: PDFDict): void {
    const target = link.get(name('Dest'));
    const place = target instanceof PDFName ? context.lookup(places.get(target)) : undefined;
    if (place instanceof PDFArray) link.set(name('Dest'), place.clone(context));
  }
}

/** A name has the same bytes in the file that defines it and in those that refer to it. */
export function destinationName(text: string): PDFString | PDFHexString {
  return /^[\w/:.-]+$/.test(text) ? PDFString.of(text) : PDFHexString.fromText(text);
}
