import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type CssOptions, cssReferences } from '../../src/markup/css.ts';
import { randomCases } from '../support/random-cases.ts';

const urls = (css: string, options?: CssOptions) => cssReferences(css, options).map(({ url }) => url);
const kinds = (css: string) => cssReferences(css).map(({ kind, url }) => `${kind} ${url}`);

describe('a picture in CSS', () => {
  test.each([
    ['url()', 'p { background: url(a.png) }'],
    ['url() with quotes', `p { background: url( "a.png" ) }`],
    ['url() with single quotes', `p { background: url('a.png') }`],
    ['URL() in capitals', 'P { BACKGROUND: URL(a.png) }'],
    ['url() with white space', 'p { background: url(\n\t a.png ) }'],
    ['url() with a comment before it', 'p { background: /* x: url(b.png) */ url(a.png) }'],
    ['image-set()', 'p { background: image-set("a.png" type("image/png") 1x) }'],
    ['image-set() with url()', 'p { background: image-set(url("a.png") 1x) }'],
    ['image-set() with a prefix', 'p { background: -webkit-image-set(url(a.png) 1x) }'],
    ['a gradient’s neighbour', 'p { background: linear-gradient(red, rgb(0 0 0 / 5%)), url(a.png) }'],
    ['a variable', ':root { --x: url(a.png) }'],
    ['the fallback of a variable', 'p { background: var(--x, url(a.png)) }'],
    ['content', 'p::before { content: "b.png" url(a.png) "c" }'],
    ['a list’s marks', 'li { list-style: square url(a.png) }'],
    ['a border', 'p { border-image: url(a.png) 3 }'],
    ['a mask', 'p { mask: url(a.png) }'],
    ['@media', '@media print { p { background: url(a.png) } }'],
    ['@supports', '@supports (background: url(b.png)) { p { background: url(a.png) } }'],
    ['@layer', '@layer a, b; @layer a { p { background: url(a.png) } }'],
    ['@container', '@container (width > 1px) { p { background: url(a.png) } }'],
    ['@page', '@page { background: url(a.png) }'],
    ['@keyframes', '@keyframes x { from { background: url(a.png) } }'],
    ['nested rules', 'p { color: red; b & { background: url(a.png) } &:hover { } }'],
    ['a rule behind nested rules', 'p { b { x: y } background: url(a.png) }'],
    ['!important', 'p { background: url(a.png)!important }'],
    ['a rule behind a mistake', 'p { color; *zoom: 1; : x; background: url(a.png) }'],
    ['a rule behind a bad url()', 'p { background: url(b c.png); background: url(a.png) }'],
    ['a rule behind a bad string', 'p { content: "b\n; } p { background: url(a.png) }'],
    ['a rule behind too many brackets', 'p { } } p { background: url(a.png) }'],
    ['a rule that is never closed', 'p { background: url(a.png'],
    ['a string that is never closed', 'p { background: url("a.png'],
    ['a sheet with a byte order mark', '\uFEFFp { background: url(a.png) }'],
    ['a sheet in an HTML comment', '<!-- p { background: url(a.png) } -->'],
  ])('is found in %s', (_place, css) => {
    expect(urls(css)).toEqual(['a.png']);
  });

  test.each([
    ['a comment', '/* p { background: url(a.png) } */'],
    ['a string', 'p { content: "url(a.png)" }'],
    ['the kind of a set’s picture', 'p { background: image-set(url(data:,) type("a.png")) }'],
    ['@namespace', '@namespace svg url(http://www.w3.org/2000/svg);'],
    ['@namespace with a string', '@namespace "http://www.w3.org/2000/svg";'],
    ['a condition', '@supports (background: url(a.png)) { }'],
    ['a selector', 'a[href="url(a.png)"], :not(url(a.png)) { }'],
    ['a cursor', 'p { cursor: url(a.png), auto; CURSOR: url(a.png) }'],
    ['a part of the page', 'p { mask: url(#a); fill: url( "#b" ) }'],
    ['bytes', 'p { background: url(data:image/png;base64,AA), url("DATA:,") }'],
    ['nothing', 'p { background: url(), url(""), url( ) }'],
    ['a face’s other descriptors', '@font-face { background: url(a.png) }'],
    ['a font of the system', '@font-face { src: local("a"), local(b) }'],
    ['what is no declaration', 'background: url(a.png); p { url(a.png) }'],
    ['an empty sheet', ''],
  ])('is not read in %s', (_place, css) => {
    expect(kinds(css)).toEqual([]);
  });

  test('keeps its fragment', () => {
    expect(urls('p { mask: url(a.svg#b) }')).toEqual(['a.svg#b']);
  });

  test('is named without its escapes', () => {
    expect(urls('p { background: url(a\\28 b\\).png), url("c\\"\\64.png") }')).toEqual([
      'a(b).png',
      'c"d.png',
    ]);
  });

  test.each([
    ['declarations', 'color: red; background: url(a.png)'],
    ['declarations', 'background: url(a.png) } p { x'],
    ['value', 'url(a.png) no-repeat'],
    ['value', 'image-set("a.png" 1x), red'],
  ] as const)('is found in %s such as %j', (form, css) => {
    expect(urls(css, { form })).toEqual(['a.png']);
  });

  test('is not imported by declarations', () => {
    expect(urls('@import "a.css"; color: red', { form: 'declarations' })).toEqual([]);
  });
});

