import type { Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import {
  isPhotograph,
  measurePixels,
  type PixelFacts,
  type Pixels,
  paletteOf,
} from '../../src/images/pixels.ts';
import { flatDrawing, gradientDrawing, photograph, screenshot } from './pictures.ts';

async function pixelsOf(picture: Sharp): Promise<Pixels> {
  const { data, info } = await picture
    .toColourspace('srgb')
    .ensureAlpha()
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, widthPx: info.width, heightPx: info.height, channels: 4 };
}

const factsOf = async (picture: Sharp): Promise<PixelFacts> => measurePixels(await pixelsOf(picture));

/** The picture after it was saved in another format, or scaled, by somebody else. */
async function saved(picture: Sharp): Promise<Sharp> {
  const { default: sharp } = await import('sharp');
  return sharp(await picture.toBuffer());
}

describe('photographs', () => {
  test.each<[string, () => Sharp]>([
    ['with grain', () => photograph()],
    ['half of it clear sky', () => photograph(480, 320, 0.5)],
    ['mostly clear sky', () => photograph(480, 320, 0.7)],
    ['softened', () => photograph().blur(0.7)],
    ['in low contrast', () => photograph().linear(0.6, 60)],
  ])('one %s is a photograph', async (_name, make) => {
    expect(isPhotograph(await factsOf(make()))).toBe(true);
  });

  test.each([90, 75, 50])('one saved as a JPEG of quality %i is a photograph', async (quality) => {
    expect(isPhotograph(await factsOf(await saved(photograph().jpeg({ quality }))))).toBe(true);
  });

  test('one without colour is a photograph', async () => {
    expect(isPhotograph(await factsOf(await saved(photograph().grayscale().png())))).toBe(true);
  });

  test('one scaled down is a photograph', async () => {
    expect(isPhotograph(await factsOf(await saved(photograph().resize(300).png())))).toBe(true);
  });
});

describe('drawings', () => {
  test.each<[string, () => Sharp]>([
    ['flat', flatDrawing],
    ['with a gradient', gradientDrawing],
    ['full of text', screenshot],
  ])('one %s is no photograph', async (_name, make) => {
    expect(isPhotograph(await factsOf(make()))).toBe(false);
  });

  test.each<[string, () => Sharp]>([
    ['flat', flatDrawing],
    ['with a gradient', () => gradientDrawing(800, 500)],
    ['full of text', screenshot],
  ])('one %s, scaled down, is no photograph', async (_name, make) => {
    expect(isPhotograph(await factsOf(await saved(make().png().resize(370))))).toBe(false);
  });

  test('one saved as a good JPEG is no photograph', async () => {
    expect(isPhotograph(await factsOf(await saved(flatDrawing().jpeg({ quality: 92 }))))).toBe(false);
  });

  test('a blank picture is no photograph', () => {
    const blank: Pixels = { data: new Uint8Array(4), widthPx: 1, heightPx: 1, channels: 4 };
    expect(isPhotograph(measurePixels(blank))).toBe(false);
  });
});

describe('palettes', () => {
  const row = (...colours: readonly (readonly number[])[]): Pixels => ({
    data: Uint8Array.from(colours.flat()),
    widthPx: colours.length,
    heightPx: 1,
    channels: 4,
  });

  test('what is fully transparent is one colour', () => {
    expect(paletteOf(row([9, 9, 9, 0], [1, 2, 3, 0]))?.size).toBe(1);
  });

  test('257 colours have none', () => {
    const greys = Array.from({ length: 257 }, (_, i) => [i & 255, i >> 8, 0, 255]);
    expect(paletteOf(row(...greys))).toBeUndefined();
  });
});
