import { describe, expect, test } from 'vitest';
import { encodePng } from '../../../src/images/codec/png-file.ts';
import { packedRows, rowsOf } from '../../../src/images/codec/png-rows.ts';

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

test('the rows of a PNG are those that it was made of', () => {
  const image = { widthPx: 1, heightPx: 1, filter: 'Flate', colours: 'gray', bitsPerComponent: 8 } as const;
  expect([...rowsOf(encodePng({ ...image, bytes: Buffer.from([1, 2, 3]) }))]).toEqual([1, 2, 3]);
});
