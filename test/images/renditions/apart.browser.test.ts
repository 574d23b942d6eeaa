import { deflateSync } from 'node:zlib';
import { PDFDocument } from 'pdf-lib';
import sharp, { type Sharp } from 'sharp';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Original } from '../../../src/images/codec/original.ts';
import { encodePng } from '../../../src/images/codec/png-file.ts';
import { isSurelyOpaque } from '../../../src/images/codec/surely-opaque.ts';
import type { RenditionSpec } from '../../../src/images/model/model.ts';
import { pictureFile } from '../../../src/images/renditions/picture-file.ts';
import { makePdfImage } from '../../../src/images/renditions/print-image.ts';
import { makeStub, type StubForm } from '../../../src/images/renditions/stub.ts';
import type { PdfImage, Stub } from '../../../src/model/pdf-parts.ts';
import { findStubs } from '../../../src/pdf/find-stubs.ts';
import { putImages } from '../../../src/pdf/put-images.ts';
import { qpdfComplaints } from '../../support/qpdf.ts';
import { drawPages, printHtml } from '../../support/viewer.ts';
import { gif } from '../codec/animations.ts';
import { flatDrawing, gradientDrawing, originalOf, photograph, screenshot } from '../pictures.ts';

// Each picture is printed by Chromium, and as a stub that the image replaces afterwards: both must look the same. All of
// them are in one document, a page for each, so that each way takes one print.

interface Case {
  readonly name: string;
  readonly picture: () => Promise<Uint8Array>;
  /** The page's HTML; `URL` stands for the picture. */
  readonly html: string;
  readonly spec?: Partial<RenditionSpec>;
  /** What Chromium is given to print as the real thing, where it can't show what was asked for. */
  readonly real?: () => Promise<Uint8Array>;
  /** `file`: the browser is given what it can draw anew. Default: as its header says. */
  readonly form?: StubForm | 'file';
  /** Levels by which the two may differ, on average over the page. Default: none but for rounding. */
  readonly meanLevels?: number;
}

const FIT: RenditionSpec = { maxWidthPx: 4000, maxHeightPx: 4000, frame: 1, mode: 'print' };
/** Levels, on average over a page. */
const ROUNDING = 0.02;
const PAGE = { widthPx: 400, heightPx: 300 };

const img = (style = ''): string => `<img src="URL" style="display:block;width:240px;${style}">`;
const on = (background: string, content: string, style = ''): string =>
  `<div style="padding:20px;width:260px;background:${background};${style}">${content}</div>`;

const png = (picture: Sharp): Promise<Buffer> => picture.png().toBuffer();
/** A disc with a soft rim, cut out. */
async function disc(picture: Sharp): Promise<Buffer> {
  const shape =
    '<svg width="600" height="400"><radialGradient id="g"><stop offset=".8"/><stop offset="1" stop-opacity="0"/></radialGradient>' +
    '<circle cx="240" cy="160" r="150" fill="url(#g)"/></svg>';
  const whole = sharp(await png(picture.ensureAlpha()));
  const { width = 0, height = 0 } = await whole.metadata();
  const fitted = await png(sharp(Buffer.from(shape)).extract({ left: 0, top: 0, width, height }));
  return png(whole.composite([{ input: fitted, blend: 'dest-in' }]));
}
const cutOut = (): Promise<Buffer> => disc(screenshot(480, 320));
/** Ten by ten squares in black and white, as a PNG of 1 bit. */
function board(sidePx: number): Buffer {
  const row = (first: number): Buffer => {
    const bytes = Buffer.alloc(1 + sidePx / 8);
    for (let x = 0; x < sidePx; x++) {
      const bit = (Math.floor((x * 10) / sidePx) + first) % 2;
      const at = 1 + (x >> 3);
      bytes[at] = (bytes[at] ?? 0) | (bit << (7 - (x & 7)));
    }
    return bytes;
  };
  const rows = [row(0), row(1)];
  const all = Array.from({ length: sidePx }, (_, y) => rows[Math.floor((y * 10) / sidePx) % 2] ?? row(0));
  const size = { widthPx: sidePx, heightPx: sidePx };
  const bytes = deflateSync(Buffer.concat(all));
  return encodePng({ ...size, filter: 'Flate', colours: 'gray', bitsPerComponent: 1, bytes });
}

const FRAMES = [0, 1, 2].map((colour) => ({
  left: 0,
  top: 0,
  width: 4,
  height: 4,
  colour,
  disposal: 'keep' as const,
}));

