import { beforeAll, describe, expect, test } from 'vitest';
import type { LaidOutPage, PlacedPicture, PrintPlan } from '../../src/model/model.ts';
import { assemblePrint } from '../../src/pipeline/assemble/assemble.ts';
import type { Output } from '../../src/pipeline/contract/output.ts';
import { handout } from '../../src/pipeline/outputs/handout/handout.ts';
import { slides } from '../../src/pipeline/outputs/slides.ts';
import { courseBuiltNow, courseBuiltOnce } from '../support/course.ts';
import { type PrintedDeck, printDeck } from '../support/print.ts';
import { withProgram } from '../support/with-program.ts';

const LOST = 'decks/lost.md';
const FOUND = 'variants/found.md';
const ODD = 'variants/näme (with) odd, signs.md';

const course = courseBuiltOnce(
  {
    decks: ['decks/things.md', LOST, FOUND, ODD],
    imageMirror: 'https://pictures.example.org/=http://127.0.0.1:1/',
  },
  {
    [FOUND]: `---
theme: white
revealOptions: { width: 1280, height: 720 }
---

![half](../img/photo.png) <!-- .element: width="50%" -->

---

![a part of a drawing](../img/kite.svg#sail) ![from the root](img/tile.png)

---

![lost part](../img/gone.svg#sail)

---

<img srcset="../img/tile.png 64w, ../img/photo.png 800w" sizes="400px" alt="chosen by size">

---

<picture><source srcset="../img/photo.png" media="print"><img src="../img/tile.png" alt="by medium"></picture>

---

<img data-src="../img/photo.png" alt="lazy" width="300">

---

![inline data](data:image/svg+xml,%3Csvg%20xmlns='http://www.w3.org/2000/svg'%20width='40'%20height='40'%3E%3Crect%20width='40'%20height='40'%20fill='red'/%3E%3C/svg%3E)

---

<div style="background:url(../img/tile.png); width:200px; height:100px; margin:auto"></div>

---

 <canvas id="painted" width="100" height="50"></canvas> <img src="../img/tile.png" alt="painter">
`,
    [ODD]: "# Odd\n\n![odd](<../img/l’été, “a” & 'b' (off).png>)\n",
    "img/l’été, “a” & 'b' (off).png": Buffer.from(
      'iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==',
      'base64',
    ),
  },
  {
    session: withProgram(`live('#painted', (canvas) => {
      const x = canvas.getContext('2d');
      x.fillStyle = 'rgb(43,138,62)';
      x.fillRect(0, 0, 100, 50);
    });`),
  },
);

const text = async (path: string, number: number): Promise<string> =>
  (await course.pages(path))[number - 1]?.text ?? '';

