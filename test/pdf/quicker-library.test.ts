import { PDFContext, PDFCrossRefStream, PDFDocument, PDFName, PDFRef } from 'pdf-lib';
import { expect, test } from 'vitest';
import '../../src/pdf/quicker-library.ts';

test('entries of a cross-reference stream are in order, whatever order they come in', () => {
  const stream = PDFCrossRefStream.create(PDFContext.create().obj({}), false);
  for (const number of [5, 1, 9, 7, 2, 8, 12, 11, 3]) stream.addUncompressedEntry(PDFRef.of(number), 1);
  stream.updateDict();
  // Pairs: the first number of a sequence, and how many there are. Object 0 is always free.
  expect(`${stream.dict.get(PDFName.of('Index'))}`).toBe('[ 0 4 5 1 7 3 11 2 ]');
});

test('a document of many objects can be read again', async () => {
  const document = await PDFDocument.create();
  const refs = Array.from({ length: 500 }, (_, i) => document.context.register(document.context.obj([i])));
  const read = await PDFDocument.load(await document.save());
  expect(refs.map((ref) => `${read.context.lookup(ref)}`)).toEqual(refs.map((_, i) => `[ ${i} ]`));
});

test('the same name is the same object, however it is written', () => {
  expect(PDFName.of('A#42')).toBe(PDFName.of('AB'));
  expect(PDFName.of('A#42').decodeText()).toBe('AB');
});
