import { createHash } from 'node:crypto';
import {
  PDFArray,
  PDFDict,
  type PDFDocument,
  PDFName,
  type PDFObject,
  type PDFPage,
  PDFRawStream,
} from 'pdf-lib';
import { streamText } from './stream-text.ts';

/** What readers see and click on a page, as far as finishing a file must leave it as it is. */
export interface PageFingerprint {
  /** Place and target of each link. */
  readonly links: readonly string[];
  /** How many raster pictures it can draw. */
  readonly pictures: number;
  /** Hash of the operators that show text and draw objects, in order. */
  readonly painted: string;
}

const name = PDFName.of;
/** ISO 32000-1, 9.3 and 9.4 (text), 8.8 (external objects). */
const PAINTS = /(?:\s|[)\]>])(?:Tf|Td|TD|Tm|Tj|TJ|T\*|'|"|Do)$/;
const DRAWS = /^\/(\S+)\s+Do$/;

/** Of every page. Reads content as Chromium writes it: one operator a line. */
export function fingerprints(document: PDFDocument): PageFingerprint[] {
  const { context } = document;
  const known = new Map<PDFObject, string>();
  return document.getPages().map((page) => {
    const pictures = new Set<PDFObject>();
    const contents = page.node.Contents();
    const streams = contents instanceof PDFArray ? contents.asArray() : [contents];
    const painted = hashed(streams.map((one) => painting(context.lookup(one), page.node.Resources())));
    countPictures(page.node.Resources(), pictures);
    return { links: linksOf(page), pictures: pictures.size, painted };
  });

  /** What a stream shows, with what each form that it draws shows in turn: names of forms mean nothing. */
  function painting(stream: PDFObject | undefined, resources: PDFDict | undefined): string {
    const before = stream && known.get(stream);
    if (before !== undefined) return before;
    if (stream) known.set(stream, '');
    const objects = resources?.lookupMaybe(name('XObject'), PDFDict);
    const lines = streamText(stream)
      .split('\n')
      .filter((line) => PAINTS.test(line))
      .map((line) => {
        const drawn = DRAWS.exec(line);
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

function linksOf(page: PDFPage): string[] {
  const named = page.doc.catalog.lookupMaybe(name('Dests'), PDFDict);
  const annotations = page.node.Annots()?.asArray() ?? [];
  return annotations.flatMap((reference) => {
    const link = page.node.context.lookup(reference);
    if (!(link instanceof PDFDict) || link.get(name('Subtype')) !== name('Link')) return [];
    const action = page.node.context.lookup(link.get(name('A')));
    const target = action instanceof PDFDict ? (action.get(name('URI')) ?? action.get(name('D'))) : undefined;
    return [`${link.get(name('Rect'))} ${place(target ?? link.get(name('Dest')))}`];

    /** Of a destination where it is, whatever it is called. */
    function place(target: PDFObject | undefined): PDFObject | undefined {
      return (target instanceof PDFName && page.node.context.lookup(named?.get(target))) || target;
    }
  });
}

/** What the first page that differs has lost or gained, in words; none where all are the same. */
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