describe('a picture that is there', () => {
  test('with a width in percent has that part of the slide', async () => {
    const [page] = await course.layout(FOUND);
    const [picture] = page?.pictures ?? [];
    // Of a slide 1280 pixels wide, around which reveal.js leaves a margin.
    expect((picture?.right ?? 0) - (picture?.left ?? 0)).toBeCloseTo(640 * 0.96, -1);
  });

  test('keeps its proportions', async () => {
    const [page] = await course.layout(FOUND);
    const [picture] = page?.pictures ?? [];
    const width = (picture?.right ?? 0) - (picture?.left ?? 0);
    expect(width / ((picture?.bottom ?? 0) - (picture?.top ?? 0))).toBeCloseTo(16 / 9, 1);
  });

  test.each([
    [2, 'beside the deck or at the root of its project'],
    [4, 'chosen from a set of sizes'],
    [5, 'chosen for a medium'],
    [6, 'put off until the slide is shown'],
    [9, 'drawn by a script, beside the one that it waits for'],
  ])('is drawn on its page: page %i, %s', async (number) => {
    const page = (await course.layout(FOUND))[number - 1];
    expect(page?.pictures.length).toBeGreaterThan(0);
  });

  test('in a style is painted', async () => {
    expect((await course.painted(FOUND, 8)).colorAt(0.5, 0.5)).toBe('#d9480f');
  });

  test('drawn by a script shows what the script drew', async () => {
    const page = await course.painted(FOUND, 9);
    const colors = page.pictures.map((box) =>
      page.colorAt((box.left + box.right) / 2 / page.width, (box.top + box.bottom) / 2 / page.height),
    );
    expect(colors).toContain('#2b8a3e');
  });

  test('within the page as data is drawn', async () => {
    const page = await course.painted(FOUND, 7);
    expect(page.colorAt(0.5, 0.5)).toBe('#ff0000');
  });

  test('and of which only a part is named costs no deck', () => {
    expect(course.deck(FOUND).outputs.map(({ kind }) => kind)).toContain('slides');
  });

  test('lies wholly inside its page, in every output', async () => {
    for (const kind of ['slides', 'handout'] as const) {
      for (const { width, height, pictures } of await course.layout(FOUND, kind)) {
        for (const box of pictures) {
          expect(Math.min(box.left, box.top)).toBeGreaterThan(-1);
          expect(box.right).toBeLessThan(width + 1);
          expect(box.bottom).toBeLessThan(height + 1);
        }
      }
    }
  });

  test('is found by a name with blanks, accents, quotes, commas and brackets', () => {
    expect(course.deck(ODD).diagnostics.filter(({ code }) => code.startsWith('IMAGE_'))).toEqual([]);
  });
});

describe('a missing image', () => {
  test('leaves the deck whole and the build good', () => {
    expect(course.deck(LOST)).toMatchObject({ slides: 5 });
    expect(course.deck(LOST).outputs.map(({ kind }) => kind)).toEqual(['slides', 'handout']);
    expect(course.report.exitCode).toBe(0);
  });

  test('is replaced by a card with its address and its description', async () => {
    const card = (await text(LOST, 2)).replace(/\s+/g, '');
    expect(card).toContain('adiagramofthewind');
    expect(card).toContain('https://pictures.example.org/wind.png');
  });

  test('has a card that links to it', async () => {
    expect((await course.pages(LOST))[1]?.links).toContain('https://pictures.example.org/wind.png');
  });

  test('because its server is dead is a warning with deck, line, slide and address', () => {
    expect(course.diagnostics(LOST, 'IMAGE_UNREACHABLE')).toMatchObject([
      {
        ...{ severity: 'warning', deck: LOST, line: 10, slide: '2.1' },
        url: 'https://pictures.example.org/wind.png',
      },
    ]);
  });

  test('because there is no such file is a warning with its line', () => {
    expect(course.diagnostics(LOST, 'IMAGE_NOT_FOUND')).toMatchObject([
      { line: 14, slide: '2.2', url: '../img/nobody.png' },
      { line: 20, slide: '3', url: '../img/no-background.png' },
    ]);
  });

  test('because it is outside the project is refused with its line', () => {
    expect(course.diagnostics(LOST, 'IMAGE_OUTSIDE_ROOT')).toMatchObject([
      { line: 16, slide: '2.2', url: '../../outside.png' },
    ]);
  });

  test('because it is none is a warning with its line', () => {
    expect(course.diagnostics(LOST, 'IMAGE_NOT_AN_IMAGE')).toMatchObject([{ line: 26, slide: '4' }]);
  });

  test('from a local file shows the path as it is in the project', async () => {
    expect((await text(LOST, 3)).replace(/\s+/g, '')).toContain('img/nobody.png');
  });

  test('and of which only a part is named has its card all the same', async () => {
    expect(await text(FOUND, 3)).toContain('lost part');
  });

  test('has its card in the handout too', async () => {
    const [sheet] = await course.pages(LOST, 'handout');
    expect(sheet?.text).toContain('a diagram of the wind');
  });

  test('is looked for on no address that is not public', async () => {
    const secret = await courseBuiltNow(
      { only: 'slides', decks: 'secret.md' },
      { 'secret.md': '![a](http://127.0.0.1:1/a.png)\n\n![b](http://169.254.169.254/latest/meta-data)\n' },
    );
    expect(secret.diagnostics('secret.md', 'IMAGE_FORBIDDEN_ADDRESS').map(({ line }) => line)).toEqual([
      1, 3,
    ]);
  });
});

