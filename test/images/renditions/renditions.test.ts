import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import type { RenditionSpec } from '../../../src/images/model/model.ts';
import { makeRendition } from '../../../src/images/renditions/renditions.ts';
import type { Rendition } from '../../../src/model/pdf-parts.ts';
import { type GifFrame, gif, packedSvg } from '../codec/animations.ts';
import { bmpOf, flatDrawing, gradientDrawing, originalOf, photograph, screenshot } from '../pictures.ts';
import { withRedLetters } from './drawn-set.ts';

const FIT: RenditionSpec = { maxWidthPx: 4000, maxHeightPx: 4000, frame: 1, mode: 'print' };

async function render(picture: Sharp | Uint8Array, spec: Partial<RenditionSpec> = {}): Promise<Rendition> {
  const bytes = picture instanceof Uint8Array ? picture : await picture.toBuffer();
  return makeRendition(await originalOf(bytes), { ...FIT, ...spec });
}

const metadataOf = ({ bytes }: Rendition) => sharp(bytes).metadata();
const sizeOf = async (rendition: Rendition): Promise<string> => {
  const { width, height } = await metadataOf(rendition);
  return `${width}x${height}`;
};
const rawOf = (picture: Sharp): Promise<Buffer> => picture.clone().ensureAlpha().raw().toBuffer();
/** Bit depth and color type of a PNG's header. */
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
    ['picture of 256 colours', () => photograph().gif()],
  ])('a %s of one becomes a JPEG', async (_name, make) => {
    expect((await render(make())).type).toBe('image/jpeg');
  });

  test('a BMP of one becomes a JPEG', async () => {
    expect((await render(await bmpOf(photograph()))).type).toBe('image/jpeg');
  });

  test('one with red letters keeps its full chroma', async () => {
    expect((await metadataOf(await render((await withRedLetters()).png()))).chromaSubsampling).toBe('4:4:4');
  });

  test('one with soft colors gets half the chroma resolution, which is not visible', async () => {
    expect((await metadataOf(await render(photograph().png()))).chromaSubsampling).toBe('4:2:0');
  });

  test('one that is nearly all flat becomes whatever takes fewer bytes', async () => {
    const tiny = photograph(48, 32).extend({ top: 1000, background: '#fff' });
    expect((await render(sharp(await tiny.png().toBuffer()).png())).type).toBe('image/png');
  });

  test('one with an alpha channel that hides nothing becomes a JPEG', async () => {
    expect((await render(photograph().ensureAlpha().png())).type).toBe('image/jpeg');
  });

  test('one with real transparency becomes a JPEG with a mask', async () => {
    expect((await render(photograph().ensureAlpha(0.5).png())).type).toBe('image/svg+xml');
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
    expect(await sizeOf(await render(flatDrawing(600, 400).png(), { maxWidthPx: 590 }))).toBe('600x400');
  });

  test('one far too large for its box is scaled down', async () => {
    expect(await sizeOf(await render(flatDrawing(600, 400).png(), { maxWidthPx: 60 }))).toBe('60x40');
  });

  test('one with transparency becomes a PNG that loses nothing', async () => {
    const picture = flatDrawing().ensureAlpha(0.5);
    const { type, bytes } = await render(picture.clone().png());
    const same = Buffer.compare(
      await rawOf(sharp(bytes)),
      await rawOf(sharp(await picture.png().toBuffer())),
    );
    expect([type, same]).toEqual(['image/png', 0]);
  });

  test('one is recognized before scaling blurs it', async () => {
    expect((await render(screenshot(1600, 900).png(), { maxWidthPx: 300 })).type).toBe('image/png');
  });
});

describe('an SVG', () => {
  const svg = '<svg xmlns="http://www.w3.org/2000/svg" width="900" height="900"/>';

  test('that is harmless stays as it is', async () => {
    const bytes = Buffer.from(svg);
    expect(await render(bytes, { maxWidthPx: 10 })).toEqual({ bytes, type: 'image/svg+xml' });
  });

  test.each(['print', 'original'] as const)('loses its scripts, also with --images %s', async (mode) => {
    const { bytes } = await render(Buffer.from(svg.replace('/>', '><script>alert(1)</script></svg>')), {
      mode,
    });
    expect(String(bytes)).not.toContain('alert');
  });

  test('that was packed is unpacked', async () => {
    expect(String((await render(packedSvg())).bytes)).toMatch(/^<svg .*<rect /);
  });
});

