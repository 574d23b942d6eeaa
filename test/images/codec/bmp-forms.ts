import type { BmpOptions } from '../pictures.ts';

const RED = [255, 0, 0] as const;
const BLUE = [0, 0, 255] as const;
const WHITE = [255, 255, 255] as const;
const SIXTEEN = Array.from({ length: 16 }, (_, i) => [i * 17, 255 - i * 10, i * 3] as const);
const GREYS = Array.from({ length: 256 }, (_, i) => [i, 255 - i, (i * 7) % 256] as const);
const FIVE_SIX_FIVE = [0xf800, 0x07e0, 0x001f];
export const numbers = (count: number, step = 37): Buffer =>
  Buffer.from(Array.from({ length: count }, (_, i) => i * step));
const u16 = (...values: number[]): Buffer => Buffer.from(new Uint16Array(values).buffer);
const u32 = (...values: number[]): Buffer => Buffer.from(new Uint32Array(values).buffer);

/** Every form that there is of the format, each small enough to look at. */
export const BMP_FORMS: readonly (readonly [
  name: string,
  width: number,
  height: number,
  options: BmpOptions,
])[] = [
  ['1 bit', 11, 3, { bits: 1, palette: [RED, BLUE], pixels: numbers(12) }],
  ['4 bits', 10, 3, { bits: 4, palette: SIXTEEN, pixels: numbers(24) }],
  ['4 bits and an odd width', 7, 5, { bits: 4, palette: SIXTEEN, pixels: numbers(20) }],
  ['4 bits and colours beyond its palette', 8, 2, { bits: 4, palette: [RED, WHITE], pixels: numbers(8, 17) }],
  ['8 bits', 7, 5, { bits: 8, palette: GREYS, pixels: numbers(40) }],
  ['8 bits and a short palette', 4, 2, { bits: 8, palette: SIXTEEN, pixels: numbers(8, 2) }],
  [
    '16 bits',
    3,
    3,
    { bits: 16, pixels: u16(0x7fff, 0x7c00, 0x03e0, 0, 0x001f, 0x4210, 0, 0, 0x1234, 0x8000, 0x5555, 0) },
  ],
  [
    '16 bits with six for green',
    3,
    2,
    {
      bits: 16,
      compression: 3,
      masks: FIVE_SIX_FIVE,
      pixels: u16(0xffff, 0xf800, 0x07e0, 0, 0x001f, 0x8410, 0x1234, 0),
    },
  ],
  [
    '16 bits with one for alpha',
    2,
    2,
    {
      bits: 16,
      headerSize: 108,
      compression: 3,
      masks: [0x7c00, 0x03e0, 0x001f, 0x8000],
      pixels: u16(0xffff, 0x7fff, 0x8000, 0xfc00),
    },
  ],
  ['24 bits', 3, 3, { bits: 24, pixels: numbers(36) }],
  ['24 bits, the top row first', 3, -3, { bits: 24, pixels: numbers(36) }],
  ['24 bits with a gap before the pixels', 3, 3, { bits: 24, gap: 10, pixels: numbers(36) }],
  ['24 bits of the fifth version', 3, 3, { bits: 24, headerSize: 124, pixels: numbers(36) }],
  ['24 bits of OS/2', 3, 3, { bits: 24, headerSize: 12, pixels: numbers(36) }],
  ['8 bits of OS/2', 7, 2, { bits: 8, headerSize: 12, palette: GREYS, pixels: numbers(16) }],
  ['4 bits of OS/2', 8, 2, { bits: 4, headerSize: 12, palette: SIXTEEN, pixels: numbers(8) }],
  [
    '32 bits with nothing in the fourth byte',
    2,
    2,
    { bits: 32, pixels: u32(0xff0000, 0xff00, 0xff, 0x123456) },
  ],
  ['32 bits with 255 in the fourth byte', 2, 1, { bits: 32, pixels: u32(0xffff0000, 0xff123456) }],
  ['32 bits with alpha', 2, 2, { bits: 32, pixels: u32(0xffff0000, 0, 0x000000ff, 0x80ffffff) }],
  [
    '32 bits of the fifth version with alpha',
    2,
    2,
    {
      bits: 32,
      headerSize: 124,
      compression: 3,
      masks: [0xff0000, 0xff00, 0xff, 0xff000000],
      pixels: u32(0xffff0000, 0, 0x000000ff, 0x80ffffff),
    },
  ],
  [
    '32 bits of the fifth version without alpha',
    2,
    1,
    {
      bits: 32,
      headerSize: 124,
      compression: 3,
      masks: [0xff0000, 0xff00, 0xff, 0],
      pixels: u32(0x80ff0000, 0x123456),
    },
  ],
  [
    '32 bits in another order',
    2,
    1,
    { bits: 32, compression: 3, masks: [0xff, 0xff00, 0xff0000], pixels: u32(0x0000ff, 0x563412) },
  ],
  [
    '32 bits with ten a colour',
    3,
    1,
    {
      bits: 32,
      compression: 3,
      masks: [0x3ff00000, 0xffc00, 0x3ff],
      pixels: u32(0x3fffffff, 0x3ff00000, 0x20080200),
    },
  ],
  [
    '32 bits with masks that reach the top',
    2,
    1,
    { bits: 32, compression: 3, masks: [0xff000000, 0xff0000, 0xff00], pixels: u32(0xff000000, 0x12345600) },
  ],
  [
    '8 bits, compressed',
    6,
    3,
    {
      bits: 8,
      compression: 1,
      palette: GREYS,
      pixels: Buffer.of(6, 9, 0, 0, 2, 1, 0, 3, 7, 8, 9, 0, 1, 200, 0, 0, 0, 6, 1, 2, 3, 4, 5, 6, 0, 0, 0, 1),
    },
  ],
  [
    '4 bits, compressed',
    5,
    3,
    {
      bits: 4,
      compression: 2,
      palette: SIXTEEN,
      pixels: Buffer.of(5, 0x12, 0, 0, 0, 5, 0x34, 0x56, 0x70, 0, 0, 0, 2, 0xab, 3, 0xcd, 0, 1),
    },
  ],
  [
    '8 bits, compressed, with a jump',
    4,
    3,
    { bits: 8, compression: 1, palette: GREYS, pixels: Buffer.of(2, 200, 0, 2, 1, 1, 1, 100, 0, 1) },
  ],
  [
    '8 bits, compressed, with an early end',
    4,
    2,
    { bits: 8, compression: 1, palette: GREYS, pixels: Buffer.of(4, 200, 0, 0, 1, 9, 0, 1) },
  ],
];
