import sharp from 'sharp';
import { describe, expect, test } from 'vitest';
import { courseBuiltNow, courseBuiltOnce, fold } from '../support/course.ts';
import type { PdfLayout, PlacedBox } from '../support/pdf-layout.ts';
import { type RasterPage, rasterise } from '../support/raster.ts';
import { readCode } from '../support/read-code.ts';

const URL_LOST = 'https://pictures.example.org/wind/map.png?size=2&token=c2VjcmV0';
const HTML_LOST = URL_LOST.replace('&', '&amp;');
const TARGET = 'https://example.org/target';
const FILM = 'https://example.org/film.mp4';
/** Nobody listens there. */
const DEAD = 'https://pictures.example.org/=http://127.0.0.1:1/';
const PPI = 240;
const PX = PPI / 96;

const lost = (attributes: string): string => `<img src="${HTML_LOST}" alt="a map of the wind" ${attributes}>`;
const deck = (slides: readonly string[], more = ''): string =>
  `---\ntheme: white\n${more}---\n\n${slides.join('\n\n---\n\n')}\n`;

/** Each says where `PICTURE` is, and how it is laid out. */
const STYLES: Readonly<Record<string, string>> = {
  'alone on its slide': '![a map of the wind](PICTURE)',
  'under a heading': '# Wind\n\n![a map of the wind](PICTURE)',
  'half as wide as the slide': '![a map of the wind](PICTURE) <!-- .element: width="50%" -->',
  'with a height': '<img src="PICTURE" alt="a map of the wind" height="200">',
  'with a most width in its style': '<img src="PICTURE" alt="a map of the wind" style="max-width:260px">',
  'cut to a box': '<img src="PICTURE" alt="a map" style="width:240px;height:240px;object-fit:cover">',
  'with a frame and a distance':
    '<img src="PICTURE" alt="a map" style="width:300px;padding:12px;border:6px solid;margin:30px">',
  'stretched by reveal.js': '# Wind\n\n<img class="r-stretch" src="PICTURE" alt="a map">\n\ncaption',
  'in a line of words': 'before <img src="PICTURE" alt="a map" width="180"> behind',
  'beside words that flow round it': `<img src="PICTURE" alt="a map" style="float:left;width:40%">${' words'.repeat(60)}`,
  'in a list': '- one\n- <img src="PICTURE" alt="a map" height="120"> two\n- three',
  'in a table of text': `| a | b |\n|---|---|\n| ![a map](PICTURE) | ${'words '.repeat(20)} |`,
  'in a box that shrinks around it':
    '<div style="display:inline-block;border:2px solid"><img src="PICTURE" alt="a map"></div> beside',
  'in a flexible row':
    '<div style="display:flex;gap:10px"><img src="PICTURE" alt="a map" style="flex:1;min-width:0"><p>words beside it</p></div>',
  'in a flexible row that squeezes it':
    '<div style="display:flex"><img src="PICTURE" alt="a map"><div>words words words words words words</div></div>',
  'in a grid':
    '<div style="display:grid;grid-template-columns:auto 1fr;gap:10px"><img src="PICTURE" alt="a map"><p>words words words words</p></div>',
  'placed by hand':
    '<div style="position:absolute;right:20px;top:20px"><img src="PICTURE" alt="a map" style="width:30%"></div>\n\n# Wind',
  'chosen from others':
    '<picture><source srcset="PICTURE" media="screen"><img src="PICTURE" alt="a map"></picture>',
  'with a caption by a rule for what follows a picture':
    '<style>img + em { display: block; margin: 30px; font-size: 20px; color: teal } p:has(> img + em) { padding: 20px }</style>\n\n![a map](PICTURE) _a caption_',
  'first of its kind':
    '<style>p span:first-of-type { font-size: 60px }</style>\n\n![a map](PICTURE) <span>large</span> <span>small</span>',
  'as a button': '<input type="image" src="PICTURE" alt="press">',
  'on a slide that is scaled': `# Wind\n\n![a map](PICTURE)\n\n${'- point\n'.repeat(18)}`,
};
const names = Object.keys(STYLES);

