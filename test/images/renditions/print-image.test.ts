import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { encodePng } from '../../../src/images/codec/png-file.ts';
import type { RenditionSpec } from '../../../src/images/model/model.ts';
import { pdfBytes } from '../../../src/images/model/pdf-image.ts';
import { makePdfImage } from '../../../src/images/renditions/print-image.ts';
import type { PdfImage } from '../../../src/model/pdf-parts.ts';
import { gif } from '../codec/animations.ts';
import { bmpOf, flatDrawing, gradientDrawing, originalOf, photograph, screenshot } from '../pictures.ts';
import { DRAWINGS } from './drawn-set.ts';

const FIT: RenditionSpec = { maxWidthPx: 4000, maxHeightPx: 4000, frame: 1, mode: 'print' };

const bytesOf = async (picture: Sharp | Uint8Array): Promise<Uint8Array> =>
  picture instanceof Uint8Array ? picture : picture.toBuffer();

async function make(picture: Sharp | Uint8Array, spec: Partial<RenditionSpec> = {}): Promise<PdfImage> {
  return makePdfImage(await originalOf(await bytesOf(picture)), { ...FIT, ...spec });
}

/** RGBA of what an image shows. */
async function shown({ mask, ...image }: PdfImage): Promise<Buffer> {
  const file = image.filter === 'DCT' ? image.bytes : encodePng(image);
  const rgb = sharp(file).toColourspace('srgb').removeAlpha();
  if (!mask) return rgb.ensureAlpha().raw({ depth: 'uchar' }).toBuffer();
  const alpha = await sharp(encodePng(mask)).toColourspace('b-w').raw({ depth: 'uchar' }).toBuffer();
  const raw = { width: mask.widthPx, height: mask.heightPx, channels: 1 } as const;
  return sharp(await rgb.png().toBuffer())
    .joinChannel(alpha, { raw })
    .raw({ depth: 'uchar' })
    .toBuffer();
}

/** RGBA; what is hidden has no color. */
async function visible(pixels: Buffer | Sharp): Promise<Buffer> {
  const data = Buffer.isBuffer(pixels)
    ? Buffer.from(pixels)
    : await pixels.clone().toColourspace('srgb').ensureAlpha().raw({ depth: 'uchar' }).toBuffer();
  for (let at = 0; at < data.length; at += 4) if (data[at + 3] === 0) data.fill(0, at, at + 3);
  return data;
}

const isLossless = async (image: PdfImage, picture: Sharp): Promise<boolean> =>
  Buffer.compare(await visible(await shown(image)), await visible(picture)) === 0;

const kindOf = ({ filter, colours, bitsPerComponent, mask }: PdfImage): string =>
  [filter, colours, bitsPerComponent, ...(mask ? ['mask', mask.bitsPerComponent] : [])].join(' ');

/** A drawing with a hole that is wholly transparent, or a soft one. */
const withHole = (picture: Sharp, soft: boolean): Sharp => {
  const stop = soft ? '<stop stop-opacity="0"/><stop offset="1"/>' : '<stop stop-opacity="0"/>';
  const hole = `<svg width="600" height="400"><radialGradient id="g">${stop}</radialGradient><rect shape-rendering="crispEdges" width="300" height="400"/><rect x="300" width="300" height="400" fill="url(#g)"/></svg>`;
  return picture.ensureAlpha().composite([{ input: Buffer.from(hole), blend: 'dest-in' }]);
};
const fixed = async (picture: Sharp): Promise<Sharp> => sharp(await picture.png().toBuffer());

