import { inflateSync } from 'node:zlib';
import { expect, test } from 'vitest';
import { deflatedRows, type Rows } from '../../../src/images/codec/png-rows.ts';
import { draftRows, MAX_OVERESTIMATE } from '../../../src/images/codec/rows-draft.ts';
import { gradientDrawing, photograph, screenshot } from '../pictures.ts';

const deflated = async (rows: Rows): Promise<Uint8Array> => (await draftRows(rows)).deflate();

/** Of such a size that a sample of them is tried. */
async function rowsOf(picture: ReturnType<typeof screenshot>): Promise<Rows> {
  const { data, info } = await picture
    .resize(600, 400, { fit: 'fill' })
    .removeAlpha()
    .toColourspace('srgb')
    .raw()
    .toBuffer({ resolveWithObject: true });
  return { data, rowBytes: info.width * 3, rowCount: info.height, pixelBytes: 3 };
}

const PICTURES = [
  ['a screenshot', screenshot],
  ['a photograph', photograph],
  ['a drawing with a gradient', gradientDrawing],
] as const;

test('rows begin each with the number of its filter', async () => {
  const rows = { data: Buffer.from([7, 1, 9, 4]), rowBytes: 2, rowCount: 2, pixelBytes: 1 } as const;
  expect([...inflateSync(await deflated(rows))]).toEqual([0, 7, 1, 0, 9, 4]);
});

test('rows are filtered where that takes fewer bytes', async () => {
  const data = Uint8Array.from(
    { length: 256 * 256 },
    (_, i) => ((i % 256) * 7 + Math.floor(i / 256) * 3) % 256,
  );
  const rows = inflateSync(await deflated({ data, rowBytes: 256, rowCount: 256, pixelBytes: 1 }));
  expect(rows[257 * 100]).not.toBe(0);
});

test('the rows of a picture of which only a part was tried are all there', async () => {
  const [rowBytes, rowCount] = [6000, 500];
  const rows = { data: new Uint8Array(rowBytes * rowCount), rowBytes, rowCount, pixelBytes: 3 } as const;
  expect(inflateSync(await deflated(rows)).length).toBe((rowBytes + 1) * rowCount);
});

test.each(PICTURES)('of %s a part shows which way takes fewer bytes', async (_name, draw) => {
  const rows = await rowsOf(draw());
  const ways = [true, false].map((isFiltered) => deflatedRows(rows, { isFiltered, level: 9 }));
  const fewest = Math.min(...(await Promise.all(ways)).map(({ length }) => length));
  expect((await deflated(rows)).length).toBe(fewest);
});

test.each(PICTURES)('of %s a part shows about how many bytes it takes', async (_name, draw) => {
  const draft = await draftRows(await rowsOf(draw()));
  const { length } = await draft.deflate();
  expect(draft.likelyBytes / length).toBeLessThan(MAX_OVERESTIMATE);
  expect(draft.likelyBytes / length).toBeGreaterThan(0.75);
});
