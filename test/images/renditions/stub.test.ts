import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { makeStub, stubId } from '../../../src/images/renditions/stub.ts';
import { photograph } from '../pictures.ts';

const sizeOf = async (bytes: Uint8Array): Promise<string> => {
  const { width, height } = await sharp(bytes, { limitInputPixels: false }).metadata();
  return `${width}x${height}`;
};

describe('a stub', () => {
  test.each([
    [1, 1],
    [800, 600],
    [20_000, 20_000],
    [65_500, 3],
  ])('of %d by %d pixels has that size', async (widthPx, heightPx) => {
    expect(await sizeOf(makeStub({ widthPx, heightPx }, 'a', 'plain').file.bytes)).toBe(
      `${widthPx}x${heightPx}`,
    );
  });

  test('takes some hundred bytes, whatever its size', () => {
    expect(makeStub({ widthPx: 20_000, heightPx: 20_000 }, 'a', 'plain').jpeg.length).toBeLessThan(200);
  });

  test('that is wrapped has the size of the picture', () => {
    const { file } = makeStub({ widthPx: 800, heightPx: 600 }, 'a', 'wrapped');
    expect([file.type, String(file.bytes).includes('width="800" height="600"')]).toEqual([
      'image/svg+xml',
      true,
    ]);
  });

  test('that is wrapped holds its JPEG', () => {
    const { file, jpeg } = makeStub({ widthPx: 800, heightPx: 600 }, 'a', 'wrapped');
    expect(String(file.bytes)).toContain(Buffer.from(jpeg).toString('base64'));
  });

  test('larger than a JPEG can be is wrapped', () => {
    expect(makeStub({ widthPx: 65_501, heightPx: 1 }, 'a', 'plain').file.type).toBe('image/svg+xml');
  });

  test('tells its id', () => {
    expect(stubId(makeStub({ widthPx: 9, heightPx: 9 }, 'picture 7 é', 'plain').jpeg)).toBe('picture 7 é');
  });

  test('of another id is another one', () => {
    const size = { widthPx: 9, heightPx: 9 };
    expect(makeStub(size, 'a', 'plain').jpeg).not.toEqual(makeStub(size, 'b', 'plain').jpeg);
  });
});

test('a JPEG of something else has no id', async () => {
  expect(stubId(await photograph(48, 32).jpeg().toBuffer())).toBeUndefined();
});