const CASES: readonly Case[] = [
  { name: 'a drawing', picture: () => png(flatDrawing().removeAlpha()), html: img() },
  { name: 'a drawing of many colours', picture: () => png(gradientDrawing()), html: img() },
  { name: 'a drawing in gray', picture: () => png(gradientDrawing().grayscale()), html: img() },
  { name: 'a photograph', picture: () => photograph().jpeg({ quality: 40 }).toBuffer(), html: img() },
  { name: 'a photograph that is encoded anew', picture: () => png(photograph()), html: img(), meanLevels: 2 },
  {
    name: 'a picture in CMYK',
    picture: () => photograph().toColourspace('cmyk').jpeg({ quality: 90 }).toBuffer(),
    html: img(),
    // How much light ink takes is anybody's guess where no profile says it, and Chromium's is another one than libvips's.
    meanLevels: 5,
  },
  {
    name: 'a picture on its side',
    picture: () =>
      gradientDrawing().removeAlpha().jpeg({ quality: 98 }).withMetadata({ orientation: 6 }).toBuffer(),
    html: img(),
    meanLevels: 1,
  },
  { name: 'a picture of 16 bits', picture: () => png(flatDrawing().toColourspace('rgb16')), html: img() },
  {
    name: 'a frame of an animation',
    picture: async () => gif(4, 4, FRAMES),
    real: async () => png(sharp(gif(4, 4, FRAMES), { page: 1 })),
    html: img(),
    spec: { frame: 2 },
  },
  {
    name: 'a picture of a wide gamut',
    picture: () => png(flatDrawing().removeAlpha().withIccProfile('p3')),
    // The same colors: Chromium prints the pixels as they are, with the profile, which the viewer of this test does not read.
    real: () => png(flatDrawing().removeAlpha()),
    html: img(),
  },
  { name: 'transparency over a colour', picture: cutOut, html: on('#fc0', img()) },
  {
    name: 'transparency over a gradient',
    picture: cutOut,
    html: on('linear-gradient(90deg,red,blue)', img()),
  },
  { name: "transparency over the picture's own background", picture: cutOut, html: img('background:#0c6') },
  {
    name: 'transparency as a background with a colour below',
    picture: cutOut,
    html: '<div style="width:240px;height:160px;background:url(URL) 0 0/100% 100%,linear-gradient(red,blue)"></div>',
  },
  { name: 'transparency in a translucent group', picture: cutOut, html: on('#06c', img(), 'opacity:.5') },
  {
    name: 'transparency that is multiplied',
    picture: cutOut,
    html: on('linear-gradient(90deg,red,blue)', img('mix-blend-mode:multiply')),
  },
  {
    name: 'transparency in a group that is multiplied',
    picture: cutOut,
    html: on('#fc0', on('#08f', img(), 'mix-blend-mode:multiply')),
  },
  {
    name: 'transparency as a mask of something else',
    picture: cutOut,
    html: '<div style="width:240px;height:160px;background:#06c;mask:url(URL) 0 0/100% 100%"></div>',
  },
  { name: 'transparency that is turned', picture: cutOut, html: on('#fc0', img('transform:rotate(9deg)')) },
  {
    name: 'a photograph with transparency',
    picture: () => disc(photograph()),
    html: on('#228', img()),
    meanLevels: 2,
  },
  {
    name: 'a picture in two sizes',
    picture: () => png(flatDrawing().removeAlpha()),
    html: `${img()}${img('width:90px')}`,
  },
  {
    name: 'a picture in two cuts',
    picture: () => png(flatDrawing().removeAlpha()),
    html: `${img('height:140px;object-fit:cover;width:100px')}${img('height:90px;object-fit:none;object-position:10% 80%')}`,
    form: 'wrapped',
  },
  {
    name: 'a background that fills its box',
    picture: () => png(flatDrawing().removeAlpha()),
    html: '<div style="width:100px;height:200px;background:url(URL) 30% 0/cover no-repeat"></div>',
    form: 'wrapped',
  },
  {
    name: 'a background in tiles',
    picture: () => png(flatDrawing().removeAlpha()),
    html: '<div style="width:300px;height:200px;background:url(URL) 5px 7px/80px auto"></div>',
  },
  {
    name: 'a border',
    picture: () => png(flatDrawing().removeAlpha()),
    html: '<div style="width:200px;height:100px;border:30px solid;border-image:url(URL) 30"></div>',
    form: 'wrapped',
  },
  {
    name: 'one pixel',
    picture: () => png(sharp({ create: { width: 1, height: 1, channels: 3, background: '#c06' } })),
    html: img(),
  },
  {
    name: 'a picture that is filtered',
    picture: () => png(gradientDrawing().removeAlpha()),
    html: img('filter:grayscale(1)'),
    form: 'file',
  },
  {
    name: 'transparency that is filtered',
    picture: cutOut,
    html: on('#fc0', img('filter:hue-rotate(90deg)')),
    form: 'file',
    meanLevels: 1,
  },
  {
    name: 'transparency in space',
    picture: cutOut,
    html: `<div style="perspective:300px">${img('transform:rotateY(30deg)')}</div>`,
    form: 'file',
    meanLevels: 1,
  },
  {
    name: 'transparency in tiles',
    picture: cutOut,
    html: '<div style="width:300px;height:200px;background:url(URL) 5px 7px/80px auto,#fc0"></div>',
    form: 'file',
    // Chromium makes a tile of as many pixels as it shows, where the viewer would scale the picture.
    meanLevels: 2,
  },
  {
    name: 'a border of a picture with fewer pixels',
    picture: () => png(gradientDrawing(1024, 800).removeAlpha()),
    html: '<div style="width:200px;height:100px;border:30px solid;border-image:url(URL) 120"></div>',
    form: 'file',
    spec: { maxWidthPx: 512 },
    meanLevels: 1,
  },
  {
    name: 'a picture of 20,000 by 20,000 pixels',
    picture: async () => board(20_000),
    // Chromium takes a minute for the real one.
    real: async () => board(480),
    html: img(),
    spec: { maxWidthPx: 480 },
    meanLevels: 1,
  },
  {
    name: 'one of two pictures of equal size',
    picture: () => png(flatDrawing().negate({ alpha: false })),
    html: img(),
  },
];