/** Rules that an `img` makes and a card does not: evo centres a picture that is alone in its paragraph. */
const THEMES = ['white', 'evo'] as const;
const cases = THEMES.flatMap((theme) => names.map((name, i) => [name, theme, i + 1] as const));
const lostStyles = (theme: string): string => `lost-${theme}.md`;
const thereStyles = (theme: string): string => `there-${theme}.md`;

function styled(theme: string, url: string): string {
  const slides = names.map((name) => (STYLES[name] ?? '').replaceAll('PICTURE', url));
  return deck(slides).replace('theme: white', `theme: ${theme}`);
}

const BOXES = 'boxes.md';
const KINDS = 'kinds.md';
const DARK = 'dark.md';
const STEPS = 'steps.md';

/** What reveal.js scales its slides by for the margin around them. */
const SCALE = 0.96;

/** 576 × 324: what a lost picture is laid out as on a slide of 960. */
const there = await sharp({ create: { width: 576, height: 324, channels: 3, background: '#0b7285' } })
  .png()
  .toBuffer();

const course = courseBuiltOnce(
  {
    decks: [BOXES, KINDS, DARK, ...THEMES.flatMap((theme) => [lostStyles(theme), thereStyles(theme)])],
    only: ['slides', 'handout', 'cheatsheet'],
    imageMirror: DEAD,
  },
  {
    'there.png': there,
    'package.json': '{}',
    ...Object.fromEntries(THEMES.map((theme) => [lostStyles(theme), styled(theme, URL_LOST)])),
    ...Object.fromEntries(THEMES.map((theme) => [thereStyles(theme), styled(theme, '/there.png')])),
    [BOXES]: deck([
      `<!-- .slide: data-cheatsheet -->\n\n![a map of the wind](${URL_LOST})`,
      lost('width="700" height="110"'),
      lost('width="180" height="420"'),
      lost('width="76" height="76"'),
      lost('width="50" height="40"'),
      lost('width="16" height="16"'),
      lost('width="70" height="22"').replace('a map of the wind', 'a map of the wind over hills and valleys'),
      '![a file nobody made](img/no%20body.png)',
      `![](${URL_LOST})`,
    ]),
    [KINDS]: deck([
      `[![a map](${URL_LOST})](${TARGET})`,
      `<svg viewBox="0 0 200 100" width="800"><image href="${HTML_LOST}" x="10" y="10" width="100" height="60"/></svg>`,
      `<video poster="${HTML_LOST}" src="${FILM}" title="A film" width="500" height="220"></video>`,
      `<!-- .slide: data-background-image="${URL_LOST}" -->\n\n# Words\n\n${'words '.repeat(20)}`,
      `<div style="width:400px;height:240px;margin:auto;background:url('${HTML_LOST}')"></div>`,
      `<div style="width:600px;height:400px;margin:auto;background:url('${HTML_LOST}')">words that stand on it</div>`,
      `<style>.hat::before { content: ""; display: block; height: 300px; background: url('${URL_LOST}') }</style><p class="hat">below</p>`,
      `<svg width="400" height="300"><defs><pattern id="p" width="1" height="1"><image href="${HTML_LOST}" width="90" height="90"/></pattern></defs><rect width="400" height="300" fill="url(#p)"/></svg>`,
      '<img src="data:image/png;base64,AAAA" alt="inside" width="300">',
      '<img alt="not said">',
      `<iframe src="${TARGET}" title="A page" width="500" height="220"></iframe>`,
    ]),
    [DARK]: deck([`![a map of the wind](${URL_LOST})`]).replace('theme: white', 'theme: black'),
  },
);