describe('an imported style sheet', () => {
  test.each([
    '@import "a.css";',
    "@import 'a.css'",
    '@import url(a.css);',
    '@import url( "a.css" ) layer(x) supports(background: url(b.png)) screen;',
    '@IMPORT "a.css" layer;',
    '@charset "utf-8"; @layer a, b; /* x */ @import "a.css";',
    '@import/**/"a.css";',
  ])('is found in %j', (css) => {
    expect(kinds(css)).toEqual(['stylesheet a.css']);
  });

  test('may have others after it', () => {
    expect(kinds('@import "a.css"; @import url(b.css); p { x: url(c.png) }')).toEqual([
      'stylesheet a.css',
      'stylesheet b.css',
      'image c.png',
    ]);
  });

  test.each([
    'p { } @import "a.css";',
    '@namespace "x"; @import "a.css";',
    '@layer x { } @import "a.css";',
    '@media print { @import "a.css"; }',
    'p { @import "a.css"; }',
    '@import x "a.css";',
    '@import ("a.css");',
  ])('is none where browsers see none: %j', (css) => {
    expect(kinds(css)).toEqual([]);
  });
});

describe('a font', () => {
  test('is what a face names as its source', () => {
    const css =
      '@font-face { font-family: x; src: local("x"), url(a.woff2) format("woff2"), url("a.ttf#x") }';
    expect(kinds(css)).toEqual(['font a.woff2', 'font a.ttf#x']);
  });

  test('is found in a face below a condition', () => {
    expect(kinds('@media print { @FONT-FACE { SRC: url(a.woff) } p { src: url(b.png) } }')).toEqual([
      'font a.woff',
      'image b.png',
    ]);
  });
});

describe('the place of a URL in CSS', () => {
  test.each([
    'p { background: url(«a.png») }',
    'p { background: url( «a.png»\n) }',
    'p { background: url( " «a.png» " ) }',
    'p { background: url("«a\\22 b.png»") }',
    'p { background: image-set("«a.png»" 1x, url(«b.png») 2x) }',
    '@import "«a.css»"; @import url(«b.css»); @font-face { src: url(\'«c.woff»\') }',
    'p { background: url(«a.png»',
    'p { background: url("«a.png»',
    '\uFEFFp { x: url(«😀.png»), url(«b.png») }',
  ])('is exact in %j', (text) => {
    const css = text.replace(/[«»]/g, '');
    const expected = [...text.matchAll(/«(.*?)»/g)].map(([, url]) => url);
    expect(cssReferences(css).map(({ from, to }) => css.slice(from, to))).toEqual(expected);
  });

  test('has its line', () => {
    const css = 'p {\n  background:\n    url(a.png),\n    url(b.png);\n}\nq { x: url(c.png) }';
    expect(cssReferences(css).map(({ line }) => line)).toEqual([3, 4, 6]);
  });

  test('takes another URL, and nothing else changes', () => {
    const piece = fc.constantFrom(
      ...[
        'p {',
        '}',
        ';',
        ':',
        'background: ',
        'src: ',
        '--x: ',
        'url(',
        'url("',
        '")',
        ')',
        '"',
        'a.png',
        ' ',
      ],
      ...[
        '@import ',
        '@font-face {',
        '@media x {',
        '@layer a;',
        'image-set(',
        '(',
        '[',
        ']',
        '/*',
        '*/',
        '\\',
        '\n',
      ],
    );
    fc.assert(
      fc.property(fc.array(piece, { maxLength: 30 }), (pieces) => {
        const css = pieces.join('');
        const before = cssReferences(css);
        for (const [i, { from, to }] of before.entries()) {
          const after = cssReferences(`${css.slice(0, from)}../b.png${css.slice(to)}`);
          const expected = before.map(({ url }, j) => (i === j ? '../b.png' : url));
          expect(after.map(({ url }) => url)).toEqual(expected);
        }
      }),
      randomCases(500, 3_000),
    );
  });
});
