import { beforeAll, describe, expect, test } from 'vitest';
import { decodeBmp } from '../../../src/images/codec/bmp.ts';
import { sharedSession } from '../../support/shared-browser.ts';
import { bmp } from '../pictures.ts';
import { BMP_FORMS } from './bmp-forms.ts';

const shape = (pixels: Uint8Array): string =>
  Buffer.from(pixels)
    .toString('hex')
    .replace(/(.{8})/g, '$1 ')
    .trim();

describe('Chromium shows the same pixels of a BMP with', () => {
  /** `[]` where the browser does not show it. */
  async function shown(files: readonly Buffer[]): Promise<readonly (readonly number[])[]> {
    const urls = files.map((file) => `data:image/bmp;base64,${file.toString('base64')}`);
    return sharedSession().withPage((page) =>
      page.evaluate(
        (sources) =>
          Promise.all(
            sources.map(async (src) => {
              const image = Object.assign(new Image(), { src });
              if (
                !(await image.decode().then(
                  () => true,
                  () => false,
                ))
              )
                return [];
              const canvas = Object.assign(document.createElement('canvas'), {
                width: image.width,
                height: image.height,
              });
              const context = canvas.getContext('2d');
              context?.drawImage(image, 0, 0);
              return [...(context?.getImageData(0, 0, image.width, image.height).data ?? [])];
            }),
          ),
        urls,
      ),
    );
  }
  let inBrowser: readonly (readonly number[])[];
  beforeAll(async () => {
    inBrowser = await shown(BMP_FORMS.map(([, width, height, options]) => bmp(width, height, options)));
  });
  test.each(BMP_FORMS.map((form, index) => [...form, index] as const))(
    '%s',
    (_name, width, height, options, index) => {
      const { data } = decodeBmp(bmp(width, height, options));
      // What is transparent has no color on a canvas.
      for (let i = 0; i < data.length; i += 4) if (data[i + 3] === 0) data.fill(0, i, i + 4);
      expect(shape(data)).toBe(shape(withoutJumped(Uint8Array.from(inBrowser[index] ?? []), options)));
    },
  );

  /**
   * What a compressed picture jumps over has no color by the format. Chromium up to 147 leaves it transparent, as we do;
   * 156 paints it black. Nothing else in these pictures is.
   */
  function withoutJumped(pixels: Uint8Array, { compression }: (typeof BMP_FORMS)[number][3]): Uint8Array {
    if (compression === 1)
      for (let i = 0; i < pixels.length; i += 4)
        if (shape(pixels.subarray(i, i + 4)) === '000000ff') pixels.fill(0, i, i + 4);
    return pixels;
  }
});
