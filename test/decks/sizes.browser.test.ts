import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { serveThrough } from '../../src/browser/gateway.ts';
import type { Box } from '../../src/model/model.ts';
import { serveFile } from '../../src/pipeline/localize/serve.ts';
import { slides as slidesOutput } from '../../src/pipeline/outputs/slides.ts';
import { framesDocumentOf } from '../../src/pipeline/planning/slide-pages.ts';
import { courseBuiltOnce } from '../support/course.ts';
import { type PdfLayout, readLayout } from '../support/pdf-layout.ts';
import { type PrintedDeck, printDeck, putTogether } from '../support/print.ts';
import { outputOptions } from '../support/sample.ts';
import { sharedSession } from '../support/shared-browser.ts';

/** Four fields of one color each: how large it is drawn can be told from where they meet. */
async function fields(width: number, height: number): Promise<Buffer> {
  const field = (x: number, y: number, color: string): string =>
    `<rect x="${x * width}" y="${y * height}" width="${width / 2}" height="${height / 2}" fill="${color}"/>`;
  const svg = `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}">${[
    ...[field(0, 0, '#c92a2a'), field(0.5, 0, '#2b8a3e')],
    ...[field(0, 0.5, '#1864ab'), field(0.5, 0.5, '#e67700')],
  ].join('')}</svg>`;
  return sharp(Buffer.from(svg)).png().toBuffer();
}

const LAID_OUT: Readonly<Record<string, string>> = {
  alone: '![](wide.png)',
  'under a heading': '# Wind\n\n![](wide.png)',
  'in percent': '![](wide.png) <!-- .element: width="37%" -->',
  'by its height': '<img src="wide.png" alt="" height="211">',
  'fitted into a box': '<img src="wide.png" alt="" style="width:300px;height:300px;object-fit:contain">',
  'with a frame': '<img src="wide.png" alt="" style="width:30%;padding:7px;border:3px solid">',
  'stretched by reveal.js': '# Wind\n\n<img class="r-stretch" src="wide.png" alt="">\n\nbelow',
  'in words': 'before <img src="wide.png" alt="" style="height:1.7em"> behind',
  afloat: `<img src="wide.png" alt="" style="float:right;width:41%">${' words'.repeat(50)}`,
  'in a table': `| a | b |\n|---|---|\n| ![](wide.png) | ${'words '.repeat(15)} |\n| ![](tall.png) | b |`,
  'in a table of pictures':
    '<table><tr><td><img src="wide.png" alt=""></td><td><img src="tall.png" alt=""></td><td>words</td></tr></table>',
  'in a box around it':
    '<div style="display:inline-block;border:2px solid"><img src="wide.png" alt=""></div> beside',
  'in a figure':
    '<figure style="display:table"><img src="wide.png" alt=""><figcaption>caption</figcaption></figure>',
  'in a row': '<div style="display:flex"><img src="wide.png" alt=""><div>words words words words</div></div>',
  'in a row that shares':
    '<div style="display:flex"><img src="wide.png" alt="" style="flex:2;min-width:0"><img src="tall.png" alt="" style="flex:1;min-width:0"></div>',
  'in a grid':
    '<div style="display:grid;grid-template-columns:auto 1fr"><img src="wide.png" alt=""><p>words words words</p></div>',
  'in columns': '<div style="columns:2"><img src="wide.png" alt=""> words <img src="tall.png" alt=""></div>',
  'by hand':
    '<div style="position:absolute;right:3%;top:3%"><img src="wide.png" alt="" style="max-width:29%"></div>\n\n# Wind',
  'in a stack': '<div class="r-stack"><img src="wide.png" alt=""><img src="tall.png" alt=""></div>',
  'as one of several':
    '<picture><source srcset="tall.png 2x" media="screen"><img src="wide.png" alt=""></picture>',
  'on a slide that is scaled': `# Wind\n\n![](wide.png)\n\n${'- point\n'.repeat(18)}`,
  'in a drawing':
    '<svg viewBox="0 0 300 200" width="800"><image href="wide.png" x="10" transform="scale(0.1)"/></svg>',
};
const names = Object.keys(LAID_OUT);

/** As reveal.js shows it: within its margin. */
const onSlide = (width: number, height: number) => [Math.round(width * 0.96), Math.round(height * 0.96)];

