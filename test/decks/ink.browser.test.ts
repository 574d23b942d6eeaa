import { describe, expect, test } from 'vitest';
import { publishedOutputs } from '../../src/index.ts';
import { courseBuiltOnce, type Files } from '../support/course.ts';
import { type RasterPage, rasterise } from '../support/raster.ts';

const DARK = 'variants/dark.md';
const FILES: Files = {
  'img/badge.svg':
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><style>.a{fill:#0a7}</style><rect class="a" width="200" height="100"/><text x="20" y="60" fill="#fe0">badge</text></svg>',
  'img/wall.svg':
    '<svg xmlns="http://www.w3.org/2000/svg" width="200" height="100"><rect width="200" height="100" fill="#fda"/></svg>',
  [DARK]: `---
theme: black
highlightTheme: monokai
---

# Night watch

- **lights**: as at sea
- a [link](https://lights.example.org/) and \`code\`

---

## Listing

\`\`\`js
const lamp = { colour: 'green', side: 'starboard' };
show(lamp); // all night
\`\`\`

---

## Table

| light | side |
|---|---|
| red | port |
| green | starboard |

---

<!-- .slide: data-background-gradient="linear-gradient(to bottom, #283b95, #17b2c3)" -->

## On a gradient

---

<!-- .slide: data-background-color="#7a1020" -->

## On a colour

> quoted words
`,
  'variants/pictures.md': `---
theme: beige
---

## Colours

![a photograph](../img/photo.png)

---

![a badge](../img/badge.svg)

<span style="color: #e03">red words</span>

---

<!-- .slide: data-background-image="../img/wall.svg" -->

## On a wall
`,
};

const PICTURES = 'variants/pictures.md';
const built = (ink: 'auto' | 'full' | 'save' | 'gray' | 'save,gray') =>
  courseBuiltOnce({ decks: [DARK, PICTURES], only: ['slides', 'handout'], ink }, FILES);

/** The share of pixels that are not white, and of those that have a color. */
function shares({ data }: RasterPage): { readonly inked: number; readonly coloured: number } {
  let [inked, coloured] = [0, 0];
  for (let i = 0; i < data.length; i += 4) {
    const [red = 0, green = 0, blue = 0] = data.subarray(i, i + 3);
    if (Math.min(red, green, blue) < 250) inked++;
    if (Math.max(red, green, blue) - Math.min(red, green, blue) > 6) coloured++;
  }
  return { inked: (inked * 4) / data.length, coloured: (coloured * 4) / data.length };
}

describe('ink', () => {
  const full = built('full');
  const save = built('save');
  const gray = built('gray');
  const both = built('save,gray');
  const usual = built('auto');
  const page = async (course: typeof full, deck: string): Promise<RasterPage> =>
    rasterise(await course.bytes(deck, 'handout'), 1, 72);

  test('is spared by nine tenths where a dark deck is printed to save it', async () => {
    const [all, some] = [shares(await page(full, DARK)), shares(await page(save, DARK))];
    expect(some.inked / all.inked).toBeLessThan(0.1);
  });

  test('without colours has none, in pictures neither', async () => {
    for (const deck of [DARK, PICTURES]) expect(shares(await page(gray, deck)).coloured).toBe(0);
  });

  test('is saved and without colours where both are asked for', async () => {
    const [all, some] = [shares(await page(full, DARK)), shares(await page(both, DARK))];
    expect(some.inked / all.inked).toBeLessThan(0.1);
    expect(some.coloured).toBe(0);
  });

  test('in full has the colours of the deck', async () => {
    for (const deck of [DARK, PICTURES])
      expect(shares(await page(full, deck)).coloured).toBeGreaterThan(0.001);
  });

  test('keeps the colours of photographs where it is saved', async () => {
    expect(shares(await page(save, PICTURES)).coloured).toBeGreaterThan(0.01);
  });

  test.each([
    ['saved', () => save],
    ['gray', () => gray],
  ])('moves no word where it is %s', async (_name, course) => {
    for (const deck of [DARK, PICTURES]) {
      const [before] = await full.layout(deck, 'handout');
      const [after] = await course().layout(deck, 'handout');
      expect(after?.texts.map(({ text }) => text)).toEqual(before?.texts.map(({ text }) => text));
      after?.texts.forEach(({ left, top }, i) => {
        expect(Math.abs(left - (before?.texts[i]?.left ?? Number.NaN))).toBeLessThan(0.5);
        expect(Math.abs(top - (before?.texts[i]?.top ?? Number.NaN))).toBeLessThan(0.5);
      });
    }
  });

  test('is saved by itself in the handout of a dark deck, which the report says, and in no other', () => {
    const inks = [DARK, PICTURES].map((deck) =>
      publishedOutputs(usual.deck(deck)).map(({ kind, ink }) => `${kind} ${ink}`),
    );
    expect(inks).toEqual([
      ['slides undefined', 'handout save'],
      ['slides undefined', 'handout undefined'],
    ]);
  });

  test('is not spared on the slides, which are for the screen', async () => {
    const [a, b] = await Promise.all([save.bytes(DARK, 'slides'), full.bytes(DARK, 'slides')]);
    expect((await rasterise(a, 2, 36)).data).toEqual((await rasterise(b, 2, 36)).data);
  });
});
