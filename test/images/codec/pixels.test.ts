import sharp, { type Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import {
  hasSharpColours,
  isPhotograph,
  measurePixels,
  type PixelFacts,
  type Pixels,
} from '../../../src/images/codec/pixels.ts';
import { flatDrawing, gradientDrawing, photograph, screenshot } from '../pictures.ts';
import { DRAWINGS, PHOTOGRAPHS, withRedLetters } from '../renditions/drawn-set.ts';

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

/** Pictures of the larger set as PNG, each made once. */
const made = new Map<() => Sharp | Promise<Sharp>, Promise<Buffer>>();

async function flattened(make: () => Sharp | Promise<Sharp>): Promise<Sharp> {
  const png = made.get(make) ?? Promise.resolve(make()).then((picture) => picture.png().toBuffer());
  made.set(make, png);
  return sharp(await png);
}

describe.each([
  ['photographs', PHOTOGRAPHS, true],
  ['drawings', DRAWINGS, false],
] as const)('in a larger set of %s', (_kind, set, expected) => {
  const judge = async (picture: Sharp): Promise<boolean> => isPhotograph(await factsOf(await saved(picture)));
  test.each(set)('%s is told', async (_name, make) => {
    expect(await judge((await flattened(make)).png())).toBe(expected);
  });

  test.each(set)('%s that somebody scaled is told', async (_name, make) => {
    const picture = await flattened(make);
    const { width } = await picture.metadata();
    expect(await judge(picture.resize(Math.round(width * 0.62)).png())).toBe(expected);
  });

  test.each(set)('%s with 256 colours is told', async (_name, make) => {
    expect(await judge((await flattened(make)).gif())).toBe(expected);
  });

  // What is soft all over, or full of letters, or all gradients, looks alike once it was a JPEG. Nothing is lost with
  // it: of a JPEG both kinds become one, or stay it.
  const looksAlike = [
    'snow',
    'a scanned page',
    'a page that is mostly one',
    'a heat map',
    'a cover with a gradient',
  ];
  test.each(set.filter(([name]) => !looksAlike.includes(name)))(
    '%s saved as a JPEG is told',
    async (_name, make) => {
      expect(await judge((await flattened(make)).jpeg({ quality: 90 }))).toBe(expected);
    },
  );
});

describe('what is transparent', () => {
  const cutOut = (picture: Sharp): Promise<Sharp> =>
    picture
      .ensureAlpha()
      .composite([
        {
          input: Buffer.from('<svg width="480" height="320"><circle cx="240" cy="160" r="70"/></svg>'),
          blend: 'dest-in',
        },
      ])
      .png()
      .toBuffer()
      .then((bytes) => sharp(bytes));

  test('does not hide that the rest is a photograph', async () => {
    expect(isPhotograph(await factsOf(await cutOut(photograph())))).toBe(true);
  });

  test('does not hide that the rest is a drawing', async () => {
    expect(isPhotograph(await factsOf(await cutOut(flatDrawing(480, 320))))).toBe(false);
  });
});

describe('sharp colours', () => {
  test('are those of red letters on a photograph', async () => {
    expect(hasSharpColours(await factsOf(await withRedLetters()))).toBe(true);
  });

  test.each([...PHOTOGRAPHS].filter(([name]) => name !== 'a town at night'))(
    'are not found in %s',
    async (_name, make) => {
      expect(hasSharpColours(await factsOf(await flattened(make)))).toBe(false);
    },
  );
});