describe('the kind of image', () => {
  test.each<[string, () => Sharp | Promise<Sharp>, string]>([
    ['a photograph', () => photograph().png(), 'DCT rgb 8'],
    ['a photograph in gray', () => photograph().grayscale().png(), 'DCT gray 8'],
    [
      'a photograph with an alpha channel that hides nothing',
      () => photograph().ensureAlpha().png(),
      'DCT rgb 8',
    ],
    ['a photograph with transparency', () => photograph().ensureAlpha(0.5).png(), 'DCT rgb 8 mask 8'],
    ['a drawing of five colours', () => flatDrawing().png(), 'Flate indexed 4'],
    ['a drawing of many colours', () => gradientDrawing().png(), 'Flate rgb 8'],
    ['a drawing in black and white', () => flatDrawing().threshold().png(), 'Flate gray 1'],
    ['a drawing in gray', () => gradientDrawing().grayscale().png(), 'Flate gray 8'],
    [
      'a drawing with a hole',
      async () => (await fixed(withHole(flatDrawing(), false))).png(),
      'Flate indexed 2 mask 1',
    ],
    [
      'a drawing with a soft hole',
      async () => (await fixed(withHole(flatDrawing(), true))).png(),
      'Flate indexed 4 mask 8',
    ],
  ])('of %s', async (_name, picture, kind) => {
    expect(kindOf(await make(await picture()))).toBe(kind);
  });
});

describe('nothing is lost', () => {
  test.each(DRAWINGS)('of %s', async (_name, draw) => {
    const picture = await fixed(await draw());
    const image = await make(picture.clone().png());
    expect([image.filter, await isLossless(image, picture)]).toEqual(['Flate', true]);
  });

  test.each([false, true])('of a drawing with a hole (soft: %s)', async (soft) => {
    const picture = await fixed(withHole(flatDrawing(), soft));
    expect(await isLossless(await make(picture.clone().png()), picture)).toBe(true);
  });

  test('of one pixel', async () => {
    const picture = await fixed(photograph(48, 32).extract({ left: 5, top: 5, width: 1, height: 1 }));
    expect(await isLossless(await make(picture.clone().png()), picture)).toBe(true);
  });

  test('of rows that end within a byte', async () => {
    const picture = await fixed(flatDrawing(601, 7).extract({ left: 0, top: 0, width: 333, height: 7 }));
    expect(await isLossless(await make(picture.clone().png()), picture)).toBe(true);
  });
});

describe("the original's own bytes", () => {
  test('stay in the image if it is a JPEG that fits and is smaller', async () => {
    const jpeg = await photograph().jpeg({ quality: 40 }).toBuffer();
    expect(Buffer.compare((await make(jpeg)).bytes, jpeg)).toBe(0);
  });

  test('stay in the image if it is a progressive JPEG in gray', async () => {
    const jpeg = await photograph().toColourspace('b-w').jpeg({ quality: 40, progressive: true }).toBuffer();
    const image = await make(jpeg);
    expect([kindOf(image), Buffer.compare(image.bytes, jpeg)]).toEqual(['DCT gray 8', 0]);
  });

  test.each<[string, () => Sharp]>([
    ['on its side', () => photograph().jpeg({ quality: 40 }).withMetadata({ orientation: 6 })],
    ['in CMYK', () => photograph().toColourspace('cmyk').jpeg({ quality: 40 })],
    ['in the colours of a wide gamut', () => photograph().withIccProfile('p3').jpeg({ quality: 40 })],
  ])('do not stay if it is a JPEG %s', async (_what, picture) => {
    const jpeg = await picture().toBuffer();
    const { bytes } = await make(jpeg);
    expect([Buffer.compare(bytes, jpeg) === 0, (await sharp(bytes).metadata()).space]).toEqual([
      false,
      'srgb',
    ]);
  });

  test('do not stay if they hold red, green and blue, which readers take for something else', async () => {
    const jpeg = await photograph().jpeg({ quality: 40, chromaSubsampling: '4:4:4' }).toBuffer();
    // As Photoshop says it: an Adobe segment with transform 0 instead of JFIF.
    const adobe = Buffer.from([0xff, 0xee, 0, 14, ...Buffer.from('Adobe'), 0, 100, 0, 0, 0, 0, 0]);
    const rgb = Buffer.concat([jpeg.subarray(0, 2), adobe, jpeg.subarray(jpeg[3] === 0xe0 ? 20 : 2)]);
    expect(Buffer.compare((await make(rgb)).bytes, rgb)).not.toBe(0);
  });

  test('stay in the image if its rows are smaller than ours', async () => {
    const png = await flatDrawing().png({ palette: true, compressionLevel: 9 }).toBuffer();
    const spoilt = await make(await flatDrawing().png({ compressionLevel: 1 }).toBuffer());
    expect(pdfBytes(await make(png))).toBeLessThanOrEqual(pdfBytes(spoilt));
  });

  test('never grow', async () => {
    const png = await screenshot().png({ palette: true, effort: 10 }).toBuffer();
    expect(pdfBytes(await make(png))).toBeLessThanOrEqual(png.length);
  });
});