const PAINTED: readonly (readonly [name: string, markdown: string, painted: readonly object[]])[] = [
  [
    'behind a slide',
    '<!-- .slide: data-background-image="wide.png" -->\n\n# A',
    [{ url: 'wide', size: [1400, 700] }],
  ],
  [
    'whole behind a slide',
    '<!-- .slide: data-background-image="wide.png" data-background-size="contain" -->\n\n# A',
    [{ url: 'wide', size: [960, 480] }],
  ],
  [
    'at its natural size behind a slide',
    '<!-- .slide: data-background-image="wide.png" data-background-size="auto" -->\n\n# A',
    [{ url: 'wide' }],
  ],
  [
    'as one of two behind a slide',
    '<!-- .slide: data-background-image="wide.png,tall.png" data-background-size="50% auto,90px" -->\n\n# A',
    [
      { url: 'wide', size: [480, 240] },
      { url: 'tall', size: [90, 180] },
    ],
  ],
  [
    'stretched in an element',
    '<div style="width:300px;height:300px;background:url(wide.png) 0 0/100% 100%"></div>',
    [{ url: 'wide', size: onSlide(600, 300) }],
  ],
  [
    'in the padding of an element',
    '<div style="box-sizing:border-box;width:320px;height:120px;border:10px solid;padding:5px;background:url(wide.png) 0 0/contain"></div>',
    [{ url: 'wide', size: onSlide(200, 100) }],
  ],
  [
    'in the content of an element',
    '<div style="box-sizing:border-box;width:320px;height:120px;border:10px solid;padding:5px;background:url(wide.png) 0 0/contain content-box"></div>',
    [{ url: 'wide', size: onSlide(180, 90) }],
  ],
  [
    'before an element',
    '<style>.hat::before { content: ""; display: block; width: 100px; height: 80px; background: url(wide.png) 0 0 / cover }</style><p class="hat">a</p>',
    [{ url: 'wide', size: [160, 80] }],
  ],
  [
    'as a bullet',
    '<ul style="list-style-image:url(tall.png)"><li>a</li></ul>',
    [{ url: 'tall' }, { url: 'tall' }],
  ],
  ['as a border', '<p style="border:9px solid;border-image:url(tall.png) 9">a</p>', [{ url: 'tall' }]],
  [
    'as a mask',
    '<p style="width:200px;height:100px;background:red;mask:url(tall.png) 0 0/contain">a</p>',
    [{ url: 'tall', size: onSlide(50, 100) }],
  ],
  [
    'whole in a drawing',
    '<svg viewBox="0 0 100 100" width="400"><image href="wide.png" width="50" height="50"/></svg>',
    [{ url: 'wide', size: onSlide(200, 100) }],
  ],
  [
    'cut in a drawing',
    '<svg viewBox="0 0 100 100" width="400"><image href="wide.png" width="50" height="50" preserveAspectRatio="xMidYMid slice"/></svg>',
    [{ url: 'wide', size: onSlide(400, 200) }],
  ],
  [
    'on a slide that is scaled to a third',
    '<div style="width:2880px;height:300px;background:url(tall.png) 0 0/300px"></div>',
    [{ url: 'tall', size: onSlide(100, 200) }],
  ],
];

const STYLES = 'sizes.md';
const BACKGROUNDS = 'backgrounds.md';
const deck = (slides: readonly string[]): string =>
  `---\ntheme: white\n---\n\n${slides.join('\n\n---\n\n')}\n`;
const files = {
  [STYLES]: deck(names.map((name) => LAID_OUT[name] ?? '')),
  [BACKGROUNDS]: deck(PAINTED.map(([, markdown]) => markdown)),
  'wide.png': await fields(2800, 1400),
  'tall.png': await fields(701, 1402),
};

const fit = courseBuiltOnce({ decks: [STYLES, BACKGROUNDS], only: 'slides' }, files);
const original = courseBuiltOnce(
  { decks: [STYLES, BACKGROUNDS], only: 'slides', images: { mode: 'original' } },
  files,
);

/** Where the printed document's pictures are, with files of other sizes than those that were measured. */
async function boxesOfAnyPixels({ deck: source, layout }: PrintedDeck): Promise<Box[][]> {
  const html = framesDocumentOf(layout, slidesOutput.frames?.(layout, outputOptions()) ?? [], {
    style: 'slides',
  });
  const other = { 'wide.png': await fields(612, 305), 'tall.png': await fields(151, 303) };
  return sharedSession().withPage(async (page) => {
    await serveThrough(page, async (request) => {
      if (request.url === source.site.url) return { type: 'text/html; charset=utf-8', bytes: html };
      const bytes = other[new URL(request.url).pathname.slice(1) as keyof typeof other];
      return bytes
        ? { type: 'image/png', bytes }
        : (layout.fonts.get(request.url) ?? serveFile(request, source));
    });
    await page.setViewport({ width: layout.size.widthPx, height: layout.size.heightPx });
    await page.goto(source.site.url, { waitUntil: 'load' });
    await page.evaluate(() => document.fonts.ready.then(() => undefined));
    return page.evaluate(() =>
      [...document.querySelectorAll('.deckhand-frame')].map((one) => {
        const origin = one.getBoundingClientRect();
        return [...one.querySelectorAll('img')].map((picture) => {
          const style = getComputedStyle(picture);
          const rect = picture.getBoundingClientRect();
          const scale = rect.width / picture.offsetWidth;
          const edge = (side: string): number =>
            ['padding', 'border'].reduce((sum, kind) => {
              const name = kind === 'border' ? `border-${side}-width` : `padding-${side}`;
              return sum + scale * Number.parseFloat(style.getPropertyValue(name));
            }, 0);
          const [left, top] = [edge('left'), edge('top')];
          const box = {
            ...{ x: rect.left - origin.left + left, y: rect.top - origin.top + top },
            ...{ width: rect.width - left - edge('right'), height: rect.height - top - edge('bottom') },
          };
          if (style.objectFit !== 'contain') return box;
          // Half as tall as it is wide.
          const height = box.width / 2;
          return { ...box, y: box.y + (box.height - height) / 2, height };
        });
      }),
    );
  });
}

