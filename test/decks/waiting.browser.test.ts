import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterAll, describe, expect, test } from 'vitest';
import { drawDiagrams } from '../../src/pipeline/inputs/reveal-md/page/draw-diagrams.ts';
import { courseBuiltNow, courseBuiltOnce, fold } from '../support/course.ts';
import { sharedSession } from '../support/shared-browser.ts';
import { withProgram } from '../support/with-program.ts';

/** Takes every connection, and answers none. */
const silent = createServer(() => undefined);
await new Promise<void>((resolve) => silent.listen(0, '127.0.0.1', resolve));
afterAll(() => {
  silent.closeAllConnections();
  silent.close();
});

const MOVES = `const x = canvas.getContext('2d'); let i = 0; const step = () => { x.fillStyle = 'rgb(43,138,' + (i++ % 200) + ')'; x.fillRect(0, 0, 300, 150); requestAnimationFrame(step); }; step();`;
const LATE = `const x = canvas.getContext('2d'); let i = 0; const step = () => { x.fillRect(i * 10, 0, 10, 150); if (i++ < 30) requestAnimationFrame(step); }; step();`;

describe('a font that does not come', () => {
  const course = courseBuiltOnce(
    {
      only: 'slides',
      decks: ['font.md'],
      timeout: 6,
      imageMirror: `https://fonts.example.org/=http://127.0.0.1:${(silent.address() as AddressInfo).port}/`,
      images: { totalTimeout: 30, maxRetries: 0 },
    },
    {
      'font.css':
        '@font-face { font-family: Tardy; src: url(https://fonts.example.org/tardy.woff2) } .reveal h1 { font-family: Tardy !important }',
      'font.md': '---\ncss: font.css\n---\n\n# Late letters\n',
    },
  );

  test('is a warning that names it', () => {
    expect(course.deck('font.md').diagnostics).toMatchObject([
      {
        code: 'FONT_UNAVAILABLE',
        severity: 'warning',
        url: 'https://fonts.example.org/tardy.woff2',
        message: expect.stringContaining('was not loaded within 3 s'),
      },
    ]);
  });

  test('leaves a deck that is printed in another one', async () => {
    expect((await course.pages('font.md')).map(({ text }) => text)).toEqual(['LATE LETTERS\n1']);
  });
});

describe('a chart', () => {
  const course = courseBuiltOnce(
    { only: 'slides', decks: ['charts.md', 'moves.md'], timeout: 8 },
    {
      'charts.md': [
        '# Chart\n\n<canvas data-chart="bar" aria-label="Wind by month" width="600" height="300"><!-- {"data": {}} --></canvas>\n\nbehind',
        '## Painted\n\n<div><canvas id="late"></canvas></div>',
        '## Hidden\n\n<canvas style="display:none"></canvas>',
      ].join('\n\n---\n\n'),
      'moves.md': '## Moves\n\n<div><canvas id="moves"></canvas><img src="img/tile.png" alt="tile"></div>',
    },
    {
      session: withProgram(
        `live('#late', (canvas) => { ${LATE} }); live('#moves', (canvas) => { ${MOVES} });`,
      ),
    },
  );

  test('that nothing draws is a warning with its slide', () => {
    expect(course.diagnostics('charts.md', 'CANVAS_EMPTY')).toMatchObject([
      { severity: 'warning', slide: '1', message: expect.stringContaining('“Wind by month”') },
    ]);
  });

  test('that nothing draws is a card that says so', async () => {
    const text = fold((await course.pages('charts.md'))[0]?.text ?? '');
    for (const part of ['Windbymonth', 'drawnbyascript', 'behind']) expect(text).toContain(part);
  });

  test('that is still being drawn is waited for', async () => {
    const painted = await course.painted('charts.md', 2);
    const canvas = painted.pictures.find(({ left, right }) => right - left > 100);
    const x = (canvas?.right ?? 0) - 4;
    const y = ((canvas?.top ?? 0) + (canvas?.bottom ?? 0)) / 2;
    expect(painted.colorAt(x / painted.width, y / painted.height)).toBe('#000000');
  });

  test('that is animated forever is printed as it is, with a warning', async () => {
    expect(course.diagnostics('moves.md', 'PAGE_NOT_READY')).toMatchObject([
      { message: 'charts were not ready after 2 s' },
    ]);
    expect((await course.pages('moves.md'))[0]?.pictures).toBe(2);
  });
});

test('pictures that browsers put off until they are seen are there', async () => {
  const course = await courseBuiltNow(
    { only: 'slides', decks: ['lazy.md'] },
    {
      'lazy.md': `# First\n\n${'---\n\n## Another\n\n'.repeat(20)}<img src="img/photo.png" alt="far down" loading="lazy">\n`,
    },
  );
  expect(course.deck('lazy.md').diagnostics).toEqual([]);
  expect((await course.pages('lazy.md')).at(-1)?.pictures).toBe(1);
});

test('a deck that is all there has nothing to warn of', async () => {
  const course = await courseBuiltNow(
    { only: 'slides', decks: ['all.md'] },
    { 'all.md': '# $x$\n\n```mermaid\nflowchart LR\n A --> B\n```\n\n```js\n1\n```\n\n![t](img/tile.png)\n' },
  );
  expect(course.deck('all.md').diagnostics).toEqual([]);
});

test('a drawing program that does not come is given up at its deadline, and its source stays', async () => {
  const [drawn, left] = await sharedSession().withPage(async (page) => {
    await page.setContent('<div id="slides"><pre><code class="mermaid">flowchart LR</code></pre></div>');
    const options = JSON.stringify({ config: {}, now: 0, timeoutMs: 50 });
    const call = `(${drawDiagrams})(document.getElementById('slides'), () => new Promise(() => {}), ${options})`;
    return [await page.evaluate(call), await page.evaluate(() => document.body.innerText)];
  });
  expect(drawn).toBe(false);
  expect(left).toContain('flowchart LR');
});
