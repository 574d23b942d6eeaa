import {
  PDFArray,
  type PDFContext,
  PDFDict,
  PDFDocument,
  PDFHexString,
  PDFName,
  PDFRawStream,
  PDFRef,
} from 'pdf-lib';
import { describe, expect, test } from 'vitest';
import { makeStub } from '../../src/images/renditions/stub.ts';
import type { PdfImage } from '../../src/model/pdf-parts.ts';
import { findStubs } from '../../src/pdf/find-stubs.ts';
import { putImage, putImages } from '../../src/pdf/put-images.ts';

const MASK: PdfImage = {
  ...{ widthPx: 2, heightPx: 1, filter: 'Flate', colours: 'gray', bitsPerComponent: 1 },
  bytes: Buffer.from([1]),
};
const RGB: PdfImage = { ...MASK, colours: 'rgb', bitsPerComponent: 8, bytes: Buffer.from([2]) };
const JPEG: PdfImage = { ...RGB, filter: 'DCT', bytes: Buffer.from([3]) };
const STUBS = ['a', 'b', 'c'].map((id) => makeStub({ widthPx: 8, heightPx: 8 }, id, 'plain'));

/** A document that draws each stub once, and then something that is no stub. */
async function withStubs() {
  const document = await PDFDocument.create();
  const { context } = document;
  const image = (contents: Uint8Array): PDFRef =>
    context.register(
      PDFRawStream.of(context.obj({ Type: 'XObject', Subtype: 'Image', Filter: 'DCTDecode' }), contents),
    );
  const refs = STUBS.map(({ jpeg }) => image(jpeg));
  const other = image(Buffer.from([0xff, 0xd8, 0xff, 0xd9]));
  const objects = context.obj({ A: refs[0] ?? '', B: refs[1] ?? '', C: refs[2] ?? '', D: other });
  document.addPage().node.set(PDFName.of('Resources'), context.obj({ XObject: objects }));
  const [a, b, c] = refs;
  if (!a || !b || !c) throw new Error('no stubs');
  return { context, a, b, c, other, objects };
}

const streamAt = (context: PDFContext, ref: PDFRef): PDFRawStream => {
  const stream = context.lookup(ref);
  if (!(stream instanceof PDFRawStream)) throw new Error('no stream');
  return stream;
};
const dictOf = (object: unknown): PDFDict => (object as PDFRawStream).dict;
const entry = (dict: PDFDict, key: string): string => String(dict.get(PDFName.of(key)));

describe('stubs in a print', () => {
  test('are found by their ids', async () => {
    const { context, a, b, c } = await withStubs();
    expect([...findStubs(context, STUBS)]).toEqual([
      [a, 'a'],
      [b, 'b'],
      [c, 'c'],
    ]);
  });

  test('are found only where all bytes are those of the stub', async () => {
    const { context, a } = await withStubs();
    const { jpeg = new Uint8Array() } = STUBS[0] ?? {};
    context.assign(a, PDFRawStream.of(dictOf(context.lookup(a)), Buffer.concat([jpeg, Buffer.from([0])])));
    expect([...findStubs(context, STUBS).values()]).toEqual(['b', 'c']);
  });

  test('of another print are not found', async () => {
    expect(findStubs((await withStubs()).context, []).size).toBe(0);
  });
});

describe('an image that is put', () => {
  test('has the size, the colours and the bytes of the image', async () => {
    const { context, a } = await withStubs();
    putImage(context, a, RGB);
    const { dict, contents } = streamAt(context, a);
    const keys = ['Width', 'Height', 'ColorSpace', 'BitsPerComponent', 'Filter'];
    expect([keys.map((key) => entry(dict, key)), [...contents]]).toEqual([
      ['2', '1', '/DeviceRGB', '8', '/FlateDecode'],
      [2],
    ]);
  });

  test('of rows says how they are filtered', async () => {
    const { context, a } = await withStubs();
    putImage(context, a, RGB);
    const parameters = dictOf(context.lookup(a)).lookup(PDFName.of('DecodeParms'), PDFDict);
    expect(
      ['Predictor', 'Colors', 'BitsPerComponent', 'Columns'].map((key) => entry(parameters, key)),
    ).toEqual(['15', '3', '8', '2']);
  });

  test('of a JPEG is not filtered', async () => {
    const { context, a } = await withStubs();
    putImage(context, a, JPEG);
    const dict = dictOf(context.lookup(a));
    expect([entry(dict, 'Filter'), dict.has(PDFName.of('DecodeParms'))]).toEqual(['/DCTDecode', false]);
  });

  test('with a palette has its colours', async () => {
    const { context, a } = await withStubs();
    putImage(context, a, { ...MASK, colours: 'indexed', palette: Buffer.from([0, 0, 0, 255, 128, 0]) });
    const space = dictOf(context.lookup(a)).lookup(PDFName.of('ColorSpace'), PDFArray);
    expect([
      String(space.get(0)),
      String(space.get(1)),
      String(space.get(2)),
      space.lookup(3, PDFHexString).asString(),
    ]).toEqual(['/Indexed', '/DeviceRGB', '1', '000000ff8000']);
  });

  test('says nothing of interpolation, which PDF/A forbids', async () => {
    const { context, a } = await withStubs();
    putImage(context, a, RGB);
    expect(dictOf(context.lookup(a)).has(PDFName.of('Interpolate'))).toBe(false);
  });

  test('has its mask as an image of its own', async () => {
    const { context, a } = await withStubs();
    putImage(context, a, { ...JPEG, mask: MASK });
    const mask = dictOf(context.lookup(a)).lookup(PDFName.of('SMask'));
    expect([entry(dictOf(mask), 'ColorSpace'), entry(dictOf(mask), 'BitsPerComponent')]).toEqual([
      '/DeviceGray',
      '1',
    ]);
  });
});

describe('what is equal is stored once', () => {
  test('masks of different images', async () => {
    const { context, a, b } = await withStubs();
    const images: [PDFRef, PdfImage][] = [
      [a, { ...JPEG, mask: MASK }],
      [b, { ...RGB, mask: { ...MASK, bytes: Buffer.from(MASK.bytes) } }],
    ];
    putImages(context, new Map(images));
    const [first, second] = [a, b].map((ref) => dictOf(context.lookup(ref)).get(PDFName.of('SMask')));
    expect([first instanceof PDFRef, first === second]).toEqual([true, true]);
  });

  test('images', async () => {
    const { context, a, b, c, objects } = await withStubs();
    putImages(
      context,
      new Map([
        [a, RGB],
        [b, JPEG],
        [c, { ...RGB, bytes: Buffer.from(RGB.bytes) }],
      ]),
    );
    const drawn = ['A', 'B', 'C'].map((key) => objects.get(PDFName.of(key)));
    expect([drawn, context.lookup(c)]).toEqual([[a, b, a], undefined]);
  });

  test('but not images that differ in their mask alone', async () => {
    const { context, a, b } = await withStubs();
    putImages(
      context,
      new Map([
        [a, RGB],
        [b, { ...RGB, mask: MASK }],
      ]),
    );
    expect(context.lookup(b)).toBeInstanceOf(PDFRawStream);
  });
});

test('what is no stub stays as it is', async () => {
  const { context, a, other } = await withStubs();
  putImage(context, a, RGB);
  expect(streamAt(context, other).contents.length).toBe(4);
});
