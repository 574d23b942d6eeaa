import { PDFDocument, PDFName, PDFNumber, PDFRawStream } from 'pdf-lib';
import type { Sharp } from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { makePdfImage } from '../../../src/images/renditions/print-image.ts';
import { makeRendition } from '../../../src/images/renditions/renditions.ts';
import { makeStub } from '../../../src/images/renditions/stub.ts';
import type { PdfImage, Rendition } from '../../../src/model/pdf-parts.ts';
import { findStubs } from '../../../src/pdf/find-stubs.ts';
import { putImages } from '../../../src/pdf/put-images.ts';
import type { RasterPage } from '../../support/raster.ts';
import { drawPdfs, printHtml } from '../../support/viewer.ts';
import { originalOf, photograph } from '../pictures.ts';

interface ImageObject {
  readonly filter: string;
  readonly widthPx: number;
  readonly bytes: Uint8Array;
}

const SIZE = { widthPx: 480, heightPx: 320 };
/** Far from every color in the picture, and not white: a rim of another color would show. */
const PAGE_COLOUR = [20, 20, 120] as const;

async function print({ type, bytes }: Rendition): Promise<Uint8Array> {
  const html =
    `<body style="margin:0;background:rgb(${PAGE_COLOUR})">` +
    '<img src="picture" style="position:absolute;left:40px;top:40px;width:300px">';
  return printHtml(html, { picture: { type, bytes } }, SIZE);
}

async function printApart(image: PdfImage): Promise<Uint8Array> {
  const stub = makeStub(image, 'picture', 'wrapped');
  const document = await PDFDocument.load(await print(stub.file));
  const found = findStubs(document.context, [stub]);
  putImages(document.context, new Map([...found.keys()].map((ref) => [ref, image])));
  return document.save();
}

async function imagesIn(pdf: Uint8Array): Promise<ImageObject[]> {
  const { context } = await PDFDocument.load(pdf);
  return context.enumerateIndirectObjects().flatMap(([, object]) => {
    if (!(object instanceof PDFRawStream)) return [];
    const { dict, contents } = object;
    if (dict.get(PDFName.of('Subtype')) !== PDFName.of('Image')) return [];
    const widthPx = dict.lookup(PDFName.of('Width'), PDFNumber).asNumber();
    return [{ filter: String(dict.get(PDFName.of('Filter'))), widthPx, bytes: contents }];
  });
}

/** A photograph cut out as a disc with a soft rim. */
async function cutOut(picture: Sharp): Promise<Buffer> {
  const disc =
    '<svg width="480" height="320"><radialGradient id="g"><stop offset=".8"/><stop offset="1" stop-opacity="0"/></radialGradient>' +
    '<circle cx="240" cy="160" r="150" fill="url(#g)"/></svg>';
  const whole = picture.ensureAlpha().composite([{ input: Buffer.from(disc), blend: 'dest-in' }]);
  return whole.png().toBuffer();
}

describe('a photograph with a mask', () => {
  let png: Buffer;
  let image: PdfImage;
  let pdfs: { readonly png: Uint8Array; readonly masked: Uint8Array };
  let drawn: { readonly png: RasterPage; readonly masked: RasterPage };

  beforeAll(async () => {
    png = await cutOut(photograph());
    const spec = { maxWidthPx: 4000, maxHeightPx: 4000, frame: 1, mode: 'print' } as const;
    image = await makePdfImage(await originalOf(png), spec);
    pdfs = { png: await print({ type: 'image/png', bytes: png }), masked: await printApart(image) };
    const [first, second] = await drawPdfs([pdfs.png, pdfs.masked], 150);
    if (!first || !second) throw new Error('nothing was drawn');
    drawn = { png: first, masked: second };
  });

  /** Of the pixels that lie so far from the page's color, the levels between the two drawings. */
  const differences = (where: (distanceFromPage: number) => boolean): number[] => {
    const [a, b] = [drawn.png.data, drawn.masked.data];
    const found: number[] = [];
    for (let at = 0; at < a.length; at += 4) {
      const [fromPage, fromOther] = [0, 1, 2].reduce(
        ([page, other], c) => [
          Math.max(page ?? 0, Math.abs((a[at + c] ?? 0) - (PAGE_COLOUR[c] ?? 0))),
          Math.max(other ?? 0, Math.abs((a[at + c] ?? 0) - (b[at + c] ?? 0))),
        ],
        [0, 0],
      );
      if (where(fromPage ?? 0)) found.push(fromOther ?? 0);
    }
    return found;
  };
  const mean = (values: readonly number[]): number => values.reduce((a, b) => a + b, 0) / values.length;

  test('is in a PDF as the JPEG that it is', async () => {
    const jpeg = (await imagesIn(pdfs.masked)).find(({ filter }) => filter === '/DCTDecode');
    expect(Buffer.compare(jpeg?.bytes ?? Buffer.alloc(0), image.bytes)).toBe(0);
  });

  test('has a mask of as many pixels as it has itself', async () => {
    expect((await imagesIn(pdfs.masked)).map(({ widthPx }) => widthPx)).toEqual([480, 480]);
  });

  test('makes a PDF of less than a third', () => {
    expect(pdfs.masked.length).toBeLessThan(pdfs.png.length / 3);
  });

  test('shows the page where it is transparent', () => {
    const { data, width, height } = drawn.png;
    const isPage = (at: number): boolean => PAGE_COLOUR.every((level, c) => data[at + c] === level);
    // The soft rim ends a pixel earlier or later in the two drawings.
    const reach = 3;
    const odd: number[] = [];
    for (let y = reach; y < height - reach; y++) {
      for (let x = reach; x < width - reach; x++) {
        const at = (y * width + x) * 4;
        const around = [-reach, 0, reach].flatMap((dx) =>
          [-reach, 0, reach].map((dy) => at + (dy * width + dx) * 4),
        );
        if (!around.every(isPage)) continue;
        odd.push(
          Math.max(...PAGE_COLOUR.map((level, c) => Math.abs((drawn.masked.data[at + c] ?? 0) - level))),
        );
      }
    }
    expect([odd.length > 10_000, odd.filter((levels) => levels > 2).length]).toEqual([true, 0]);
  });

  test('looks as its PNG does', () => {
    expect(mean(differences((distance) => distance > 0))).toBeLessThan(8);
  });

  test('has the same rim as its PNG', () => {
    const rim = differences((distance) => distance > 0 && distance < 40);
    expect([rim.length > 500, mean(rim) < 4]).toEqual([true, true]);
  });
});

test('a photograph of the pipeline goes into a PDF byte for byte', async () => {
  const spec = { maxWidthPx: 300, maxHeightPx: 300, frame: 1, mode: 'print' } as const;
  const rendition = await makeRendition(await originalOf(await photograph().png().toBuffer()), spec);
  const [image] = await imagesIn(await print(rendition));
  expect(Buffer.compare(Buffer.from(image?.bytes ?? []), Buffer.from(rendition.bytes))).toBe(0);
});