describe('the check of what was printed', () => {
  const SHIFT = 40;
  let printed: PrintedDeck;
  beforeAll(async () => {
    printed = await printDeck(`${course.folder}/${FOUND}`);
  });

  async function codes(
    output: Output<PrintPlan>,
    moved: (picture: PlacedPicture) => PlacedPicture,
    withPictures = true,
    change: (plan: PrintPlan) => Partial<PrintPlan> = () => ({}),
  ) {
    const print = await printed.print(output, withPictures);
    const options = {
      ...printed.options,
      producer: 'test',
      key: '0'.repeat(64),
      pdfa: '2a',
      attachments: [],
    } as const;
    const frames = new Map(
      printed.layout.slides.flatMap(({ pages }) =>
        pages.map((page) => [page, { ...page, pictures: page.pictures.map(moved) }] as const),
      ),
    );
    const at = (frame: LaidOutPage): LaidOutPage => frames.get(frame) ?? frame;
    const slides = printed.layout.slides.map((slide) => ({ ...slide, pages: slide.pages.map(at) }));
    const plan = { ...print.plan, ...change(print.plan) } as PrintPlan;
    const changed =
      'frames' in plan
        ? { ...plan, frames: plan.frames.map(at) }
        : {
            ...plan,
            cells: (plan.cells ?? []).map((cells) =>
              cells.map((cell) => ({ ...cell, frame: at(cell.frame) })),
            ),
          };
    const layout = { ...printed.layout, slides };
    const { diagnostics } = await assemblePrint(
      printed.deck,
      output,
      layout,
      { ...print, plan: changed },
      options,
    );
    return diagnostics;
  }

  const unmoved = (one: PlacedPicture): PlacedPicture => one;

  test.each([slides, handout])('finds nothing wrong with a good print: $kind', async (output) => {
    expect(await codes(output, unmoved)).toEqual([]);
  });

  test.each([slides, handout])('finds pictures that are drawn elsewhere: $kind', async (output) => {
    const found = await codes(output, (one) => ({
      ...one,
      box: { ...one.box, x: one.box.x + SHIFT, y: one.box.y + SHIFT },
    }));
    expect(new Set(found.map(({ code }) => code))).toEqual(new Set(['PICTURE_NOT_DRAWN']));
    expect(found[0]).toMatchObject({ severity: 'error', slide: '1', line: 6 });
  });

  test('finds pictures that are drawn smaller than the browser shows them', async () => {
    const found = await codes(slides, (one) => ({
      ...one,
      box: { ...one.box, width: one.box.width + SHIFT },
    }));
    expect(found.map(({ code }) => code)).toContain('PICTURE_NOT_DRAWN');
  });

  test('finds pictures that the print lost', async () => {
    const found = await codes(slides, unmoved, false);
    expect(found.map(({ url }) => url)).toContain('http://deck.invalid/img/photo.png');
    expect(new Set(found.map(({ code }) => code))).toEqual(new Set(['PICTURE_NOT_DRAWN']));
  });

  test('finds a drawing that the print lost', async () => {
    const found = await codes(slides, unmoved, false);
    expect(found.map(({ url }) => url)).toContain('http://deck.invalid/img/kite.svg');
  });

  test('finds a picture that reaches out of its page', async () => {
    const found = await codes(slides, unmoved, true, (plan) => ({ page: { ...plan.page, widthPx: 700 } }));
    expect(found.map(({ code }) => code)).toContain('PICTURE_NOT_DRAWN');
  });

  test.each([1, -1])('finds a page too many or too few: %i', async (more) => {
    const found = await codes(slides, unmoved, true, (plan) => ({ pageCount: (plan.pageCount ?? 0) + more }));
    expect(found).toMatchObject([{ code: 'PAGE_COUNT_MISMATCH', severity: 'error' }]);
  });
});
