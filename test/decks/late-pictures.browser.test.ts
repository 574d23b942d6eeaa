import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { courseBuiltOnce } from '../support/course.ts';
import { withProgram } from '../support/with-program.ts';

const noise = (side: number) =>
  sharp({
    create: {
      width: side,
      height: side,
      channels: 3,
      background: 'teal',
      noise: { type: 'gaussian', mean: 128, sigma: 60 },
    },
  })
    .png()
    .toBuffer();
const large = await noise(900);
const wide = await sharp({ create: { width: 4000, height: 4000, channels: 3, background: 'teal' } })
  .png()
  .toBuffer();

const course = courseBuiltOnce(
  { decks: 'late.md', only: ['slides', 'handout'], images: { maxMegabytes: 1, maxMegapixels: 10 } },
  {
    'late.md':
      '# One\n\n<img id="late" src="img/tile.png" alt="late"> <img id="wide" src="img/tile.png" alt="wide">\n\n---\n\n# Two\n\n<div id="styled" style="width: 200px; height: 200px">text</div>\n',
    'large.png': large,
    'wide.png': wide,
    'styled.png': await noise(901),
  },
  {
    session: withProgram(`
      live('#late', (image) => { image.src = 'lar' + 'ge.png'; });
      live('#wide', (image) => { image.src = 'wi' + 'de.png'; });
      live('#styled', (box) => { box.style.background = 'url(sty' + 'led.png)'; });
    `),
  },
);

describe('pictures that appear late', () => {
  test('count for the same limits as all others', () => {
    const told = course
      .diagnostics('late.md', 'IMAGE_TOO_LARGE')
      .map(({ url = '' }) => url.replace(/.*\//, ''));
    expect(told.sort()).toEqual(['large.png', 'styled.png', 'wide.png']);
  });

  test('are cards where they exceed them', async () => {
    const text = (await course.pages('late.md')).map((page) => page.text).join('\n');
    expect(text).toContain('late');
    expect(text).toContain('wide');
    expect(course.deck('late.md').outputs.map(({ status }) => status)).toEqual(['complete', 'complete']);
  });
});
