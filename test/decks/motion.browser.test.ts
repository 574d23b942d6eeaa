import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';
import sharp from 'sharp';
import { afterAll, describe, expect, test } from 'vitest';
import { courseBuiltOnce } from '../support/course.ts';
import type { PdfLayout } from '../support/pdf-layout.ts';

const COLORS = ['#ff0000', '#00ff00', '#0000ff', '#ffff00'];
const REMOTE = 'https://pictures.example.org/moving.gif';
const FILM = 'https://example.org/film.mp4';
const FRAMED = 'https://example.org/page';
const DECK = 'moving.md';

/** Four frames, each of one color. */
const frames = COLORS.map((background) =>
  sharp({ create: { width: 400, height: 300, channels: 3, background } })
    .png()
    .toBuffer(),
);
const moving = await sharp(await Promise.all(frames), { join: { animated: true } })
  .gif({ delay: COLORS.map(() => 100) })
  .toBuffer();

const server = createServer((_, response) => {
  response.writeHead(200, { 'content-type': 'image/gif' }).end(moving);
});
await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
afterAll(() => server.close());

const slides = [
  '![moving](moving.gif)',
  '![moving](moving.gif) <!-- .element: data-frame="last" -->',
  '![moving](moving.gif)\n<!-- .element: data-frame="3" -->',
  '<img src="moving.gif" alt="moving" data-frame="99">',
  '[![moving](moving.gif)](https://example.org/) <!-- .element: data-frame="2" -->',
  '![moving](moving.gif) <!-- .element: data-frame="first" -->',
  `![moving](${REMOTE})`,
  '<img src="moving.gif" alt="moving" width="32">',
  '![still](img/tile.png) <!-- .element: data-frame="2" -->',
  `<video poster="img/photo.png" src="${FILM}" title="A film" width="400" height="225"></video>`,
  `before <img src="moving.gif" alt="moving" width="200" data-frame="2"> behind`,
  `before <img src="img/photo.png" alt="still" width="200" height="150"> behind`,
  `<!-- .slide: data-background-video="${FILM}, other.webm" -->`,
  `<!-- .slide: data-background-video="film.mp4" -->\n# Over a film`,
  `<!-- .slide: data-background-iframe="${FRAMED}" -->\n# Over a page`,
];

const course = courseBuiltOnce(
  {
    decks: [DECK],
    only: ['slides', 'handout'],
    imageMirror: `https://pictures.example.org/=http://127.0.0.1:${(server.address() as AddressInfo).port}/`,
  },
  { [DECK]: `---\ntheme: white\n---\n\n${slides.join('\n\n---\n\n')}\n`, 'moving.gif': moving },
);

async function page(number: number): Promise<PdfLayout> {
  const found = (await course.layout(DECK))[number - 1];
  if (!found) throw new Error(`there is no page ${number}`);
  return found;
}

/** In the middle of the only picture of a page, or at fractions of it. */
async function colorIn(number: number, x = 0.5, y = 0.5): Promise<string> {
  const { pictures, width, height, colorAt } = await course.painted(DECK, number);
  const { left = 0, top = 0, right = 0, bottom = 0 } = pictures[0] ?? {};
  return colorAt((left + (right - left) * x) / width, (top + (bottom - top) * y) / height);
}

describe('an animation', () => {
  test.each([
    ['its first frame where nobody asks for another', 1, COLORS[0]],
    ['its last one, named behind it', 2, COLORS[3]],
    ['a frame named on the next line', 3, COLORS[2]],
    ['its last one for a number beyond it', 4, COLORS[3]],
    ['a frame named behind its link', 5, COLORS[1]],
    ['its first one for what is no frame', 6, COLORS[0]],
  ])('shows %s', async (_, number, color) => {
    expect(await colorIn(number)).toBe(color);
  });

  test('with what is no frame is a warning with its slide', () => {
    expect(course.diagnostics(DECK, 'IMAGE_FRAME_INVALID')).toMatchObject([
      { severity: 'warning', slide: '6', message: expect.stringContaining('"first"') },
    ]);
  });

  test('shows its frame in the handout too', async () => {
    const sheet = await course.painted(DECK, 1, 'handout');
    const { left = 0, top = 0, right = 0, bottom = 0 } = sheet.pictures[1] ?? {};
    const [x, y] = [(left + right) / 2 / sheet.width, (top + bottom) / 2 / sheet.height];
    expect(sheet.colorAt(x, y)).toBe(COLORS[3]);
  });

  test('has a dark mark in its lower right corner', async () => {
    expect(await colorIn(1, 1 - 12 / 400, 1 - 12 / 300)).toBe('#2b3036');
  });

  test('from the web has a mark that leads there', async () => {
    const { links, pictures } = await page(7);
    expect(links.map(({ url }) => url)).toEqual([REMOTE]);
    expect(links[0]?.right).toBeLessThan(pictures[0]?.right ?? Number.NaN);
    expect(links[0]?.bottom).toBeLessThan(pictures[0]?.bottom ?? Number.NaN);
  });

  test('from the deck has a mark without a link', async () => {
    expect((await page(1)).links).toEqual([]);
  });

  test('that is small has no mark', async () => {
    expect(await colorIn(8, 0.9, 0.9)).toBe(COLORS[0]);
  });

  test('with a mark and another frame moves nothing on its slide', async () => {
    const [still, marked] = [await page(12), await page(11)];
    const wordsOf = (shown: PdfLayout, number: string) => shown.texts.filter(({ text }) => text !== number);
    expect(wordsOf(marked, '11')).toHaveLength(2);
    expect(wordsOf(marked, '11')).toEqual(wordsOf(still, '12'));
    expect(marked.pictures[0]?.left).toBeCloseTo(still.pictures[0]?.left ?? Number.NaN, 2);
    expect(marked.pictures[0]?.top).toBeCloseTo(still.pictures[0]?.top ?? Number.NaN, 2);
  });
});

test('a still image is printed, whatever frame is named', async () => {
  expect(await colorIn(9)).toBe('#d9480f');
});

test('the poster of a film has a mark that leads to the film', async () => {
  const { links, pictures } = await page(10);
  expect(pictures).toHaveLength(1);
  expect(links.map(({ url }) => url)).toEqual([FILM]);
});

describe('an animated slide background', () => {
  test('is mentioned on a card in the middle of an empty slide', async () => {
    const { links, texts, width } = await page(13);
    expect(links.map(({ url }) => url)).toEqual([FILM]);
    expect(texts.map(({ text }) => text).join(' ')).toContain('Video behind the slide');
    expect((links[0]?.left ?? 0) + (links[0]?.right ?? 0)).toBeCloseTo(width, 0);
  });

  test('has a card in a corner next to the content of the slide, with its file’s name', async () => {
    const words = (await page(14)).texts.map(({ text }) => text).join(' ');
    expect(words).toMatch(/over a film/i);
    expect(words).toContain('film.mp4');
  });

  test('leads to its address where it has one', async () => {
    expect((await page(15)).links.map(({ url }) => url)).toEqual([FRAMED]);
  });
});
