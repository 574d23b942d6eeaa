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

/** Of every page. Reads content as Chromium writes it: one operator a line. */
export function fingerprints(document: PDFDocument): PageFingerprint[] {
  return document.getPages().map((page) => {
    const hash = createHash('sha256');
    const seen = new Set<PDFObject>();
    const { context } = page.node;
    const contents = page.node.Contents();
    for (const one of contents instanceof PDFArray ? contents.asArray() : [contents])
      hash.update(painting(context.lookup(one)));
    let pictures = 0;
    const waiting = [page.node.Resources()];
    for (let resources = waiting.pop(); resources; resources = waiting.pop()) {
      for (const object of resources.lookupMaybe(name('XObject'), PDFDict)?.values() ?? []) {
        const stream = context.lookup(object);
        if (!(stream instanceof PDFRawStream) || seen.has(stream)) continue;
        seen.add(stream);
        if (stream.dict.get(name('Subtype')) === name('Image')) pictures += 1;
        else {
          hash.update(painting(stream));
          const own = stream.dict.lookupMaybe(name('Resources'), PDFDict);
          if (own) waiting.push(own);
        }
      }
    }
    return { links: linksOf(page), pictures, painted: hash.digest('hex') };
  });
}

function painting(stream: PDFObject | undefined): string {
  return streamText(stream)
    .split('\n')
    .filter((line) => PAINTS.test(line))
    .join('\n');
}

function linksOf(page: PDFPage): string[] {
  const annotations = page.node.Annots()?.asArray() ?? [];
  return annotations.flatMap((reference) => {
    const link = page.node.context.lookup(reference);
    if (!(link instanceof PDFDict) || link.get(name('Subtype')) !== name('Link')) return [];
    const action = page.node.context.lookup(link.get(name('A')));
    const target = action instanceof PDFDict ? (action.get(name('URI')) ?? action.get(name('D'))) : undefined;
    return [`${link.get(name('Rect'))} ${target ?? link.get(name('Dest'))}`];
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
