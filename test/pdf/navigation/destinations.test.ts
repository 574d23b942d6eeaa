import { PDFArray, PDFDict, PDFDocument, type PDFHexString, PDFName, type PDFString } from 'pdf-lib';
import { describe, expect, test } from 'vitest';
import type { Destination } from '../../../src/model/pdf-parts.ts';
import { setDestinations } from '../../../src/pdf/navigation/destinations.ts';
import { readPdf, withPdf } from '../../support/pdf.ts';

const name = PDFName.of;

async function withDestinations(
  destinations: readonly Destination[],
  prepare: (document: PDFDocument) => void = () => undefined,
): Promise<PDFDocument> {
  const document = await PDFDocument.create();
  for (let i = 0; i < 3; i++) document.addPage([300, 200]);
  prepare(document);
  setDestinations(document, destinations);
  return document;
}

/** Of each name the page, from 0, that pdf.js finds by it. */
async function pagesOf(document: PDFDocument, names: readonly string[]): Promise<(number | undefined)[]> {
  return withPdf(await document.save(), async (pdf) =>
    Promise.all(
      names.map(async (one) => {
        const place = await pdf.getDestination(one);
        return place ? pdf.getPageIndex(place[0] as never) : undefined;
      }),
    ),
  );
}

describe('destinations', () => {
  test('are found by their names, in any script', async () => {
    const names = ['/2/1', 'landing', 'a (b) \\', 'über', '标题', '🪁'];
    const document = await withDestinations(names.map((one, i) => ({ name: one, page: i % 3 })));
    expect(await pagesOf(document, names)).toEqual([0, 1, 2, 0, 1, 2]);
  });

  test('stand in the order of their bytes', async () => {
    const names = ['/10', '/9', 'z', '/1/0', 'über', 'A', '/1'];
    const { catalog } = await withDestinations(names.map((one) => ({ name: one, page: 0 })));
    const entries = catalog.lookup(name('Names'), PDFDict).lookup(name('Dests'), PDFDict);
    const keys = entries
      .lookup(name('Names'), PDFArray)
      .asArray()
      .filter((_, i) => i % 2 === 0);
    const bytes = keys.map((key) => (key as PDFString | PDFHexString).asBytes());
    expect(bytes).toHaveLength(names.length);
    expect(bytes).toEqual([...bytes].sort(Buffer.compare));
  });

  test('have the first page of two with one name, and none that is not there', async () => {
    const document = await withDestinations([
      { name: 'gone', page: 9 },
      { name: 'twin', page: 1 },
      { name: 'twin', page: 2 },
    ]);
    expect(await pagesOf(document, ['gone', 'twin'])).toEqual([undefined, 1]);
  });

  test('are added to other names', async () => {
    const { catalog } = await withDestinations([{ name: 'a', page: 0 }], ({ context, catalog: before }) =>
      before.set(name('Names'), context.obj({ EmbeddedFiles: { Names: [] } })),
    );
    expect(catalog.lookup(name('Names'), PDFDict).keys()).toEqual([name('EmbeddedFiles'), name('Dests')]);
  });

  test('take the place of the browser’s own names, which may be longer than names can be', async () => {
    const id = 'x'.repeat(200);
    const document = await withDestinations([], (before) => {
      const { context, catalog } = before;
      const place = [before.getPage(2).ref, 'XYZ', 20, 100, 0];
      catalog.set(name('Dests'), context.obj({ [id]: place }));
      const link = context.obj({ Type: 'Annot', Subtype: 'Link', Rect: [0, 0, 9, 9], Dest: id });
      before.getPage(0).node.set(name('Annots'), context.obj([context.register(link)]));
    });
    expect(document.catalog.has(name('Dests'))).toBe(false);
    expect((await readPdf(await document.save()))[0]?.jumps).toEqual([2]);
  });
});