describe('an SVG that is moved by its styles', () => {
  const moved = (name: string, space: string) =>
    `<${name} ${space}="http://www.w3.org/2000/svg" width="9" height="9"><${name.replace('svg', 'style')}>` +
    `@keyframes a { to { opacity: 0 } } * { animation: a 1s }</${name.replace('svg', 'style')}></${name}>`;

  test.each([
    ['svg', 'xmlns'],
    ['s:svg', 'xmlns:s'],
  ])('stays at its beginning: <%s>', async (name, space) => {
    const { bytes } = await render(Buffer.from(moved(name, space)), {});
    expect(Buffer.from(bytes).toString()).toContain('*{animation:none!important}</');
  });
});

describe('an animation', () => {
  const whole = { left: 0, top: 0, width: 4, height: 4 };
  const corner = { left: 0, top: 0, width: 2, height: 2 };
  const dot = { left: 3, top: 3, width: 1, height: 1 };
  const [red, green, blue] = [0, 1, 2];
  const animation = (disposal: GifFrame['disposal']): Buffer =>
    gif(4, 4, [
      { ...whole, colour: red, disposal: 'keep' },
      { ...corner, colour: blue, disposal },
      { ...dot, colour: green, disposal: 'keep' },
    ]);
  /** The four corners, from the top left one, in reading order; `-` for nothing. */
  const corners = async ({ bytes }: Rendition): Promise<string> => {
    const raw = await rawOf(sharp(bytes));
    return [0, 3, 12, 15]
      .map((pixel) => [...raw.subarray(pixel * 4, pixel * 4 + 4)])
      .map(([r, g, , alpha]) => (alpha === 0 ? '-' : r ? 'r' : g ? 'g' : 'b'))
      .join('');
  };

  test.each<[RenditionSpec['frame'], string]>([
    [1, 'rrrr'],
    [2, 'brrr'],
    [3, 'brrg'],
    ['last', 'brrg'],
    [99, 'brrg'],
  ])('shows frame %s as a player does', async (frame, expected) => {
    expect(await corners(await render(animation('keep'), { frame }))).toBe(expected);
  });

  test('shows what is left when a frame has been cleared', async () => {
    expect(await corners(await render(animation('clear'), { frame: 3 }))).toBe('-rrg');
  });

  test('shows what was there before when a frame has been taken back', async () => {
    expect(await corners(await render(animation('restore'), { frame: 3 }))).toBe('rrrg');
  });

  test('of WebP shows the frame that was asked for', async () => {
    const webp = await sharp(animation('keep'), { animated: true }).webp({ lossless: true }).toBuffer();
    expect(await corners(await render(webp, { frame: 2 }))).toBe('brrr');
  });

  test('is scaled like any other picture', async () => {
    expect(await sizeOf(await render(animation('keep'), { frame: 2, maxWidthPx: 2 }))).toBe('2x2');
  });

  test('stays the file it is with --images original', async () => {
    const bytes = animation('keep');
    expect(await render(bytes, { mode: 'original' })).toEqual({ bytes, type: 'image/gif' });
  });

  test('becomes a PNG of another frame with --images original', async () => {
    const rendition = await render(animation('keep'), { frame: 'last', mode: 'original' });
    expect([rendition.type, await corners(rendition)]).toEqual(['image/png', 'brrg']);
  });
});

describe('with --images original', () => {
  test.each<[string, () => Sharp]>([
    ['JPEG', () => photograph(48, 32).jpeg().withMetadata({ orientation: 6 })],
    ['PNG', () => photograph(48, 32).png()],
    ['WebP', () => photograph(48, 32).webp()],
    ['AVIF', () => photograph(48, 32).avif({ effort: 0 })],
  ])('a %s stays the file it is', async (_name, make) => {
    const bytes = await make().toBuffer();
    expect((await render(bytes, { mode: 'original', maxWidthPx: 10 })).bytes).toEqual(bytes);
  });

  test('a TIFF becomes a PNG of all its pixels, upright', async () => {
    const tiff = photograph(48, 32).tiff({ compression: 'lzw' }).withMetadata({ orientation: 6 });
    const rendition = await render(tiff, { mode: 'original', maxWidthPx: 10 });
    const turned = await rawOf(sharp(await photograph(48, 32).rotate(90).png().toBuffer()));
    expect([rendition.type, Buffer.compare(await rawOf(sharp(rendition.bytes)), turned)]).toEqual([
      'image/png',
      0,
    ]);
  });

  test('a BMP becomes a PNG of all its pixels', async () => {
    const rendition = await render(await bmpOf(photograph(47, 32)), { mode: 'original', maxWidthPx: 10 });
    expect(Buffer.compare(await rawOf(sharp(rendition.bytes)), await rawOf(photograph(47, 32)))).toBe(0);
  });
});

