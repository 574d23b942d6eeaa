import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import type { Rendition } from '../../src/images/model.ts';
import { makeRendition, renditionKey } from '../../src/images/renditions.ts';
import { flatDrawing, gradientDrawing, originalOf, photograph, screenshot } from './pictures.ts';

async function render(picture: Sharp | Uint8Array, maxWidth = 4000, maxHeight = 4000): Promise<Rendition> {
  const bytes = picture instanceof Uint8Array ? picture : await picture.toBuffer();
  return makeRendition(await originalOf(bytes), maxWidth, maxHeight);
}

const metadataOf = ({ bytes }: Rendition) => sharp(bytes).metadata();
const sizeOf = async (rendition: Rendition): Promise<string> => {
  const { width, height } = await metadataOf(rendition);
  return `${width}x${height}`;
};
const rawOf = (picture: Sharp): Promise<Buffer> => picture.clone().ensureAlpha().raw().toBuffer();
/** Bit depth and colour type of a PNG's header. */
const pngKind = ({ bytes }: Rendition): string => `${bytes[24]} bit, type ${bytes[25]}`;

describe('photographs', () => {
  test('a PNG of one becomes a smaller JPEG', async () => {
    const png = await photograph().png().toBuffer();
    const { type, bytes } = await render(png);
    expect([type, bytes.length < png.length / 3]).toEqual(['image/jpeg', true]);
  });

  test.each<[string, () => Sharp]>([
    ['WebP', () => photograph().webp()],
    ['AVIF', () => photograph().avif({ effort: 0 })],
    ['TIFF', () => photograph().tiff()],
  ])('a %s of one becomes a JPEG', async (_name, make) => {
    expect((await render(make())).type).toBe('image/jpeg');
  });

  test('one keeps its full chroma', async () => {
    expect((await metadataOf(await render(photograph().png()))).chromaSubsampling).toBe('4:4:4');
  });

  test('one with an alpha channel that hides nothing becomes a JPEG', async () => {
    expect((await render(photograph().ensureAlpha().png())).type).toBe('image/jpeg');
  });

  test('one with real transparency becomes a PNG', async () => {
    expect((await render(photograph().ensureAlpha(0.5).png())).type).toBe('image/png');
  });
});

describe('drawings', () => {
  test('one of few colours becomes a PNG with a palette', async () => {
    expect(pngKind(await render(flatDrawing().png()))).toBe('4 bit, type 3');
  });

  test('a palette loses nothing', async () => {
    const picture = flatDrawing();
    const { bytes } = await render(picture.clone().png());
    expect(Buffer.compare(await rawOf(sharp(bytes)), await rawOf(picture))).toBe(0);
  });

  test('a palette keeps half-transparent colours', async () => {
    const picture = flatDrawing().ensureAlpha(0.5);
    const source = sharp(await picture.png().toBuffer());
    const { bytes } = await render(source.clone().png());
    expect(Buffer.compare(await rawOf(sharp(bytes)), await rawOf(source))).toBe(0);
  });

  test('one of many colours becomes a PNG that loses nothing', async () => {
    const picture = gradientDrawing();
    const { bytes } = await render(picture.clone().png());
    expect(Buffer.compare(await rawOf(sharp(bytes)), await rawOf(picture))).toBe(0);
  });

  test.each<[string, () => Sharp]>([
    ['WebP', () => screenshot().webp({ lossless: true })],
    ['GIF', () => flatDrawing().gif()],
  ])('a %s of one becomes a PNG', async (_name, make) => {
    expect((await render(make())).type).toBe('image/png');
  });

  test('one that takes fewer bytes unscaled keeps its pixels', async () => {
    expect(await sizeOf(await render(flatDrawing(600, 400).png(), 590))).toBe('600x400');
  });

  test('one far too large for its box is scaled down', async () => {
    expect(await sizeOf(await render(flatDrawing(600, 400).png(), 60))).toBe('60x40');
  });

  test('an SVG stays as it is', async () => {
    const bytes = Buffer.from('<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"/>');
    expect(await render(bytes, 10, 10)).toEqual({ bytes, type: 'image/svg+xml' });
  });

  test('an animation becomes its first frame', async () => {
    const frames = await Promise.all(
      ['red', 'blue'].map((background) =>
        sharp({ create: { width: 20, height: 20, channels: 3, background } })
          .png()
          .toBuffer(),
      ),
    );
    const gif = await sharp(frames, { join: { animated: true } })
      .gif()
      .toBuffer();
    const { bytes } = await render(gif);
    expect((await rawOf(sharp(bytes))).subarray(0, 4)).toEqual(Buffer.of(255, 0, 0, 255));
  });
});

