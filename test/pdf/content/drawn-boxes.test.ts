import fc from 'fast-check';
import { PDFDocument, type PDFImage, PDFName, type PDFPage } from 'pdf-lib';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { drawnBoxes } from '../../../src/pdf/content/drawn-boxes.ts';
import { randomCases } from '../../support/random-cases.ts';

const PX = 96 / 72;

/** A page of 300 × 200 pt that runs a program, in which `/Im0` is a picture and `/Fm0` a form that runs another. */
async function pageWith(content: string, form = '', formEntries: Readonly<Record<string, number[]>> = {}) {
  const document = await PDFDocument.create();
  const page = document.addPage([300, 200]);
  const picture = await blankPicture(document);
  await document.flush();
  const { context } = document;
  const stream = context.flateStream(form, { Type: 'XObject', Subtype: 'Form', ...formEntries });
  const formRef = context.register(stream);
  page.node.setXObject(PDFName.of('Im0'), picture.ref);
  page.node.setXObject(PDFName.of('Fm0'), formRef);
  page.node.set(PDFName.of('Contents'), context.register(context.flateStream(content)));
  return reloaded(document);
}

async function reloaded(document: PDFDocument): Promise<PDFPage> {
  return (await PDFDocument.load(await document.save())).getPage(0);
}

async function blankPicture(document: PDFDocument): Promise<PDFImage> {
  const png = await sharp({ create: { width: 2, height: 2, channels: 3, background: 'red' } })
    .png()
    .toBuffer();
  return document.embedPng(png);
}

/** In points from the top left corner, to the thousandth. */
const points = (boxes: readonly { x: number; y: number; width: number; height: number }[]) =>
  boxes.map(({ x, y, width, height }) =>
    [x, y, width, height].map((px) => Math.round((px / PX) * 1000) / 1000 + 0),
  );
const imagesOf = async (...args: Parameters<typeof pageWith>) =>
  points(drawnBoxes(await pageWith(...args), { withPaths: true }).images);
const pathsOf = async (...args: Parameters<typeof pageWith>) =>
  points(drawnBoxes(await pageWith(...args), { withPaths: true }).paths);

describe('the box of a picture', () => {
  test('counts from the top left corner of the page', async () => {
    expect(await imagesOf('q\n100 0 0 50 10 20 cm\n/Im0 Do\nQ')).toEqual([[10, 130, 100, 50]]);
  });

  test('takes all transformations on its way', async () => {
    expect(await imagesOf('2 0 0 2 0 0 cm\n1 0 0 -1 0 100 cm\n50 0 0 10 5 5 cm\n/Im0 Do')).toEqual([
      [10, 10, 100, 20],
    ]);
  });

  test('is that of its corners where it is turned', async () => {
    expect(await imagesOf('0 40 -30 0 100 50 cm\n/Im0 Do')).toEqual([[70, 110, 30, 40]]);
  });

  test('forgets a transformation that was taken back', async () => {
    expect(await imagesOf('q\n9 0 0 9 9 9 cm\nQ\n10 0 0 10 0 0 cm\n/Im0 Do')).toEqual([[0, 190, 10, 10]]);
  });

  test('is found in a form, with the form’s own transformation', async () => {
    const found = await imagesOf('1 0 0 1 10 0 cm\n/Fm0 Do', '20 0 0 20 0 0 cm\n/Im0 Do', {
      Matrix: [2, 0, 0, 2, 0, 0],
    });
    expect(found).toEqual([[10, 160, 40, 40]]);
  });

  test('is there once for each time it is drawn', async () => {
    expect(await imagesOf('/Im0 Do\n/Im0 Do')).toHaveLength(2);
  });

  test('is not there where nothing of its name is known', async () => {
    expect(await imagesOf('/Im7 Do\nDo')).toEqual([]);
  });

  test('does not come from a form that draws itself for ever', async () => {
    expect(await imagesOf('/Fm0 Do', '/Fm0 Do')).toEqual([]);
  });

  test('is where pdf-lib draws it', async () => {
    const place = fc.record({
      x: fc.integer({ min: -100, max: 300 }),
      y: fc.integer({ min: -100, max: 300 }),
      width: fc.integer({ min: 1, max: 400 }),
      height: fc.integer({ min: 1, max: 400 }),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(place, { maxLength: 4 }), async (places) => {
        const document = await PDFDocument.create();
        const page = document.addPage([300, 200]);
        const picture = await blankPicture(document);
        for (const one of places) page.drawImage(picture, one);
        expect(points(drawnBoxes(await reloaded(document), { withPaths: false }).images)).toEqual(
          places.map(({ x, y, width, height }) => [x, 200 - y - height, width, height]),
        );
      }),
      randomCases(10, 40),
    );
  });
});

