import sharp from 'sharp';
import { expect, test } from 'vitest';
import { SRGB_PROFILE } from '../../../src/pdf/conformance/srgb-profile.ts';

test('the profile of files is the one that sharp gives to pictures', async () => {
  const pixel = sharp({ create: { width: 1, height: 1, channels: 3, background: 'white' } });
  const { icc } = await sharp(await pixel.withIccProfile('srgb').png().toBuffer()).metadata();
  expect(icc && Buffer.compare(icc, SRGB_PROFILE)).toBe(0);
});
