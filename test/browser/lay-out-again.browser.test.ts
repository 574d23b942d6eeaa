import { expect, test } from 'vitest';
import { layOutAgain } from '../../src/browser/page/lay-out-again.ts';
import { sharedSession } from '../support/shared-browser.ts';

const SVG = `<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200"/>`;
/** As reveal.js leaves it where the picture was not there yet. */
const PAGE = `<!doctype html><div class="pdf-page"><section style="width:800px">
  <h1 style="margin:0;height:100px">Wind</h1>
  <img class="r-stretch" alt="" style="display:block;height:0px" src="data:image/svg+xml,${encodeURIComponent(SVG)}">
</section></div>`;

test('a picture that came after reveal.js had stretched it gets the room that is left', async () => {
  const size = await sharedSession().withPage(async (page) => {
    await page.setContent(PAGE);
    await page.evaluate(layOutAgain, { widthPx: 800, heightPx: 400 });
    return page.$eval('img', ({ offsetWidth, offsetHeight }) => [offsetWidth, offsetHeight]);
  });
  expect(size).toEqual([600, 300]);
});