async function page(path: string, number: number): Promise<PdfLayout> {
  const found = (await course.layout(path))[number - 1];
  if (!found) throw new Error(`${path} has no page ${number}`);
  return found;
}

/** The cards of a page, by their links, which lie inside the border of a pixel of the slide. */
async function cards(path: string, number: number, url = URL_LOST): Promise<PlacedBox[]> {
  return (await page(path, number)).links
    .filter((link) => link.url === url)
    .map(({ left, top, right, bottom }) => ({
      left: left - SCALE,
      top: top - SCALE,
      right: right + SCALE,
      bottom: bottom + SCALE,
    }));
}

async function words(path: string, number: number): Promise<string> {
  return (await page(path, number)).texts.map(({ text }) => text).join(' ');
}

function size({ left, top, right, bottom }: PlacedBox): [width: number, height: number] {
  return [right - left, bottom - top];
}

/** A part of a page, as a camera sees it. */
async function photo(path: string, number: number, box?: PlacedBox): Promise<RasterPage> {
  const whole = await rasterise(await course.bytes(path), number, PPI);
  const [left, top] = [Math.floor((box?.left ?? 0) * PX), Math.floor((box?.top ?? 0) * PX)];
  const width = Math.min(Math.ceil((box?.right ?? Number.POSITIVE_INFINITY) * PX), whole.width) - left;
  const height = Math.min(Math.ceil((box?.bottom ?? Number.POSITIVE_INFINITY) * PX), whole.height) - top;
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    const from = 4 * ((top + y) * whole.width + left);
    data.set(whole.data.subarray(from, from + 4 * width), 4 * y * width);
  }
  return { data, width, height };
}

async function scan(path: string, number: number, box?: PlacedBox) {
  return readCode(await photo(path, number, box));
}

describe('a card', () => {
  test('says what the picture shows, who did not give it, and why', async () => {
    const text = fold(await words(BOXES, 1));
    expect(text).toContain('amapofthewind');
    expect(text).toContain(fold('https://pictures.example.org/wind/map.png'));
    expect(text).toContain(
      fold(course.diagnostics(BOXES, 'IMAGE_UNREACHABLE')[0]?.message.split('(')[0] ?? '?'),
    );
  });

  test('shows no query of the address', async () => {
    expect(await words(BOXES, 1)).not.toMatch(/token|c2VjcmV0/);
  });

  test('has a QR code of the whole address', async () => {
    expect((await scan(BOXES, 1))?.data).toBe(URL_LOST);
  });

  test('has a QR code of at least 20 mm', async () => {
    const found = await scan(BOXES, 1);
    const { topLeftCorner: a, topRightCorner: b } = found?.location ?? {};
    const pixels = Math.hypot((b?.x ?? 0) - (a?.x ?? 0), (b?.y ?? 0) - (a?.y ?? 0));
    const modules = 17 + 4 * (found?.version ?? 0);
    expect((pixels / PPI) * 25.4 * ((modules + 8) / modules)).toBeGreaterThan(20);
  });

  test('is a link to the picture, all of it', async () => {
    const [card] = await cards(BOXES, 1);
    expect(card && size(card)).toEqual([expect.closeTo(576 * SCALE, 0), expect.closeTo(324 * SCALE, 0)]);
  });

  test('for a picture without a description has the name of its file', async () => {
    expect(await words(BOXES, 9)).toContain('map.png');
  });

  test('for a file of the deck shows its path, and no QR code', async () => {
    expect(await words(BOXES, 8)).toMatch(/a file nobody made.*img\/no body\.png/s);
    expect(await scan(BOXES, 8)).toBeUndefined();
  });

  test('on a dark theme can be scanned as well', async () => {
    expect((await scan(DARK, 1))?.data).toBe(URL_LOST);
  });

  test.each(['slides', 'handout', 'cheatsheet'] as const)('is in every output: %s', async (kind) => {
    const [first] = await course.layout(BOXES, kind);
    expect(fold(first?.texts.map(({ text }) => text).join('') ?? '')).toContain('amapofthewind');
    expect(first?.links.map(({ url }) => url)).toContain(URL_LOST);
  });
});