describe('the box of a path', () => {
  test.each([
    ['a rectangle', '10 20 30 40 re\nf', [[10, 140, 30, 40]]],
    ['a rectangle drawn backwards', '40 60 -30 -40 re\nf*', [[10, 140, 30, 40]]],
    ['lines', '0 0 m\n10 0 l\n10 20 l\nS', [[0, 180, 10, 20]]],
    ['curves', '0 0 m\n0 30 20 30 20 0 c\nB', [[0, 170, 20, 30]]],
    ['two shapes of one path', '0 0 1 1 re\n9 9 1 1 re\nf', [[0, 190, 10, 10]]],
    [
      'two paths',
      '0 0 1 1 re\nf\n9 9 1 1 re\nf',
      [
        [0, 199, 1, 1],
        [9, 190, 1, 1],
      ],
    ],
    ['what is moved', '1 0 0 1 5 5 cm\n0 0 1 1 re\nf', [[5, 194, 1, 1]]],
  ])('holds %s', async (_what, content, expected) => {
    expect(await pathsOf(content)).toEqual(expected);
  });

  test('is not there for what only clips', async () => {
    expect(await pathsOf('0 0 50 50 re\nW n')).toEqual([]);
  });

  test('does not take in what only clipped before', async () => {
    expect(await pathsOf('0 0 50 50 re\nW\nn\n9 9 1 1 re\nf')).toEqual([[9, 190, 1, 1]]);
  });

  test('is not there where nothing is painted', async () => {
    expect(await pathsOf('0 0 50 50 re\nf n\nS\nf')).toEqual([]);
  });
});

test('a page without content draws nothing', async () => {
  const document = await PDFDocument.create();
  expect(drawnBoxes(document.addPage(), { withPaths: true })).toEqual({ images: [], paths: [] });
});

test('a page whose content comes in parts is read as one', async () => {
  const page = await pageWith('');
  const { context } = page.node;
  const parts = ['q\n10 0 0 10 0 0 cm', '/Im0 Do\nQ'].map((part) =>
    context.register(context.flateStream(part)),
  );
  page.node.set(PDFName.of('Contents'), context.obj(parts));
  const bytes = await page.doc.save();
  const [found] = (await PDFDocument.load(bytes)).getPages();
  expect(found && points(drawnBoxes(found, { withPaths: false }).images)).toEqual([[0, 190, 10, 10]]);
});

describe('what is clipped', () => {
  test('counts as far as it is seen', async () => {
    expect(await pathsOf('10 10 50 50 re\nW n\n0 0 100 30 re\nf')).toEqual([[10, 170, 50, 20]]);
  });

  test('does not count where nothing of it is', async () => {
    expect(await pathsOf('10 10 50 50 re\nW* n\n100 100 9 9 re\nf')).toEqual([]);
  });

  test('is no longer clipped after its Q, and clipped further by a second clip', async () => {
    const content = 'q\n0 0 50 50 re\nW n\n40 40 50 50 re\nW\nn\n0 0 99 99 re\nf\nQ\n0 0 99 99 re\nf';
    expect(await pathsOf(content)).toEqual([
      [40, 150, 10, 10],
      [0, 101, 99, 99],
    ]);
  });

  test('may be drawn by a form', async () => {
    expect(await pathsOf('0 0 50 50 re\nW n\n/Fm0 Do', '0 0 99 99 re\nf')).toEqual([[0, 150, 50, 50]]);
  });
});
