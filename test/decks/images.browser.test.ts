import { createHash } from 'node:crypto';
import { readdir, readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { build } from '../../src/index.ts';
import { type BuiltCourse, courseBuiltNow, courseBuiltOnce } from '../support/course.ts';
import { screensOf } from '../support/screen.ts';
import { sharedPorts } from '../support/shared-browser.ts';

const DECK = 'decks/shown.md';
const FOLDER = 'output/shown/shown-slides';
const SIZE = { width: 961, height: 541 };

const gif = await sharp(
  await Promise.all(
    ['#ff0000', '#00ff00', '#0000ff'].map((background) =>
      sharp({ create: { width: 200, height: 100, channels: 3, background } })
        .png()
        .toBuffer(),
    ),
  ),
  { join: { animated: true } },
)
  .gif({ delay: [20, 20, 20] })
  .toBuffer();

const svg = (inside: string) =>
  `<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100">${inside}</svg>`;
const MOVED = svg(
  '<rect width="200" height="100" fill="#f00"/><rect width="200" height="100" fill="#00f"><animate attributeName="x" from="0" to="200" dur="0.1s" fill="freeze"/></rect>',
);
const STYLED = svg(
  '<style>@keyframes go { to { transform: translateX(200px) } } #b { animation: go 0.1s forwards }</style>' +
    '<rect width="200" height="100" fill="#f00"/><rect id="b" width="200" height="100" fill="#00f"/>',
);

const SLIDES = [
  '# Shown\n\nin **full** colour',
  '## Code\n\n```js\nconst arrow = () => a !== b;\n```',
  '## Framed\n\n<img class="shadowed" src="tile.png" alt="tile" width="128" height="72">',
  '<!-- .slide: data-background-color="#123456" -->\n## Dark',
  '![moving](moving.gif)',
  '![moving](moved.svg)',
  '![moving](styled.svg)',
  `${MOVED}`,
  '## Steps\n\n* one\n* two <!-- .element: class="fragment" -->',
  '<!-- .slide: data-handout="only" -->\n## For paper',
  '<!-- .slide: data-background-image="tile.png" -->\n## Tiled',
];
const text = (slides: readonly string[], options = '') =>
  `---\ntheme: white\ncss: own.css\nrevealOptions: { width: ${SIZE.width}, height: ${SIZE.height}${options} }\n---\n\n${slides.join('\n\n---\n\n')}\n`;
const tile = await sharp({ create: { width: 64, height: 36, channels: 3, background: '#d9480f' } })
  .png()
  .toBuffer();
const FILES = {
  [DECK]: text(SLIDES),
  'decks/own.css':
    '.reveal .shadowed { box-shadow: 0 0 20px #000 } @media print { h2 { color: red !important } }',
  'decks/tile.png': tile,
  'decks/moving.gif': gif,
  'decks/moved.svg': MOVED,
  'decks/styled.svg': STYLED,
};

const course = courseBuiltOnce({ only: 'images', decks: DECK }, FILES);

const filesOf = async (built: Pick<BuiltCourse, 'folder'>) =>
  (await readdir(join(built.folder, FOLDER))).sort();
const imageOf = async (built: Pick<BuiltCourse, 'folder'>, slide: number) => {
  const name = (await filesOf(built)).find((one) => one.startsWith(String(slide).padStart(3, '0')));
  return readFile(join(built.folder, FOLDER, String(name)));
};
const colourAt = async (image: Buffer, left: number, top: number) => {
  const pixel = await sharp(image).extract({ left, top, width: 1, height: 1 }).raw().toBuffer();
  return `#${pixel.toString('hex')}`;
};

describe('images of slides', () => {
  test('are a file for each slide that was presented, and no PDF', async () => {
    const names = Array.from({ length: 9 }, (_, i) => `00${i + 1}-${i + 1}.png`);
    expect(await filesOf(course)).toEqual([...names, '010-11.png']);
    expect(await readdir(join(course.folder, 'output/shown'))).toEqual(['shown-slides']);
  });

  test('are what a browser shows on a screen of that size', async () => {
    const shown = [1, 2, 3, 4, 9];
    const screens = await screensOf(
      join(course.folder, DECK),
      shown.map((number) => number - 1),
    );
    const differences = await Promise.all(
      shown.map(async (number, i) => differing(await imageOf(course, number), screens[i] as Uint8Array)),
    );
    expect(differences).toEqual(shown.map(() => 0));
  });

  test('have the colours of the original pictures', async () => {
    expectDrawn(await share(await imageOf(course, 3), '#d9480f'), { width: 128, height: 72 });
  });

  test.each([
    ['a GIF', 5, '#ff0000'],
    ['an SVG', 6, '#0000ff'],
    ['an SVG with styles', 7, '#0000ff'],
    ['an SVG in the Markdown', 8, '#0000ff'],
  ])('show the beginning of what moves: %s', async (_what, slide, colour) => {
    expectDrawn(await share(await imageOf(course, slide), colour), { width: 200, height: 100 });
  });

  test('show background images of slides', async () => {
    expect(await colourAt(await imageOf(course, 10), 5, 5)).toBe('#d9480f');
  });

  test('are the same bytes in another build', async () => {
    const sums = async (built: Pick<BuiltCourse, 'folder'>) =>
      Promise.all(
        (await filesOf(built)).map(async (name) => {
          const bytes = await readFile(join(built.folder, FOLDER, name));
          return `${name} ${createHash('sha256').update(bytes).digest('hex')}`;
        }),
      );
    const again = await courseBuiltNow({ only: ['images', 'slides'], decks: DECK }, FILES);
    expect(await sums(again)).toEqual(await sums(course));
  });

  test('are reported, each with its hash', async () => {
    const { outputs } = course.deck(DECK);
    const first = outputs[0];
    const bytes = await imageOf(course, 1);
    expect(outputs.map(({ kind }) => kind)).toEqual(Array.from({ length: 10 }, () => 'images'));
    expect(first).toMatchObject({
      file: 'shown/shown-slides/001-1.png',
      pages: 1,
      bytes: bytes.length,
      sha256: createHash('sha256').update(bytes).digest('hex'),
    });
  });

  test('say nothing but their pixels', async () => {
    const { exif, icc, xmp, iptc, comments, format } = await sharp(await imageOf(course, 1)).metadata();
    expect({ exif, icc, xmp, iptc, comments, format }).toEqual({ format: 'png' });
  });
});

describe('the images that options ask for', () => {
  const made = courseBuiltOnce(
    { only: 'images', decks: DECK, scale: 1.5, imageFormat: 'webp', fragments: 'steps' },
    {
      ...FILES,
      [DECK]: text(['# Shown', SLIDES[8] ?? '', SLIDES[3] ?? '', SLIDES[3] ?? ''], ', slideNumber: false'),
    },
  );

  test('have names with the number of their step', async () => {
    expect(await filesOf(made)).toEqual([
      '001-1.webp',
      '002-2.webp',
      '003-2-2.webp',
      '004-3.webp',
      '005-4.webp',
    ]);
  });

  test('have as many pixels as the scale says, rounded', async () => {
    const { width, height, format } = await sharp(await imageOf(made, 3)).metadata();
    expect({ width, height, format }).toEqual({ width: 1442, height: 812, format: 'webp' });
  });

  test('show nothing of neighboring pages', async () => {
    const first = await sharp(await imageOf(made, 4)).stats();
    const last = await imageOf(made, 5);
    const corners = [
      await colourAt(last, 0, 0),
      await colourAt(last, 1440, 0),
      await colourAt(last, 0, 810),
      await colourAt(last, 1440, 810),
    ];
    expect(first.channels.map(({ min }) => min)).toEqual([0x12, 0x34, 0x56]);
    expect(new Set(corners)).toEqual(new Set(['#123456']));
  });

  test('show a step more each', async () => {
    const [before, after] = [await imageOf(made, 2), await imageOf(made, 3)];
    expect(await share(before, '#ffffff')).toBeGreaterThan(await share(after, '#ffffff'));
  });

  test('are JPEGs in full colour', async () => {
    await build({ only: 'images', decks: DECK, imageFormat: 'jpeg' }, { ...sharedPorts(), cwd: made.folder });
    const { format, chromaSubsampling } = await sharp(await imageOf(made, 1)).metadata();
    expect([(await filesOf(made))[0], format, chromaSubsampling]).toEqual(['001-1.jpg', 'jpeg', '4:4:4']);
  });

  test('are refused where they would be too large', async () => {
    const huge = await courseBuiltNow(
      { only: 'images', decks: DECK, scale: 4, size: '5000x5000' },
      { ...FILES, [DECK]: '# Huge' },
    );
    const [refused] = huge.diagnostics(DECK, 'SLIDE_IMAGE_TOO_LARGE');
    expect(refused?.message).toBe('slide images of 20000 × 20000 pixels are too large');
  });
});

/** Pixels that differ by more than rounding. */
async function differing(a: Uint8Array, b: Uint8Array): Promise<number> {
  const [x, y] = await Promise.all(
    [a, b].map((one) => sharp(one).removeAlpha().raw().toBuffer({ resolveWithObject: true })),
  );
  expect(x?.info.width).toBe(y?.info.width);
  let count = 0;
  x?.data.forEach((value, i) => {
    if (Math.abs(value - (y?.data[i] ?? 0)) > 2) count++;
  });
  return count;
}

/** That a rectangle of one color is there as reveal.js shows it: within its margin, which may leave each edge between two pixels. */
function expectDrawn(part: number, { width, height }: { readonly width: number; readonly height: number }) {
  const [across, down] = [width * 0.96, height * 0.96];
  const pixels = part * SIZE.width * SIZE.height;
  expect(pixels).toBeGreaterThanOrEqual((across - 2) * (down - 2));
  expect(pixels).toBeLessThanOrEqual(across * down + 0.5);
}

/** Of its pixels that have a color. */
async function share(image: Buffer, colour: string): Promise<number> {
  const { data, info } = await sharp(image).removeAlpha().raw().toBuffer({ resolveWithObject: true });
  const wanted = Buffer.from(colour.slice(1), 'hex');
  let count = 0;
  for (let i = 0; i < data.length; i += 3) if (wanted.equals(data.subarray(i, i + 3))) count++;
  return count / (info.width * info.height);
}
