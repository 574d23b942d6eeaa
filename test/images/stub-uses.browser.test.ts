import { PDFDocument } from 'pdf-lib';
import { beforeAll, describe, expect, test } from 'vitest';
import { makeStub, type StubForm } from '../../src/images/stub.ts';
import { findStubs } from '../../src/pdf/find-stubs.ts';
import { printHtml } from '../support/viewer.ts';

// What `stub.ts` says of Chromium, use by use. One document holds them all, each use on a page of its own with a stub of its own.

const img = (style: string): string => `<img src="URL" width="300" style="${style}">`;
const box = (style: string): string => `<div style="width:300px;height:200px;${style}"></div>`;

/** What becomes of a `plain` and of a `wrapped` stub. */
type Fate = 'stub' | 'redrawn';

const USES: readonly (readonly [name: string, plain: Fate, wrapped: Fate, html: string])[] = [
  ['img', 'stub', 'stub', img('')],
  ['object-fit: contain', 'stub', 'stub', img('height:300px;object-fit:contain')],
  ['object-fit: fill', 'stub', 'stub', img('height:300px;object-fit:fill')],
  ['object-fit: cover', 'stub', 'stub', img('height:300px;object-fit:cover')],
  ['object-fit: none', 'stub', 'stub', img('height:200px;object-fit:none')],
  ['object-view-box', 'stub', 'stub', img('object-view-box:inset(10% 20%)')],
  ['border-radius', 'stub', 'stub', img('border-radius:50%')],
  ['opacity', 'stub', 'stub', img('opacity:.5')],
  ['rotate', 'stub', 'stub', img('transform:rotate(9deg)')],
  ['clip-path', 'stub', 'stub', img('clip-path:circle(40%)')],
  ['mask', 'stub', 'stub', img('mask:linear-gradient(#000,transparent)')],
  ['mask-image of something else', 'stub', 'stub', box('background:red;mask:url(URL) 0 0/100% 100%')],
  ['mix-blend-mode', 'stub', 'stub', `<div style="background:#fc0">${img('mix-blend-mode:multiply')}</div>`],
  ['translateZ(0)', 'stub', 'stub', img('transform:translateZ(0)')],
  ['background contain', 'stub', 'stub', box('background:url(URL) center/contain no-repeat')],
  ['background 100% 100%', 'stub', 'stub', box('background:url(URL) 0 0/100% 100%')],
  ['background cover', 'stub', 'stub', box('background:url(URL) center/cover')],
  ['background larger than its box', 'stub', 'stub', box('background:url(URL)')],
  ['background-attachment: fixed', 'stub', 'stub', box('background:url(URL) 0 0/cover fixed')],
  [
    'background-clip: text',
    'stub',
    'stub',
    box('font:80px serif;color:transparent;background:url(URL) 0 0/100% 100% text').replace('></', '>Text</'),
  ],
  ['image-set()', 'stub', 'stub', box('background:image-set(url(URL) 1x) 0 0/100% 100%')],
  ['poster', 'stub', 'stub', '<video poster="URL" width="300" height="200"></video>'],
  [
    'image in an SVG',
    'stub',
    'stub',
    '<svg width="300" height="200"><image href="URL" width="300" height="200"/></svg>',
  ],
  ['content', 'stub', 'stub', '<style>p::before{content:url(URL)}</style><p>t'],
  ['list-style-image', 'stub', 'stub', '<ul style="list-style-image:url(URL)"><li>t</ul>'],
  [
    'overflow: hidden',
    'stub',
    'stub',
    `<div style="width:90px;height:90px;overflow:hidden">${img('')}</div>`,
  ],
  ['picture', 'stub', 'stub', `<picture><source srcset="URL">${img('')}</picture>`],
  ['background tiles', 'stub', 'redrawn', box('background:url(URL) 0 0/50px auto')],
  ['border-image', 'redrawn', 'stub', box('border:30px solid;border-image:url(URL) 30')],
  ['filter', 'redrawn', 'redrawn', img('filter:grayscale(1)')],
  ['filter of an ancestor', 'redrawn', 'redrawn', `<div style="filter:blur(1px)">${img('')}</div>`],
  ['-webkit-box-reflect', 'redrawn', 'redrawn', img('-webkit-box-reflect:below')],
  [
    '3D transform',
    'redrawn',
    'redrawn',
    `<div style="perspective:300px">${img('transform:rotateY(30deg)')}</div>`,
  ],
  [
    'pattern of an SVG',
    'redrawn',
    'redrawn',
    '<svg width="300" height="200"><pattern id="p" width=".25" height=".25"><image href="URL" width="75" height="50"/></pattern><rect width="300" height="200" fill="url(#p)"/></svg>',
  ],
];

/** The uses of which the stub is in the print as it is. */
async function keptIn(form: StubForm): Promise<Set<string>> {
  const stubs = USES.map(([name]) => makeStub({ widthPx: 800, heightPx: 600 }, name, form));
  const files = Object.fromEntries(stubs.map(({ file }, i) => [`picture-${i}`, file]));
  const pages = USES.map(
    ([, , , html], i) =>
      `<section>${html.replaceAll('URL', `picture-${i}`).replaceAll('p::', `.p${i}::`).replace('<p>', `<p class="p${i}">`)}</section>`,
  );
  const style = '<!doctype html><style>section { break-after: page; overflow: hidden }</style>';
  const pdf = await printHtml(style + pages.join(''), files, { widthPx: 400, heightPx: 400 });
  const { context } = await PDFDocument.load(pdf);
  return new Set(findStubs(context, stubs).values());
}

describe.each<[StubForm, 1 | 2]>([
  ['plain', 1],
  ['wrapped', 2],
])('a %s stub', (form, column) => {
  let kept: Set<string>;
  beforeAll(async () => {
    kept = await keptIn(form);
  });

  test.each(USES.map((use) => [use[0], use[column]] as const))('as %s: %s', (name, fate) => {
    expect(kept.has(name) ? 'stub' : 'redrawn').toBe(fate);
  });
});
