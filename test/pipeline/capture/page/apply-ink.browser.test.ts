import { describe, expect, test } from 'vitest';
import type { SparingInk } from '../../../../src/model/pdf-parts.ts';
import { applyInk } from '../../../../src/pipeline/capture/page/apply-ink.ts';
import { sharedSession } from '../../../support/shared-browser.ts';

const PICTURE =
  'data:image/svg+xml,<svg xmlns="http://www.w3.org/2000/svg" width="400" height="200"><rect width="400" height="200" fill="gray"/></svg>';
const SLIDES = `
<div class="deckhand-frame" style="position:relative;width:800px;height:600px">
  <section style="background:url('${PICTURE.replaceAll('"', '%22')}')"><h2 style="color:rgb(250,250,250)">light on a picture</h2></section>
</div>
<div class="deckhand-frame" style="position:relative;width:800px;height:600px">
  <section>
    <img alt="" src='${PICTURE}' style="position:absolute;left:0;top:0;width:400px;height:200px">
    <p style="position:absolute;left:20px;top:50px;margin:0;color:rgb(40,40,40)">moved onto a picture</p>
    <p style="position:absolute;left:20px;top:400px;margin:0;color:rgb(40,40,40)">below a picture</p>
    <div style="position:absolute;left:20px;top:80px;background:rgb(10,30,60)"><p style="color:rgb(240,240,240)">in a box on a picture</p></div>
    <div style="position:absolute;left:20px;top:120px;background:rgba(0,0,0,0.7)"><p style="color:rgb(250,250,250)">on dark glass</p></div>
    <div style="position:absolute;left:20px;top:160px;background:rgba(0,0,0,0.2)"><p style="color:rgb(250,250,250)">on clear glass</p></div>
  </section>
</div>
<div class="deckhand-frame" style="position:relative;width:800px;height:600px">
  <section style="background:url('${PICTURE.replaceAll('"', '%22')}')"><h2 style="color:rgb(117,117,117)">of middle gray</h2></section>
</div>
<div class="deckhand-frame" style="position:relative;width:800px;height:600px;background:linear-gradient(rgb(245,245,245),rgb(225,225,225))">
  <section><p style="color:rgb(150,150,150)">pale on a light gradient</p></section>
</div>`;

/** Of the words: what stands behind them at once, if that is theirs alone, and their own color. */
async function looks(ink: SparingInk): Promise<Record<string, string>> {
  return sharedSession().withPage(async (page) => {
    await page.setContent(SLIDES);
    await page.evaluate(applyInk, ink);
    return page.evaluate(() =>
      Object.fromEntries(
        [...document.querySelectorAll('h2, p')].map((element) => {
          const plate = element.querySelector('deckhand-plate');
          const { backgroundColor, color } = getComputedStyle(plate ?? element);
          return [element.textContent ?? '', `${color} on ${plate ? backgroundColor : 'its ground'}`];
        }),
      ),
    );
  });
}

describe('words on pictures', () => {
  test('stand on plain ground that they have enough contrast with, in gray', async () => {
    expect(await looks('gray')).toMatchObject({
      'light on a picture': 'rgb(250, 250, 250) on rgb(0, 0, 0)',
      'moved onto a picture': 'rgb(40, 40, 40) on rgb(255, 255, 255)',
    });
  });

  test('are dark on white where ink is saved', async () => {
    const found = await looks('save');
    expect(found['light on a picture']).toMatch(/^rgb\((\d{1,2}|10\d), .* on rgb\(255, 255, 255\)$/);
    expect(found['moved onto a picture']).toBe('rgb(40, 40, 40) on rgb(255, 255, 255)');
  });

  test('get none where a box below them is dark enough on any picture', async () => {
    const found = await looks('gray');
    expect(found['in a box on a picture']).toBe('rgb(240, 240, 240) on its ground');
    expect(found['on dark glass']).toBe('rgb(250, 250, 250) on its ground');
    expect(found['on clear glass']).toBe('rgb(250, 250, 250) on rgb(0, 0, 0)');
  });

  test('get one if they stand out from black and from white, but not from everything between', async () => {
    expect((await looks('gray'))['of middle gray']).toMatch(/ on rgb\((?:0, 0, 0|255, 255, 255)\)$/);
  });

  test('are the only ones that get a ground of their own', async () => {
    const found = await looks('gray');
    expect(found['below a picture']).toBe('rgb(40, 40, 40) on its ground');
    expect(found['pale on a light gradient']).toMatch(/ on its ground$/);
  });
});

test('words on a gradient are made as dark as its darkest color asks for', async () => {
  const found = await looks('gray');
  const [level = 255] = (/\d+/.exec(found['pale on a light gradient'] ?? '') ?? []).map(Number);
  const luminance = (part: number): number => ((part / 255 + 0.055) / 1.055) ** 2.4;
  expect((luminance(225) + 0.05) / (luminance(level) + 0.05)).toBeGreaterThanOrEqual(4.5);
});
