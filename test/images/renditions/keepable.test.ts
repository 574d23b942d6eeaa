import type { Sharp } from 'sharp';
import { describe, expect, test } from 'vitest';
import { keepableBytes } from '../../../src/images/renditions/keepable.ts';
import { flatDrawing, originalOf, photograph } from '../pictures.ts';

const kept = async (bytes: Uint8Array): Promise<Uint8Array | undefined> =>
  keepableBytes(await originalOf(bytes));
const small = (): Sharp => photograph(48, 32);

/** A segment behind the marker that every JPEG begins with. */
function withSegment(jpeg: Uint8Array, marker: number, text: string): Buffer {
  const header = Buffer.from([0xff, marker, 0, text.length + 2]);
  return Buffer.concat([jpeg.subarray(0, 2), header, Buffer.from(text), jpeg.subarray(2)]);
}

describe('a JPEG', () => {
  test.each([false, true])(
    'that says nothing but its pixels is kept (progressive: %s)',
    async (progressive) => {
      const bytes = await small().jpeg({ progressive }).toBuffer();
      expect(await kept(bytes)).toEqual(bytes);
    },
  );

  test('without colour is kept', async () => {
    const bytes = await small().grayscale().jpeg().toBuffer();
    expect(await kept(bytes)).toEqual(bytes);
  });

  test.each<[string, number, string]>([
    ['XMP', 0xe1, 'http://ns.adobe.com/xap/1.0/\0<x:xmpmeta/>'],
    ['IPTC', 0xed, 'Photoshop 3.0\0'],
    ['a comment', 0xfe, 'made by somebody'],
  ])('loses %s and nothing else', async (_what, marker, text) => {
    const bytes = await small().jpeg().toBuffer();
    expect(await kept(withSegment(bytes, marker, text))).toEqual(bytes);
  });

  test.each([false, true])(
    'loses what a camera put behind its end (progressive: %s)',
    async (progressive) => {
      const bytes = await small().jpeg({ progressive }).toBuffer();
      expect(await kept(Buffer.concat([bytes, Buffer.from('\0\0ftypmp42 a film')]))).toEqual(bytes);
    },
  );

  test.each<[string, () => Sharp]>([
    ['lies on its side', () => small().jpeg().withMetadata({ orientation: 6 })],
    ['has another profile', () => small().jpeg().withIccProfile('p3')],
    ['is CMYK', () => small().toColourspace('cmyk').jpeg()],
  ])('that %s is not kept', async (_what, make) => {
    expect(await kept(await make().toBuffer())).toBeUndefined();
  });

  test('coded as few programs read it is not kept', async () => {
    const bytes = await small().jpeg().toBuffer();
    const original = await originalOf(bytes);
    const arithmetic = Buffer.from(bytes);
    arithmetic[arithmetic.indexOf(Buffer.from([0xff, 0xc0])) + 1] = 0xc9;
    expect(await keepableBytes({ ...original, bytes: arithmetic })).toBeUndefined();
  });
});

describe('a PNG', () => {
  test('that says nothing but its pixels is kept', async () => {
    const bytes = await flatDrawing().png().toBuffer();
    expect(await kept(bytes)).toEqual(bytes);
  });

  test.each<[string, () => Sharp]>([
    ['has another profile', () => flatDrawing().png().withIccProfile('p3')],
    [
      'has metadata',
      () =>
        flatDrawing()
          .png()
          .withExif({ IFD0: { Artist: 'Somebody' } }),
    ],
    ['has sixteen bits a channel', () => flatDrawing().toColourspace('rgb16').png()],
  ])('that %s is not kept', async (_what, make) => {
    expect(await kept(await make().toBuffer())).toBeUndefined();
  });

  test('with data after its end is not kept', async () => {
    const bytes = await flatDrawing().png().toBuffer();
    expect(await kept(Buffer.concat([bytes, Buffer.from('more')]))).toBeUndefined();
  });
});

test('a WebP is not kept, since Chromium puts its pixels into a PDF', async () => {
  expect(await kept(await small().webp().toBuffer())).toBeUndefined();
});
