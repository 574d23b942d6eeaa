import {
  PDFArray,
  PDFDict,
  PDFDocument,
  PDFName,
  type PDFObject,
  type PDFPage,
  PDFRawStream,
  PDFRef,
} from 'pdf-lib';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeStub, type StubForm } from '../../../src/images/renditions/stub.ts';
import { findStubs } from '../../../src/pdf/find-stubs.ts';
import { type PictureUse, pictureUses } from '../../../src/pipeline/capture/page/picture-uses.ts';
import { withHtml } from '../../support/viewer.ts';

// What `stub.ts` says of Chromium, use by use. One document holds them all, each use on a page of its own with a stub of its own.

const img = (style = ''): string => `<img src="URL" width="300" style="${style}">`;
const box = (style: string): string => `<div style="width:300px;height:200px;${style}"></div>`;
const svg = (content: string): string => `<svg width="300" height="200">${content}</svg>`;

/** What becomes of a stub; `both`: it is in the print, and something that was drawn from it as well. `any`: nobody can tell. */
type Fate = 'stub' | 'redrawn' | 'both' | 'any';

interface Use {
  readonly html: string;
  readonly plain: Fate;
  readonly wrapped: Fate;
  /** What its styles tell; a picture that may be transparent is `wrapped` where this says `plain`. */
  readonly form: PictureUse['form'];
}

const PLAIN = { plain: 'stub', wrapped: 'stub', form: 'plain' } as const;
const WRAPPED = { plain: 'stub', wrapped: 'stub', form: 'wrapped' } as const;
const REDRAWN = { plain: 'redrawn', wrapped: 'redrawn', form: 'real' } as const;
/** Whole tiles keep a plain stub, and of those that are cut some do: it depends on fractions of pixels. */
const TILES = { plain: 'any', wrapped: 'redrawn', form: 'real' } as const;

const USES: Readonly<Record<string, Use>> = {
  img: { ...PLAIN, html: img() },
  'object-fit: contain': { ...PLAIN, html: img('height:300px;object-fit:contain') },
  'object-fit: fill': { ...PLAIN, html: img('height:300px;object-fit:fill') },
  'object-fit: cover': { ...WRAPPED, html: img('height:300px;object-fit:cover') },
  'object-fit: none': { ...WRAPPED, html: img('height:200px;object-fit:none') },
  'object-view-box': { ...WRAPPED, html: img('object-view-box:inset(10% 20%)') },
  'border-radius': { ...PLAIN, html: img('border-radius:50%') },
  opacity: { ...PLAIN, html: img('opacity:.5') },
  rotate: { ...PLAIN, html: img('transform:rotate(9deg)') },
  'clip-path': { ...PLAIN, html: img('clip-path:circle(40%)') },
  mask: { ...PLAIN, html: img('mask:linear-gradient(#000,transparent)') },
  'mask-image of something else': { ...WRAPPED, html: box('background:red;mask:url(URL) 0 0/100% 100%') },
  'mix-blend-mode': {
    ...PLAIN,
    html: `<div style="background:#fc0">${img('mix-blend-mode:multiply')}</div>`,
  },
  'translateZ(0)': { ...PLAIN, html: img('transform:translateZ(0)') },
  'perspective without depth': { ...PLAIN, html: `<div style="perspective:300px">${img()}</div>` },
  'overflow: hidden': {
    ...PLAIN,
    html: `<div style="width:90px;height:90px;overflow:hidden">${img()}</div>`,
  },
  picture: { ...PLAIN, html: `<picture><source srcset="URL">${img()}</picture>` },
  'backdrop-filter above it': {
    ...PLAIN,
    html: `<div style="position:relative">${img()}<div style="position:absolute;inset:0;backdrop-filter:blur(2px)"></div></div>`,
  },
  'background contain': { ...WRAPPED, html: box('background:url(URL) center/contain no-repeat') },
  'background 100% 100%': { ...WRAPPED, html: box('background:url(URL) 0 0/100% 100%') },
  'background cover': { ...WRAPPED, html: box('background:url(URL) center/cover') },
  'background cover with a border': {
    ...WRAPPED,
    html: box('border:5px solid rgba(0,0,0,.5);background:url(URL) center/cover no-repeat'),
  },
  'background larger than its box': { ...WRAPPED, html: box('background:url(URL) no-repeat') },
  'background-attachment: fixed': { ...WRAPPED, html: box('background:url(URL) 0 0/cover fixed') },
  'background-clip: text': {
    ...WRAPPED,
    html: '<div style="width:300px;font:80px serif;color:transparent;background:url(URL) 0 0/100% 100% text">Text</div>',
  },
  'image-set()': { ...WRAPPED, html: box('background:image-set(url(URL) 1x) 0 0/100% 100%') },
  poster: { ...PLAIN, html: '<video poster="URL" width="300" height="200"></video>' },
  'image in an SVG': { ...WRAPPED, html: svg('<image href="URL" width="300" height="200"/>') },
  'symbol of an SVG': {
    ...WRAPPED,
    html: svg('<symbol id="s"><image href="URL" width="300" height="200"/></symbol><use href="#s"/>'),
  },
  content: { ...WRAPPED, html: '<style>.ID::before{content:url(URL)}</style><p class="ID">t' },
  'list-style-image': { ...WRAPPED, html: '<ul style="list-style-image:url(URL)"><li>t</ul>' },
  'border-image': {
    html: box('border:30px solid;border-image:url(URL) 30'),
    ...{ plain: 'redrawn', wrapped: 'stub', form: 'wrapped' },
  },
  'mask-border': {
    html: box('background:red;-webkit-mask-box-image:url(URL) 30'),
    ...{ plain: 'both', wrapped: 'stub', form: 'wrapped' },
  },
  'background tiles': { ...TILES, html: box('background:url(URL) 0 0/50px auto') },
  'background tiles in one row': { ...TILES, html: box('background:url(URL) 0 0/100px auto repeat-x') },
  'background cover below a border': {
    ...TILES,
    html: box('border:5px solid rgba(0,0,0,.5);background:url(URL) center/cover'),
  },
  'background contain that is repeated': { ...TILES, html: box('background:url(URL) center/contain') },
  filter: { ...REDRAWN, html: img('filter:grayscale(1)') },
  'filter of an ancestor': { ...REDRAWN, html: `<div style="filter:blur(1px)">${img()}</div>` },
  '-webkit-box-reflect': { ...REDRAWN, html: img('-webkit-box-reflect:below') },
  '3D transform': {
    ...REDRAWN,
    html: `<div style="perspective:300px">${img('transform:rotateY(30deg)')}</div>`,
  },
  'mask-mode: luminance': {
    ...REDRAWN,
    html: box('background:red;mask:url(URL) 0 0/100% 100%;mask-mode:luminance'),
  },
  'mask of an SVG': {
    ...REDRAWN,
    html: svg(
      '<mask id="m"><image href="URL" width="300" height="200"/></mask><rect width="300" height="200" mask="url(#m)"/>',
    ),
  },
  'pattern of an SVG': {
    ...REDRAWN,
    html: svg(
      '<pattern id="p" width=".25" height=".25"><image href="URL" width="75" height="50"/></pattern><rect width="300" height="200" fill="url(#p)"/>',
    ),
  },
  feImage: {
    ...REDRAWN,
    html: svg(
      '<filter id="f"><feImage href="URL"/></filter><rect width="300" height="200" filter="url(#f)"/>',
    ),
  },
};

