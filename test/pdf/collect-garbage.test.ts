import { PDFArray, PDFDocument, PDFName, PDFNumber, PDFRawStream, PDFRef, PDFString } from 'pdf-lib';
import { describe, expect, test } from 'vitest';
import { collectGarbage } from '../../src/pdf/collect-garbage.ts';
import { readPdf } from '../support/pdf.ts';

async function onePage(): Promise<PDFDocument> {
  const document = await PDFDocument.create();
  document.addPage([300, 200]).drawText('kept');
  await document.flush();
  return document;
}
const name = PDFName.of;

describe('collecting garbage', () => {
  test('drops what nothing leads to', async () => {
    const document = await onePage();
    const lost = document.context.register(PDFString.of('lost'));
    collectGarbage(document);
    expect(document.context.lookup(lost)).toBeUndefined();
  });

  test('drops what only garbage leads to, rings too', async () => {
    const document = await onePage();
    const { context } = document;
    const [a, b] = [context.nextRef(), context.nextRef()];
    context.assign(a, context.obj({ Next: b }));
    context.assign(b, context.obj({ Next: a }));
    collectGarbage(document);
    expect([context.lookup(a), context.lookup(b)]).toEqual([undefined, undefined]);
  });

  test('keeps what dictionaries, arrays and streams lead to', async () => {
    const document = await onePage();
    const { context, catalog } = document;
    const leaf = context.register(PDFString.of('leaf'));
    const stream = context.register(PDFRawStream.of(context.obj({ Own: leaf }), new Uint8Array()));
    const list = context.register(context.obj([[stream]]));
    catalog.set(name('Extra'), context.obj({ Deep: { Deeper: list } }));
    collectGarbage(document);
    expect([list, stream, leaf].map((ref) => context.lookup(ref) !== undefined)).toEqual([true, true, true]);
  });

  test('keeps title and author', async () => {
    const document = await onePage();
    document.setTitle('Intro');
    collectGarbage(document);
    expect(document.getTitle()).toBe('Intro');
  });

  test('leaves a page as readable as it was', async () => {
    const document = await onePage();
    collectGarbage(document);
    expect((await readPdf(await document.save())).map(({ text }) => text)).toEqual(['kept']);
  });

  test('is not stopped by a reference to nothing', async () => {
    const document = await onePage();
    document.catalog.set(name('Lost'), PDFRef.of(9_999));
    collectGarbage(document);
    expect(document.getPageCount()).toBe(1);
  });

  test('follows arrays of any length', async () => {
    const document = await onePage();
    const { context, catalog } = document;
    const list = PDFArray.withContext(context);
    for (let i = 0; i < 300_000; i++) list.push(PDFNumber.of(i));
    const leaf = context.register(PDFString.of('leaf'));
    list.push(leaf);
    catalog.set(name('Long'), list);
    collectGarbage(document);
    expect(context.lookup(leaf)).toBeDefined();
  });
});