describe('a card in a box that is', () => {
  test.each([
    ['flat', 2],
    ['narrow', 3],
  ])('%s has words and a QR code side by side, or one above the other', async (_, number) => {
    const [card] = await cards(BOXES, number);
    expect(await words(BOXES, number)).toContain('a map of the wind');
    expect((await scan(BOXES, number, card))?.data).toBe(URL_LOST);
  });

  test('small has the QR code alone', async () => {
    const [card] = await cards(BOXES, 4);
    expect((await scan(BOXES, 4, card))?.data).toBe(URL_LOST);
    // But for the number of the slide.
    expect((await words(BOXES, 4)).trim()).toBe('4');
  });

  test('too small for a QR code has a few words', async () => {
    expect(fold(await words(BOXES, 5))).toContain('amap');
  });

  test('tiny has a mark, and is a link all the same', async () => {
    expect(await words(BOXES, 6)).toContain('×');
    expect((await cards(BOXES, 6)).map(size)).toEqual([
      [expect.closeTo(16 * SCALE, 0), expect.closeTo(16 * SCALE, 0)],
    ]);
  });

  test('low shortens its words', async () => {
    expect(await words(BOXES, 7)).toMatch(/a map.*…/);
  });

  test('of any size keeps its words inside, none smaller than 6 pt', async () => {
    for (const [i, { texts, links }] of (await course.layout(BOXES)).entries()) {
      const card = links[0];
      const number = texts.filter(({ text }) => text === String(i + 1)).at(-1);
      expect(number?.left).toBeGreaterThan(900);
      for (const text of card ? texts.filter((one) => one !== number) : []) {
        expect([i + 1, text.text, text.left > (card?.left ?? 0) && text.right < (card?.right ?? 0)]).toEqual([
          ...[i + 1, text.text],
          true,
        ]);
        expect(text.bottom).toBeLessThan(card?.bottom ?? 0);
        // An ascender is 0.7 of the font: 5.6 px of 8 px, which are 6 pt.
        if (text.text !== '×') expect(text.bottom - text.top).toBeGreaterThan(5.5);
      }
    }
  });
});