const NAMES = Object.keys(USES);
const urlOf = (index: number): string => `picture-${index}`;
const STYLE = '<!doctype html><style>section { break-after: page; overflow: hidden; height: 380px }</style>';
const HTML =
  STYLE +
  Object.values(USES)
    .map(({ html }, i) => `<section>${html.replaceAll('URL', urlOf(i)).replaceAll('ID', urlOf(i))}</section>`)
    .join('');

interface Printed {
  readonly fates: ReadonlyMap<string, Fate>;
  readonly uses: readonly PictureUse[];
}

async function printAs(form: StubForm): Promise<Printed> {
  const stubs = NAMES.map((name) => makeStub({ widthPx: 800, heightPx: 600 }, name, form));
  const files = Object.fromEntries(stubs.map(({ file }, i) => [urlOf(i), file]));
  const { pdf, uses } = await withHtml(HTML, files, async (page) => ({
    uses: await page.evaluate(pictureUses, true),
    pdf: await page.pdf({ width: '400px', height: '400px', printBackground: true }),
  }));
  const document = await PDFDocument.load(pdf);
  const found = findStubs(document.context, stubs);
  const pages = document.getPages();
  return { uses, fates: new Map(NAMES.map((name, i) => [name, fateOn(pages[i], name)])) };

  function fateOn(page: PDFPage | undefined, name: string): Fate {
    const images = page ? imagesOf(page) : [];
    const own = images.filter((ref) => found.get(ref) === name);
    if (own.length === 0) return 'redrawn';
    return own.length === images.length ? 'stub' : 'both';
  }
}

/** All that a page can paint with, in forms, patterns and masks, too. */
function imagesOf(page: PDFPage): PDFRef[] {
  const { context } = page.doc;
  const seen = new Set<PDFObject>();
  const images: PDFRef[] = [];
  const visit = (value: PDFObject | undefined): void => {
    if (!value || seen.has(value)) return;
    seen.add(value);
    if (value instanceof PDFRef) {
      const target = context.lookup(value);
      const isImage =
        target instanceof PDFRawStream && target.dict.get(PDFName.of('Subtype')) === PDFName.of('Image');
      if (isImage) images.push(value);
      visit(target);
    } else if (value instanceof PDFRawStream) visit(value.dict);
    else if (value instanceof PDFDict) value.values().forEach(visit);
    else if (value instanceof PDFArray) value.asArray().forEach(visit);
  };
  visit(page.node.Resources());
  return images;
}

describe.each<StubForm>(['plain', 'wrapped'])('a %s stub', (form) => {
  let printed: Printed;
  beforeAll(async () => {
    printed = await printAs(form);
  });

  const certain = Object.entries(USES).filter(([, use]) => use[form] !== 'any');
  test.each(certain.map(([name, use]) => [name, use[form]] as const))('as %s: %s', (name, fate) => {
    expect(printed.fates.get(name)).toBe(fate);
  });

  test.each(Object.entries(USES).map(([name, { form: told }]) => [name, told] as const))(
    'has to be what the styles of %s tell: %s',
    (name, told) => {
      const url = `/${urlOf(NAMES.indexOf(name))}`;
      expect(new Set(printed.uses.filter((use) => use.url.endsWith(url)).map((use) => use.form))).toEqual(
        new Set([told]),
      );
    },
  );
});

test('a form is told only where it keeps the stub, and a wrapped one does wherever a plain one does', () => {
  const kept = Object.values(USES).flatMap((use) => {
    if (use.form === 'real') return [];
    return use.form === 'plain' ? [use.plain, use.wrapped] : [use.wrapped];
  });
  expect(new Set(kept)).toEqual(new Set(['stub']));
});
