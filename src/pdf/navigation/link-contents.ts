import { PDFArray, PDFDict, type PDFDocument, PDFHexString, PDFName, PDFRef } from 'pdf-lib';
import { textOf } from '../content/text-of.ts';
import { linksOn } from './links.ts';

const name = PDFName.of;

/**
 * Describes the target of every link, in place, for people who cannot see it. ISO 14289-1, 7.18.5; ISO 32000-1, 14.9.3.
 *
 * @param labels of the pages, in order; default: their numbers.
 */
export function describeLinks(document: PDFDocument, labels: readonly string[] | undefined): void {
  const { context } = document;
  const pages = document.getPages();
  const numbers = new Map(pages.map(({ ref }, i) => [ref, labels?.[i] ?? String(i + 1)]));
  for (const { dict } of pages.flatMap(linksOn))
    if (!dict.has(name('Contents'))) dict.set(name('Contents'), PDFHexString.fromText(targetOf(dict)));

  function targetOf(link: PDFDict): string {
    const action = context.lookup(link.get(name('A')));
    const uri = action instanceof PDFDict ? textOf(context.lookup(action.get(name('URI')))) : undefined;
    if (uri !== undefined) return uri;
    const place = context.lookup(action instanceof PDFDict ? action.get(name('D')) : link.get(name('Dest')));
    const page = place instanceof PDFArray ? place.get(0) : undefined;
    return `→ ${(page instanceof PDFRef && numbers.get(page)) || '?'}`;
  }
}
