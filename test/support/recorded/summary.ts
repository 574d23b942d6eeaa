import { readOutline, readPdf, readTagged } from '../pdf.ts';
import type { PdfLayout, PlacedBox } from '../pdf-layout.ts';
import { readLayout } from '../pdf-layout.ts';
import { structureTypes } from '../structure-types.ts';

/** What a file holds, apart from how it is written. */
export interface Summary {
  readonly size: readonly string[];
  readonly texts: readonly (readonly string[])[];
  readonly links: readonly (readonly string[])[];
  readonly jumps: readonly (readonly number[])[];
  readonly pictures: readonly number[];
  readonly outline: readonly string[];
  readonly structure: readonly string[];
  /** The words in the order of the structure. */
  readonly read: string;
}

export async function summaryOf(pdf: Uint8Array): Promise<Summary> {
  const pages = await readPdf(pdf);
  return {
    size: pages.map(({ widthPt, heightPt }) => `${widthPt} × ${heightPt}`),
    texts: pages.map(({ text }) => text.split('\n')),
    links: pages.map(({ links }) => links),
    jumps: pages.map(({ jumps }) => jumps),
    pictures: pages.map(({ pictures }) => pictures),
    outline: await readOutline(pdf),
    structure: await structureTypes(pdf),
    read: await readTagged(pdf),
  };
}

/** The edges of everything that a file places on its pages, page by page: texts, pictures and links. */
export async function placesIn(pdf: Uint8Array): Promise<number[][]> {
  const edges = ({ left, top, right, bottom }: PlacedBox): number[] => [left, top, right, bottom];
  const all = ({ texts, pictures, links }: PdfLayout): number[] =>
    [...texts, ...pictures, ...links].flatMap(edges);
  return (await readLayout(pdf, { colors: false })).map(all);
}