describe('size and place', () => {
  test('a picture larger than its box is scaled to it, in proportion', async () => {
    expect(await sizeOf(await render(photograph(480, 320).png(), 240, 4000))).toBe('240x160');
  });

  test('the tighter side of the box decides', async () => {
    expect(await sizeOf(await render(photograph(480, 320).png(), 240, 80))).toBe('120x80');
  });

  test('a picture smaller than its box is not scaled up', async () => {
    expect(await sizeOf(await render(photograph(48, 32).png()))).toBe('48x32');
  });

  test('a picture never has less than one pixel', async () => {
    expect(await sizeOf(await render(flatDrawing(600, 4).png(), 20))).toBe('20x1');
  });

  test('a photograph that lies on its side stands upright', async () => {
    const rendition = await render(photograph(480, 320).jpeg().withMetadata({ orientation: 6 }), 160, 4000);
    const { orientation } = await metadataOf(rendition);
    expect([await sizeOf(rendition), orientation]).toEqual(['160x240', undefined]);
  });

  test('a photograph turned by EXIF shows the same pixels as one turned by hand', async () => {
    const png = await photograph(60, 40).png().toBuffer();
    const turned = await render(
      await sharp(png).withMetadata({ orientation: 6 }).tiff({ compression: 'lzw' }).toBuffer(),
    );
    const byHand = await render(await sharp(png).rotate(90).tiff({ compression: 'lzw' }).toBuffer());
    expect(Buffer.compare(turned.bytes, byHand.bytes)).toBe(0);
  });
});

describe('colour', () => {
  test('a CMYK JPEG becomes sRGB', async () => {
    const rendition = await render(photograph().toColourspace('cmyk').jpeg());
    expect(await metadataOf(rendition)).toMatchObject({ space: 'srgb', channels: 3 });
  });

  test('a picture with another profile becomes sRGB without one', async () => {
    const rendition = await render(photograph().withIccProfile('p3').jpeg({ quality: 40 }));
    const { space, icc } = await metadataOf(rendition);
    expect([space, icc]).toEqual(['srgb', undefined]);
  });

  test('a photograph without colour becomes a JPEG', async () => {
    expect((await render(photograph().grayscale().png())).type).toBe('image/jpeg');
  });

  test('sixteen bits a channel become eight', async () => {
    expect((await metadataOf(await render(gradientDrawing().toColourspace('rgb16').png()))).depth).toBe(
      'uchar',
    );
  });
});

describe('keeping the original', () => {
  test('a JPEG that fits and is smaller is kept byte for byte', async () => {
    const jpeg = await photograph().jpeg({ quality: 40 }).toBuffer();
    expect(Buffer.compare((await render(jpeg)).bytes, jpeg)).toBe(0);
  });

  test('a JPEG that is larger than needed is made anew', async () => {
    const jpeg = await photograph().jpeg({ quality: 100 }).toBuffer();
    expect((await render(jpeg)).bytes.length).toBeLessThan(jpeg.length);
  });

  test('a JPEG that is kept loses its EXIF', async () => {
    const jpeg = photograph()
      .jpeg({ quality: 40 })
      .withExif({ IFD0: { Artist: 'Somebody' } });
    expect((await metadataOf(await render(jpeg))).exif).toBeUndefined();
  });

  test('a JPEG that is kept without its EXIF has the same pixels', async () => {
    const jpeg = await photograph()
      .jpeg({ quality: 40 })
      .withExif({ IFD0: { Artist: 'Somebody' } })
      .toBuffer();
    expect(Buffer.compare(await rawOf(sharp((await render(jpeg)).bytes)), await rawOf(sharp(jpeg)))).toBe(0);
  });

  test('a rendition of a rendition is itself', async () => {
    const once = await render(flatDrawing().png());
    expect((await render(once.bytes)).bytes.length).toBe(once.bytes.length);
  });

  test.each<[string, () => Sharp]>([
    ['photograph', () => photograph().jpeg({ quality: 95 })],
    ['flat drawing', () => flatDrawing().png()],
    ['gradient', () => gradientDrawing().png()],
    ['screenshot', () => screenshot().png({ compressionLevel: 9 })],
    ['drawing saved as JPEG', () => screenshot().jpeg({ quality: 80 })],
  ])('a %s that fits never grows', async (_name, make) => {
    const bytes = await make().toBuffer();
    expect((await render(bytes)).bytes.length).toBeLessThanOrEqual(bytes.length);
  });

  test('two renditions of one original are the same bytes', async () => {
    const png = await screenshot().png().toBuffer();
    const [a, b] = [await render(png, 500), await render(png, 500)];
    expect(Buffer.compare(a.bytes, b.bytes)).toBe(0);
  });
});

describe('the cache key', () => {
  test('tells boxes apart', async () => {
    const original = await originalOf(await flatDrawing().png().toBuffer());
    expect(renditionKey(original, 100, 100)).not.toBe(renditionKey(original, 100, 101));
  });
});
