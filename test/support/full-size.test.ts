import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { findBlemishes } from './full-size.ts';

const size = { widthPx: 200, heightPx: 100, density: 2 };

const drawn = (content: string, ground = '#ffffff'): Promise<Uint8Array> =>
  sharp(
    Buffer.from(
      `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200" viewBox="0 0 200 100"><rect width="200" height="100" fill="${ground}"/>${content}</svg>`,
    ),
  )
    .png()
    .toBuffer();

const LETTERS = '<text x="{x}" y="50" font-size="18" font-family="Lato">Halyards and sheets</text>';
const at = (x: number): string => LETTERS.replace('{x}', String(x));

describe('a comparison at full size', () => {
  test.each([
    ['a hairline that is missing', '<path d="M10 20.5H60" stroke="#000000"/>', ''],
    ['a pale one', '<path d="M10 20.5H60" stroke="#eeeeee"/>', ''],
    ['an upright one', '<path d="M10.5 20V60" stroke="#cccccc"/>', ''],
    ['a slanted one', '<path d="M10 20L60 24" stroke="#888888"/>', ''],
    ['one that is there in addition', '', '<path d="M10 20.5H60" stroke="#000000"/>'],
    ['a dot that is missing', '<circle cx="20" cy="20" r="4"/>', ''],
    [
      'a line that is elsewhere',
      '<path d="M10 20.5H60" stroke="#000000"/>',
      '<path d="M10 23.5H60" stroke="#000000"/>',
    ],
    ['words that are elsewhere', at(20), at(23)],
    [
      'a colour that is a little off',
      '<rect width="40" height="40" fill="#e6f1ef"/>',
      '<rect width="40" height="40" fill="#def1ef"/>',
    ],
  ])('sees %s', async (_what, one, other) => {
    expect(await findBlemishes(await drawn(one), await drawn(other), size)).not.toEqual([]);
  });

  test('sees that the ground is a little darker', async () => {
    expect(await findBlemishes(await drawn(''), await drawn('', '#f7f7f7'), size)).toHaveLength(1);
  });

  test.each([
    ['that words are smoothed', at(20), at(20.3)],
    [
      'that a line lies between two pixels',
      '<path d="M10 20.5H60" stroke="#0a6c74"/>',
      '<path d="M10 20.7H60" stroke="#0a6c74"/>',
    ],
    [
      'what rounding does',
      '<rect width="40" height="40" fill="#e6f1ef"/>',
      '<rect width="40" height="40" fill="#e4f2ee"/>',
    ],
  ])('overlooks %s', async (_what, one, other) => {
    expect(await findBlemishes(await drawn(one), await drawn(other), size)).toEqual([]);
  });
});