interface Prepared extends Case {
  readonly original: Original;
  readonly image: PdfImage;
  /** None where the browser is given a file. */
  readonly stub: Stub | undefined;
}

async function prepare(one: Case, index: number): Promise<Prepared> {
  const original = await originalOf(await one.picture(), { maxPixels: 400_000_000 });
  const image = await makePdfImage(original, { ...FIT, ...one.spec });
  const form = one.form ?? (isSurelyOpaque(original.type, original.bytes) ? 'plain' : 'wrapped');
  const stub = form === 'file' ? undefined : makeStub(original, `picture ${index}`, form);
  return { ...one, original, image, stub };
}

function documentOf(cases: readonly Case[]): string {
  const pages = cases.map(({ html }, i) => `<section>${html.replaceAll('URL', `picture-${i}`)}</section>`);
  const style = 'body{margin:0}section{break-after:page;padding:10px;height:270px;overflow:hidden}';
  return `<!doctype html><style>${style}</style>${pages.join('')}`;
}

async function printApart(cases: readonly Prepared[]): Promise<Uint8Array> {
  const files = cases.map(({ stub, image, original }, i) => [
    `picture-${i}`,
    stub?.file ?? pictureFile(image, original),
  ]);
  const pdf = await printHtml(documentOf(cases), Object.fromEntries(files), PAGE);
  const document = await PDFDocument.load(pdf);
  const stubs = cases.flatMap(({ stub }) => stub ?? []);
  const images = [...findStubs(document.context, stubs)].map(([ref, id]) => {
    const found = cases.find(({ stub }) => stub?.id === id);
    if (!found) throw new Error(`no picture for ${id}`);
    return [ref, found.image] as const;
  });
  putImages(document.context, new Map(images));
  return document.save();
}

async function printReal(cases: readonly Prepared[]): Promise<Uint8Array> {
  const files = await Promise.all(
    cases.map(async ({ original, real }, i) => {
      const shown = real ? await real() : original.bytes;
      return [
        `picture-${i}`,
        { type: `image/${(await sharp(shown).metadata()).format}`, bytes: shown },
      ] as const;
    }),
  );
  return printHtml(documentOf(cases), Object.fromEntries(files), PAGE);
}

/** By how many levels two pictures differ, on average. */
async function difference(a: Uint8Array, b: Uint8Array): Promise<number> {
  const [first, second] = await Promise.all([a, b].map((one) => sharp(one).removeAlpha().raw().toBuffer()));
  if (!first || !second || first.length !== second.length) throw new Error('pages of another size');
  return first.reduce((sum, level, at) => sum + Math.abs(level - (second[at] ?? 0)), 0) / first.length;
}

describe('a picture that was put into the print afterwards', () => {
  let apart: Uint8Array;
  const differences = new Map<string, number>();

  beforeAll(async () => {
    const cases = await Promise.all(CASES.map(prepare));
    const real = await printReal(cases);
    apart = await printApart(cases);
    const indices = cases.map((_, i) => i);
    const size = { widthPx: PAGE.widthPx * 2 };
    const [a, b] = [await drawPages(real, indices, size), await drawPages(apart, indices, size)];
    for (const [i, { name }] of cases.entries()) {
      const [first, second] = [a[i], b[i]];
      if (!first || !second) throw new Error('a page is missing');
      differences.set(name, await difference(first, second));
    }
  });

  test.each(CASES.map(({ name, meanLevels }) => [name, meanLevels ?? ROUNDING] as const))(
    'looks as if it had been printed: %s',
    (name, meanLevels) => {
      expect(differences.get(name)).toBeLessThanOrEqual(meanLevels);
    },
  );

  test('makes a file in which qpdf finds no fault', async () => {
    expect(await qpdfComplaints(apart)).toEqual([]);
  });
});