describe('size', () => {
  const sizeOf = ({ widthPx, heightPx }: PdfImage): string => `${widthPx}x${heightPx}`;

  test('a picture larger than its box is scaled to it', async () => {
    expect(sizeOf(await make(photograph().png(), { maxWidthPx: 240 }))).toBe('240x160');
  });

  test('a picture that takes fewer bytes unscaled keeps its pixels', async () => {
    expect(sizeOf(await make(flatDrawing().png(), { maxWidthPx: 590 }))).toBe('600x400');
  });

  test('a photograph wider than a JPEG can be loses nothing', async () => {
    const picture = await fixed(photograph(480, 2).resize(66_000, 2, { fit: 'fill' }));
    const image = await make(picture.png(), { maxWidthPx: Number.POSITIVE_INFINITY });
    expect(image.filter).toBe('Flate');
  });
});

describe('sources', () => {
  test.each<[string, () => Promise<Uint8Array>]>([
    ['a BMP', () => bmpOf(flatDrawing())],
    ['a GIF', () => flatDrawing().gif().toBuffer()],
    ['a lossless WebP', () => flatDrawing().webp({ lossless: true }).toBuffer()],
    ['a PNG of 16 bits', () => flatDrawing().toColourspace('rgb16').png().toBuffer()],
    ['a TIFF', () => flatDrawing().tiff({ compression: 'lzw' }).toBuffer()],
    ['an interlaced PNG', () => flatDrawing().png({ progressive: true }).toBuffer()],
  ])('%s of a drawing shows what the drawing shows', async (_name, bytes) => {
    const image = await make(await bytes());
    expect([image.filter, await isLossless(image, flatDrawing())]).toEqual(['Flate', true]);
  });

  test('a colour of a wide gamut becomes the same colour in sRGB', async () => {
    const create = { width: 32, height: 32, channels: 3, background: '#3c8250' } as const;
    const [r = 0, g = 0, b = 0] = await shown(await make(sharp({ create }).withIccProfile('p3').png()));
    expect(Math.max(Math.abs(r - 0x3c), Math.abs(g - 0x82), Math.abs(b - 0x50))).toBeLessThanOrEqual(2);
  });

  test('an animation shows the frame that was asked for', async () => {
    const whole = { left: 0, top: 0, width: 4, height: 4, disposal: 'keep' } as const;
    const frames = gif(
      4,
      4,
      [0, 1, 2].map((colour) => ({ ...whole, colour })),
    );
    const [r, g, b] = await shown(await make(frames, { frame: 2 }));
    expect([r === 0, g === 255, b === 0]).toEqual([true, true, true]);
  });
});

describe('without colours', () => {
  test('a photograph is one in gray', async () => {
    expect(kindOf(await make(photograph().jpeg({ quality: 40 }), { gray: true }))).toBe('DCT gray 8');
  });

  test('a drawing is one in gray', async () => {
    const { colours, palette = Buffer.alloc(0) } = await make(flatDrawing().png(), { gray: true });
    const isGray = [...palette].every((level, at) => level === palette[at - (at % 3)]);
    expect([colours === 'gray' || colours === 'indexed', isGray]).toEqual([true, true]);
  });
});

test('equal bytes come out twice', async () => {
  const png = await withHole(photograph(600, 400), true).png().toBuffer();
  const [a, b] = [await make(png, { maxWidthPx: 300 }), await make(png, { maxWidthPx: 300 })];
  expect(
    Buffer.compare(
      Buffer.concat([a.bytes, a.mask?.bytes ?? a.bytes]),
      Buffer.concat([b.bytes, b.mask?.bytes ?? b.bytes]),
    ),
  ).toBe(0);
});
