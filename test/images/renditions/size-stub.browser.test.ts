import { expect, test } from 'vitest';
import { sizeStub } from '../../../src/images/renditions/size-stub.ts';
import { withHtml } from '../../support/viewer.ts';

const SIZES = [
  [1, 1],
  [3, 2],
  [5472, 3648],
  [65_500, 1],
  [20_000, 20_000],
  [1_234_567, 3],
] as const;

test.each([
  ['an img', (url: string) => `<img src="${url}">`],
  ['content of a style', (url: string) => `<b style="content:url(${url});display:inline-block"></b>`],
  ['the poster of a film', (url: string) => `<video poster="${url}">`],
])('as %s a stub is as large as its picture', async (_what, html) => {
  const files = SIZES.map(([widthPx, heightPx], i) => [`picture-${i}`, sizeStub({ widthPx, heightPx })]);
  const page = SIZES.map((_size, i) => `<p>${html(`picture-${i}`)}</p>`).join('');
  const sizes = await withHtml(`<!doctype html>${page}`, Object.fromEntries(files), (shown) =>
    shown.evaluate(() =>
      [...document.querySelectorAll('img, b, video')]
        .map((one) => one.getBoundingClientRect())
        .map(({ width, height }) => [width, height]),
    ),
  );
  expect(sizes).toEqual(SIZES);
});
