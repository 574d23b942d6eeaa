import sharp from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import { flatDrawing, gradientDrawing } from '../images/pictures.ts';
import { courseBuiltOnce } from '../support/course.ts';
import { drawPages } from '../support/viewer.ts';

// The same deck with pictures put in afterwards, and with pictures that go through the browser: what either shows must be the
// same. Each slide shows its pictures in a way that Chromium treats in one of its own.

const DECK = 'decks/apart.md';

const box = (style: string): string => `<div style="width:400px;height:300px;${style}"></div>`;

const SLIDES: readonly (readonly [what: string, html: string])[] = [
  ['whole', '<img alt="" src="../img/flat.png" width="300"> <img alt="" src="../img/clear.png" width="200">'],
  ['with a background of its own', '<img alt="" src="../img/clear.png" width="300" style="background:#fc0">'],
  ['cut', '<img alt="" src="../img/flat.png" style="width:200px;height:300px;object-fit:cover">'],
  ['cut as a background', box('background:url(../img/shades.png) 30% 50%/cover')],
  [
    'cut as a background below a border',
    box('border:20px solid rgba(0,0,0,.4);background:url(../img/shades.png) 50%/cover'),
  ],
  ['in tiles', box('background:url(../img/clear.png) 7px 9px/90px auto, #fc0')],
  ['in one row of tiles', box('background:url(../img/flat.png) 0 0/130px auto repeat-x')],
  ['as a border', box('box-sizing:border-box;border:40px solid;border-image:url(../img/shades.png) 40')],
  ['as a mask', box('background:#06c;mask:url(../img/clear.png) 0 0/100% 100%')],
  [
    'in space',
    '<div style="perspective:400px"><img alt="" src="../img/shades.png" width="300" style="transform:rotateY(40deg)"></div>',
  ],
  [
    'in a pattern',
    '<svg width="400" height="300"><pattern id="p" width=".25" height=".25"><image href="../img/flat.png" width="100" height="75"/></pattern><rect width="400" height="300" fill="url(#p)"/></svg>',
  ],
  [
    'multiplied',
    '<div style="background:linear-gradient(90deg,red,blue)"><img alt="" src="../img/clear.png" width="300" style="mix-blend-mode:multiply"></div>',
  ],
  [
    'filtered, and shown plainly on another slide',
    '<img alt="" src="../img/flat.png" width="300" style="filter:invert(1)">',
  ],
  ['plain, and filtered on another slide', '<img alt="" src="../img/flat.png" width="300">'],
];

const PICTURES: Readonly<Record<string, Buffer>> = {
  flat: await flatDrawing().removeAlpha().png().toBuffer(),
  shades: await gradientDrawing(512, 400).removeAlpha().png().toBuffer(),
  clear: await sharp(await gradientDrawing(360, 240).png().toBuffer())
    .composite([
      {
        input: Buffer.from('<svg width="360" height="240"><circle cx="180" cy="120" r="110"/></svg>'),
        blend: 'dest-in',
      },
    ])
    .png()
    .toBuffer(),
};

/** A picture that has to go through the browser in one place does so in all: each slide has its own but for the last two. */
const pages = [...SLIDES.keys()].map((i) =>
  (SLIDES[i]?.[1] ?? '').replace(/img\/(flat|shades|clear)/g, `img/$1-${Math.min(i, SLIDES.length - 2)}`),
);
const FILES = {
  [DECK]: `---\ntheme: white\n---\n\n${pages.join('\n\n---\n\n')}\n`,
  ...Object.fromEntries(
    Object.entries(PICTURES).flatMap(([name, bytes]) =>
      [...SLIDES.keys()].map((i) => [`img/${name}-${i}.png`, bytes] as const),
    ),
  ),
};

const only = { decks: [DECK], only: ['slides'] } as const;
const apart = courseBuiltOnce({ ...only, images: { mode: 'print' } }, FILES);
const through = courseBuiltOnce({ ...only, images: { mode: 'original' } }, FILES);

/** Levels, on average over a page, that come from scaling once more or once less. */
const SCALING = 0.6;

describe('a picture looks as if it had gone through the browser', () => {
  let differences: number[] = [];

  beforeAll(async () => {
    const indices = SLIDES.map((_, i) => i);
    const [a, b] = await Promise.all(
      [apart, through].map(async (course) => drawPages(await course.bytes(DECK), indices, { widthPx: 960 })),
    );
    differences = await Promise.all(indices.map((i) => difference(a?.[i], b?.[i])));
  });

  test.each(SLIDES.map(([what], i) => [what, i] as const))('%s', (_what, i) => {
    expect(differences[i]).toBeLessThanOrEqual(SCALING);
  });
});

async function difference(a: Uint8Array | undefined, b: Uint8Array | undefined): Promise<number> {
  const [first, second] = await Promise.all([a, b].map((one) => sharp(one).removeAlpha().raw().toBuffer()));
  if (!first || !second || first.length !== second.length) throw new Error('pages of another size');
  return first.reduce((sum, level, at) => sum + Math.abs(level - (second[at] ?? 0)), 0) / first.length;
}

test('nothing is reported', () => {
  expect(
    [apart, through].map((course) => course.deck(DECK).diagnostics.filter((one) => one.severity !== 'info')),
  ).toEqual([[], []]);
});