describe('a picture that is lost', () => {
  test.each(cases)(
    'has a card of the size that the layout would have given it: %s, with the theme %s',
    async (name, theme, number) => {
      const [card] = await cards(lostStyles(theme), number);
      const [picture] = (await page(thereStyles(theme), number)).pictures;
      if (!card || !picture) throw new Error('nothing there');
      // A card is the picture with its padding and border, and shows what a cut picture hides.
      const grown = name === 'with a frame and a distance' ? 18 * SCALE : 0;
      const cut = name === 'cut to a box' ? (SCALE * ((240 * 576) / 324 - 240)) / 2 : 0;
      for (const [edge, expected] of Object.entries({
        ...{ left: picture.left - grown + cut, right: picture.right + grown - cut },
        ...{ top: picture.top - grown, bottom: picture.bottom + grown },
      })) {
        // The link of a card that is scaled lies inside a border that is scaled.
        const tolerancePx = name === 'on a slide that is scaled' ? 0.7 : 0.5;
        expect([edge, Math.abs(card[edge as keyof PlacedBox] - expected) < tolerancePx]).toEqual([
          edge,
          true,
        ]);
      }
    },
  );

  test.each(cases)('moves nothing that stands beside it: %s, with the theme %s', async (_, theme, number) => {
    const [card] = await cards(lostStyles(theme), number);
    const isBeside = ({ left, top }: PlacedBox): boolean =>
      !card || left < card.left - 1 || left > card.right || top < card.top - 1 || top > card.bottom;
    const beside = (await page(thereStyles(theme), number)).texts.filter(isBeside);
    const outside = (await page(lostStyles(theme), number)).texts.filter(isBeside);
    const placed = ({ text, left, top }: (typeof beside)[number]) => [
      text,
      Math.round(left * 2) / 2,
      Math.round(top * 2) / 2,
    ];
    expect(outside.map(placed)).toEqual(beside.map(placed));
  });

  test('inside a link leaves the link as it is', async () => {
    expect(new Set((await page(KINDS, 1)).links.map(({ url }) => url))).toEqual(new Set([TARGET]));
    expect((await scan(KINDS, 1))?.data).toBe(URL_LOST);
  });

  test('inside a drawing has its card there', async () => {
    const [card] = await cards(KINDS, 2);
    expect(card && size(card)).toEqual([expect.closeTo(400 * SCALE, 0), expect.closeTo(240 * SCALE, 0)]);
    expect((await scan(KINDS, 2, card))?.data).toBe(URL_LOST);
  });

  test('as the poster of a film leaves the card of the film, and says so', async () => {
    const [card] = await cards(KINDS, 3, FILM);
    expect(card && size(card)).toEqual([expect.closeTo(500 * SCALE, 0), expect.closeTo(220 * SCALE, 0)]);
    expect(await words(KINDS, 3)).toMatch(/A film.*no preview/s);
    expect((await scan(KINDS, 3))?.data).toBe(FILM);
  });

  test('as a slide background has a small card that covers no words', async () => {
    const { texts } = await page(KINDS, 4);
    const [card] = await cards(KINDS, 4);
    if (!card) throw new Error('no card');
    const hidden = texts.filter(({ text }) => text === 'WORDS' || text.startsWith('words'));
    expect(hidden.length).toBeGreaterThan(0);
    for (const text of hidden) expect(text.bottom < card.top || text.right < card.left).toBe(true);
    expect((await scan(KINDS, 4, card))?.data).toBe(URL_LOST);
  });

  test('as the background of an empty box has a card of its size', async () => {
    const [card] = await cards(KINDS, 5);
    expect(card && size(card)).toEqual([expect.closeTo(400 * SCALE, 0), expect.closeTo(240 * SCALE, 0)]);
  });

  test('as the background of words has a card in a corner of their box', async () => {
    const [card] = await cards(KINDS, 6);
    const text = (await page(KINDS, 6)).texts.find((one) => one.text.includes('words that stand'));
    expect(card?.top).toBeGreaterThan(text?.bottom ?? Number.NaN);
  });

  test.each([
    ['painted before an element', 7],
    ['a pattern of a drawing', 8],
  ])('as %s has a card', async (_, number) => {
    expect(await cards(KINDS, number)).toHaveLength(1);
  });

  test('and carries its own bytes says that they are damaged', async () => {
    expect(await words(KINDS, 9)).toMatch(/inside.*data of the image is damaged/s);
    expect(course.diagnostics(KINDS, 'IMAGE_BROKEN')).toMatchObject([{ slide: '9' }]);
  });

  test('because the slide names none says so', async () => {
    expect(await words(KINDS, 10)).toMatch(/not said.*does not say where this image is/s);
    expect(course.diagnostics(KINDS, 'IMAGE_NOT_FOUND')).toMatchObject([{ slide: '10' }]);
  });

  test('waits for its step', async () => {
    const steps = await courseBuiltNow(
      { decks: STEPS, only: 'slides', fragments: 'steps', imageMirror: DEAD },
      { [STEPS]: deck([`# Wind\n\n${lost('class="fragment"')}`]) },
    );
    const texts = (await steps.pages(STEPS)).map(({ text }) => text.includes('a map of the wind'));
    expect(texts).toEqual([false, true]);
  });
});

test('a page inside a slide has a card with a QR code', async () => {
  const [card] = await cards(KINDS, 11, TARGET);
  expect((await scan(KINDS, 11, card))?.data).toBe(TARGET);
});
