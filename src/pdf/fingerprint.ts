import { createHash } from 'node:crypto';
import { PDFArray, PDFDict, type PDFDocument, PDFName, type PDFObject, PDFRawStream, PDFRef } from 'pdf-lib';
import type { FileLink } from '../model/pdf-parts.ts';
import { streamText } from './content/stream-text.ts';
import { textOf } from './content/text-of.ts';
import { linksOn, type PageLink } from './navigation/links.ts';

/** The visible and clickable content of a page that finishing a file must not change. */
export interface PageFingerprint {
  /** Place and target of each link. */
  readonly links: readonly string[];
  /** The number of raster images that it can draw. */
  readonly pictures: number;
  /** Hash of the operators that show text and draw objects, in order. */
  readonly painted: string;
}

const name = PDFName.of;
/** Lines with operators of ISO 32000-1, 9.3 and 9.4 (text), 8.8 (external objects). */
const PAINTS = /^.*[\s)\]>](?:Tf|Td|TD|Tm|Tj|TJ|T\*|'|"|Do)$/gm;
const DRAWS = /^\/(\S+)\s+Do$/;

/**
 * The fingerprint of each page. It reads content as Chromium writes it: one operator per line.
 *
 * @param fileLinks links that will lead to other files; they are compared by their future targets.
 */
export function fingerprints(document: PDFDocument, fileLinks: readonly FileLink[] = []): PageFingerprint[] {
  const describe = linkReader(document, fileLinks);
  const { context } = document;
  const known = new Map<PDFObject, string>();
  return document.getPages().map((page) => {
    const pictures = new Set<PDFObject>();
    const contents = page.node.Contents();
    const streams = contents instanceof PDFArray ? contents.asArray() : [contents];
    const painted = hashed(streams.map((one) => painting(context.lookup(one), page.node.Resources())));
    countPictures(page.node.Resources(), pictures);
    return { links: linksOn(page).map(describe), pictures: pictures.size, painted };
  });

  /** The content of a stream, with that of each form that it draws; names of forms do not matter. */
  function painting(stream: PDFObject | undefined, resources: PDFDict | undefined): string {
    const before = stream && known.get(stream);
    if (before !== undefined) return before;
    if (stream) known.set(stream, '');
    const objects = resources?.lookupMaybe(name('XObject'), PDFDict);
    const lines = (streamText(stream).match(PAINTS) ?? []).map((line) => {
      const drawn = line.endsWith('Do') && DRAWS.exec(line);
      if (!drawn) return line;
      const object = context.lookup(objects?.get(name(drawn[1] ?? '')));
      if (!(object instanceof PDFRawStream)) return 'nothing';
      if (object.dict.get(name('Subtype')) !== name('Form')) return 'picture';
      return painting(object, object.dict.lookupMaybe(name('Resources'), PDFDict) ?? resources);
    });
    const result = hashed(lines);
    if (stream) known.set(stream, result);
    return result;
  }

  function countPictures(own: PDFDict | undefined, pictures: Set<PDFObject>): void {
    const seen = new Set<PDFObject>();
    const waiting = [own];
    for (let resources = waiting.pop(); resources; resources = waiting.pop()) {
      for (const object of resources.lookupMaybe(name('XObject'), PDFDict)?.values() ?? []) {
        const stream = context.lookup(object);
        if (!(stream instanceof PDFRawStream) || seen.has(stream)) continue;
        seen.add(stream);
        if (stream.dict.get(name('Subtype')) === name('Image')) pictures.add(stream);
        else waiting.push(stream.dict.lookupMaybe(name('Resources'), PDFDict));
      }
    }
  }
}

function hashed(lines: readonly string[]): string {
  return createHash('sha256').update(lines.join('\n')).digest('hex');
}

/** Position and target of each link, in any notation. */
function linkReader(document: PDFDocument, fileLinks: readonly FileLink[]): (link: PageLink) => string {
  const { context, catalog } = document;
  const pages = new Map(document.getPages().map(({ ref }, i) => [ref, i + 1]));
  const places = context.lookup(catalog.get(name('Dests')));
  const moved = new Map(fileLinks.map(({ url, file, destination }) => [url, inFile(file, destination)]));
  return ({ dict }) => `${dict.get(name('Rect'))} ${targetOf(dict)}`;

  function targetOf(link: PDFDict): string {
    const action = context.lookup(link.get(name('A')));
    if (!(action instanceof PDFDict)) return placeOf(link.get(name('Dest')));
    const uri = textAt(action, 'URI');
    if (uri !== undefined) return moved.get(uri) ?? uri;
    const file = context.lookup(action.get(name('F')));
    if (!(file instanceof PDFDict)) return placeOf(action.get(name('D')));
    return inFile(textAt(file, 'UF') ?? '', textAt(action, 'D'));
  }

  function placeOf(target: PDFObject | undefined): string {
    const named = target instanceof PDFName && places instanceof PDFDict ? places.get(target) : target;
    const place = context.lookup(named);
    if (!(place instanceof PDFArray)) return String(place);
    const [page, ...rest] = place.asArray();
    return `page ${page instanceof PDFRef ? pages.get(page) : page} ${rest.join(' ')}`;
  }

  function textAt(dict: PDFDict, key: string): string | undefined {
    return textOf(context.lookup(dict.get(name(key))));
  }
}

function inFile(file: string, destination: string | undefined): string {
  return destination === undefined ? file : `${file} at ${destination}`;
}

/** Describes what the first page that differs has lost or gained; undefined if all pages are the same. */
export function firstDifference(
  before: readonly PageFingerprint[],
  after: readonly PageFingerprint[],
): string | undefined {
  if (before.length !== after.length) return `${after.length} pages instead of ${before.length}`;
  for (const [i, old] of before.entries()) {
    const page = after[i];
    if (page?.links.join('\n') !== old.links.join('\n'))
      return `other links on page ${i + 1}: ${page?.links.length} instead of ${old.links.length}`;
    if (page.pictures !== old.pictures)
      return `${page.pictures} pictures on page ${i + 1} instead of ${old.pictures}`;
    if (page.painted !== old.painted) return `another text on page ${i + 1}`;
  }
  return undefined;
}