describe('a picture that was made fit for print', () => {
  let printed: PrintedDeck;
  let drawn: readonly PdfLayout[];
  let shown: readonly (readonly Box[])[];
  beforeAll(async () => {
    printed = await printDeck(`${fit.folder}/${STYLES}`);
    drawn = await readLayout(await putTogether(await printed.print(slidesOutput, true)), { colors: false });
    shown = await boxesOfAnyPixels(printed);
  });

  test.each(names.map((name, i) => [name, i] as const))(
    'has the box that was measured whatever pixels it has: %s',
    (_, i) => {
      const measured = printed.layout.slides[i]?.pages[0]?.pictures.map(({ box }) => box) ?? [];
      expect(shown[i]).toHaveLength(measured.length);
      for (const [k, box] of measured.entries()) {
        for (const edge of ['x', 'y', 'width', 'height'] as const)
          expect(Math.abs((shown[i]?.[k]?.[edge] ?? Number.NaN) - box[edge])).toBeLessThan(0.1);
      }
    },
  );

  test.each(names.map((name, i) => [name, i] as const))('is drawn there, on whole pixels: %s', (_, i) => {
    const measured = printed.layout.slides[i]?.pages[0]?.pictures ?? [];
    for (const [k, { box }] of measured.entries()) {
      const { left = 0, top = 0, right = 0, bottom = 0 } = drawn[i]?.pictures[k] ?? {};
      const off = [left - box.x, top - box.y, right - box.x - box.width, bottom - box.y - box.height];
      expect(Math.max(...off.map(Math.abs))).toBeLessThan(1);
    }
  });

  test.each(names.map((name, i) => [name, i] as const))(
    'lies where its original lies, and so do the words beside it: %s',
    async (_, i) => {
      const [a, b] = [(await fit.layout(STYLES))[i], (await original.layout(STYLES))[i]];
      const places = (page: PdfLayout | undefined) =>
        [...(page?.pictures ?? []), ...(page?.texts ?? [])].flatMap(({ left, top, right, bottom }) => [
          ...[left, top, right, bottom],
        ]);
      const off = places(a).map((at, k) => Math.abs(at - (places(b)[k] ?? Number.NaN)));
      expect(places(a)).toHaveLength(places(b).length);
      expect(Math.max(...off)).toBeLessThan(0.5);
    },
  );
});

describe('a picture that is painted', () => {
  let printed: PrintedDeck;
  beforeAll(async () => {
    printed = await printDeck(`${fit.folder}/${BACKGROUNDS}`);
  });

  test.each(PAINTED.map(([name, , painted], i) => [name, i, painted] as const))(
    'has the pixels for its size: %s',
    (_, i, painted) => {
      const found = printed.layout.slides[i]?.pages[0]?.painted.map(({ url, size }) => ({
        url: url.replace(/^.*\/|\.png$/g, ''),
        ...(size ? { size: [Math.round(size.widthPx), Math.round(size.heightPx)] } : {}),
      }));
      expect(found).toEqual(painted);
    },
  );

  test.each(PAINTED.map(([name], i) => [name, i] as const))('looks like its original: %s', async (_, i) => {
    const [a, b] = [await fit.painted(BACKGROUNDS, i + 1), await original.painted(BACKGROUNDS, i + 1)];
    const points = Array.from({ length: 24 * 18 }, (__, k) => [
      ((k % 24) + 0.5) / 24,
      (Math.floor(k / 24) + 0.5) / 18,
    ]);
    const colors = (page: PdfLayout) => points.map(([x = 0, y = 0]) => page.colorAt(x, y));
    const differing = colors(a).filter((color, k) => color !== colors(b)[k]);
    // Where two fields meet a pixel more or less makes another color.
    expect(differing.length).toBeLessThan(points.length * 0.03);
  });
});