describe('size and place', () => {
  test('a picture larger than its box is scaled to it, in proportion', async () => {
    expect(await sizeOf(await render(photograph(480, 320).png(), { maxWidthPx: 240 }))).toBe('240x160');
  });

  test('the tighter side of the box decides', async () => {
    expect(await sizeOf(await render(photograph(480, 320).png(), { maxWidthPx: 240, maxHeightPx: 80 }))).toBe(
      '120x80',
    );
  });

  test('a picture smaller than its box is not scaled up', async () => {
    expect(await sizeOf(await render(photograph(48, 32).png()))).toBe('48x32');
  });

  test('a picture without a largest size keeps its pixels', async () => {
    const spec = { maxWidthPx: Number.POSITIVE_INFINITY, maxHeightPx: Number.POSITIVE_INFINITY };
    expect(await sizeOf(await render(photograph(480, 320).png(), spec))).toBe('480x320');
  });

  test('a BMP larger than its box is scaled to it', async () => {
    expect(await sizeOf(await render(await bmpOf(photograph(480, 320)), { maxWidthPx: 120 }))).toBe('120x80');
  });

  test('a picture never has less than one pixel', async () => {
    expect(await sizeOf(await render(flatDrawing(600, 4).png(), { maxWidthPx: 20 }))).toBe('20x1');
  });

  test('a photograph with a rotation in its EXIF becomes upright', async () => {
    const rendition = await render(photograph(480, 320).jpeg().withMetadata({ orientation: 6 }), {
      maxWidthPx: 160,
    });
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

  test('a picture with another profile shows the same colour', async () => {
    const create = { width: 32, height: 32, channels: 3, background: '#3c8250' } as const;
    const png = await render(sharp({ create }).withIccProfile('p3').png());
    const [r = 0, g = 0, b = 0] = await rawOf(sharp(png.bytes));
    expect(Math.max(Math.abs(r - 0x3c), Math.abs(g - 0x82), Math.abs(b - 0x50))).toBeLessThanOrEqual(2);
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

  test('a JPEG that is larger than needed is encoded again', async () => {
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

  test('a JPEG that has more pixels than its box is kept where that takes fewer bytes', async () => {
    const jpeg = await photograph().jpeg({ quality: 10 }).toBuffer();
    expect(Buffer.compare((await render(jpeg, { maxWidthPx: 470 })).bytes, jpeg)).toBe(0);
  });

  test('a JPEG far too large for its box is not kept', async () => {
    const jpeg = photograph().jpeg({ quality: 5 });
    expect(await sizeOf(await render(jpeg, { maxWidthPx: 120 }))).toBe('120x80');
  });
});

describe('equal bytes come out', () => {
  const makers: readonly [string, () => Promise<Buffer>][] = [
    ['a photograph', () => photograph().png().toBuffer()],
    ['a drawing', () => screenshot().png().toBuffer()],
    ['a photograph with transparency', () => photograph().ensureAlpha(0.5).png().toBuffer()],
  ];

  test.each(makers)('of %s made twice', async (_name, make) => {
    const bytes = await make();
    const [a, b] = [await render(bytes, { maxWidthPx: 300 }), await render(bytes, { maxWidthPx: 300 })];
    expect(Buffer.compare(a.bytes, b.bytes)).toBe(0);
  });

  test.each(makers)('of %s on any number of cores', async (_name, make) => {
    const bytes = await make();
    const before = sharp.concurrency();
    try {
      sharp.concurrency(1);
      const one = await render(bytes, { maxWidthPx: 300 });
      sharp.concurrency(4);
      expect(Buffer.compare((await render(bytes, { maxWidthPx: 300 })).bytes, one.bytes)).toBe(0);
    } finally {
      sharp.concurrency(before);
    }
  });
});
