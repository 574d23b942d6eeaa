import { inflateSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { encodePng } from '../../../src/images/codec/png-file.ts';
import { bestRows, packedRows, rowsOf } from '../../../src/images/codec/png-rows.ts';

const samples = (...levels: number[]) => ({ data: Uint8Array.from(levels), widthPx: 3, heightPx: 2 });

describe('samples side by side', () => {
  test.each([
    [1, [0b10100000, 0b01000000]],
    [2, [0b01000100, 0b00010000]],
    [4, [0b00010000, 0b00010000, 0b00000001, 0b00000000]],
  ] as const)('of %d bits begin each row in a new byte', (bits, bytes) => {
    expect([...packedRows(samples(1, 0, 1, 0, 1, 0), bits).data]).toEqual(bytes);
  });

  test('of 8 bits stay as they are', () => {
    expect([...packedRows(samples(1, 2, 3, 4, 5, 6), 8).data]).toEqual([1, 2, 3, 4, 5, 6]);
  });
});

describe('rows, deflated', () => {
  test('begin each with the number of its filter', async () => {
    const rows = { data: Buffer.from([7, 1, 9, 4]), rowBytes: 2, rowCount: 2, pixelBytes: 1 } as const;
    expect([...inflateSync(await bestRows(rows))]).toEqual([0, 7, 1, 0, 9, 4]);
  });

  test('are filtered where that takes fewer bytes', async () => {
    const data = Uint8Array.from(
      { length: 256 * 256 },
      (_, i) => ((i % 256) * 7 + Math.floor(i / 256) * 3) % 256,
    );
    const rows = inflateSync(await bestRows({ data, rowBytes: 256, rowCount: 256, pixelBytes: 1 }));
    expect(rows[257 * 100]).not.toBe(0);
  });

  test('of a picture of which only a part was tried are all there', async () => {
    const [rowBytes, rowCount] = [6000, 500];
    const rows = { data: new Uint8Array(rowBytes * rowCount), rowBytes, rowCount, pixelBytes: 3 } as const;
    expect(inflateSync(await bestRows(rows)).length).toBe((rowBytes + 1) * rowCount);
  });
});

test('the rows of a PNG are those that it was made of', () => {
  const image = { widthPx: 1, heightPx: 1, filter: 'Flate', colours: 'gray', bitsPerComponent: 8 } as const;
  expect([...rowsOf(encodePng({ ...image, bytes: Buffer.from([1, 2, 3]) }))]).toEqual([1, 2, 3]);
});
