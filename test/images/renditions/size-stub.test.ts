import sharp from 'sharp';
import { expect, test } from 'vitest';
import { sizeStub } from '../../../src/images/renditions/size-stub.ts';

test('a picture of any size is one pixel', async () => {
  const { width, height } = await sharp(sizeStub({ widthPx: 20_000, heightPx: 30_000 }).bytes).metadata();
  expect([width, height]).toEqual([1, 1]);
});
