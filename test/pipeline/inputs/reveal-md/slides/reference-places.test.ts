import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Reference } from '../../../../../src/model/model.ts';
import { slideReferences } from '../../../../../src/pipeline/inputs/reveal-md/slides/references.ts';
import { randomCases } from '../../../../support/random-cases.ts';
import { sourceSlide } from '../../../../support/sample.ts';

const read = (markdown: string): Reference[] => slideReferences(sourceSlide(markdown));

/** Markdown with every place of a URL between « and »: without these marks, and the places. */
function marked(text: string) {
  const places: [number, number][] = [];
  const markdown = text.split(/[«»]/).reduce((before, piece, i) => {
    if (i % 2 === 1) places.push([before.length, before.length + piece.length]);
    return before + piece;
  }, '');
  return { markdown, places };
}

const SAFE = '../static/img/remote/abc.png';

/** Puts a safe URL in the place of each URL, one after the other, and tells of what changes besides. */
function expectExact(markdown: string): void {
  const before = read(markdown);
  const places = new Map(before.flatMap(({ span }) => (span ? [[span[0], span]] : [])));
  for (const [from, to] of places.values()) {
    const after = read(markdown.slice(0, from) + SAFE + markdown.slice(to));
    const expected = before.map((one) => (one.span?.[0] === from ? { ...one, url: SAFE } : one));
    const told = (references: Reference[]) =>
      references.map(({ kind, url, line, slide }) => ({ kind, url, line, slide }));
    expect(told(after)).toEqual(told(expected));
  }
}

/** Each with its places marked, and its URLs where they are written in another form. */
const PLACES: readonly (readonly [place: string, text: string, ...urls: string[]])[] = [
  ['Markdown', '![a](«a.png»)'],
  ['Markdown with a title', '![a](«a.png» "b.png")'],
  ['Markdown with a title in other quotes', "![a](«a.png» 'a.png')"],
  ['Markdown with a title in parentheses', '![a](«a.png» (a.png))'],
  ['Markdown with a title on the next line', '![a](«a.png»\n"a.png")'],
  ['Markdown with white space around', '![a](  «a.png»\t)'],
  ['Markdown over two lines', '![a\nb](\n«a.png»)'],
  ['angle brackets', '![a](<«a b.png»> "t")', 'a b.png'],
  ['angle brackets with parentheses', '![a](<«a)(b.png»>)', 'a)(b.png'],
  ['nested parentheses', '![a](«a(b(c)).png»)'],
  ['escaped parentheses', '![a](«a\\)b\\(.png»)', 'a)b(.png'],
  ['an escaped underscore', '![a](«a\\_b.png»)', 'a_b.png'],
  ['a backslash that escapes nothing', '![a](«a\\b.png»)', 'a%5Cb.png'],
  ['entities', '![a](«https://x.org/?a=1&amp;b=2»)', 'https://x.org/?a=1&b=2'],
  ['what only looks like an entity', '![a](«https://x.org/?a=1&copy=2»)'],
  ['percent signs', '![a](«a%20b%25.png»)'],
  ['quotes', '![a](«a"b\'.png»)'],
  ['a fragment', '![a](«a.svg#b»)'],
  ['umlauts and emoji', '![ä😀](«ä😀.png»)'],
  ['brackets in the alternative text', '![a [b](c) \\] d](«a.png»)'],
  ['the URL in the alternative text', '![a.png](«a.png»)'],
  ['the URL in the text of a link', '[a.png](a.png) ![x](«a.png»)'],
  ['code before it', '`![a](a.png)` ![a](«a.png»)'],
  ['escaped brackets before it', '\\![a](a.png) !\\[a](a.png) ![a](«a.png»)'],
  ['a link around it', '[![a](«a.png»)](a.png)'],
  ['a link with an escaped bracket around it', '[a \\] ![a](«a.png»)](a.png "a.png")'],
  ['a link around several', '[![a](«a.png») a.png ![a](«a.png»)](<b c.png>)'],
  ['emphasis', '***![a](«a.png»)*** _![a](«a.png»)_ ~~![a](«a.png»)~~ ~![a](«a.png»)~'],
  ['emphasis in emphasis', '**a *b ![a](«a.png») c* d ![a](«a.png»)**'],
  ['the same picture twice', '![a](«a.png») ![a](«a.png»)'],
  ['a heading', '# a.png ![a](«a.png») #'],
  ['a heading underlined', 'a.png\n![a](«a.png»)\n==='],
  ['a list', '- a.png\n- ![a](«a.png»)\n\n  ![a](«a.png»)'],
  ['a list in a list', '1. a.png\n   - ![a](«a.png»)\n     ![a](«a.png»)\n2. ![a](«a.png»)'],
  ['a list with tabs', '-\ta.png\n\t![a](«a.png»)\n\t-\t![a\t](«b.png»)\tx'],
  ['a list of tasks', '- [ ] ![a](«a.png»)\n- [x] b ![a](«b.png»)\n\n  ![a](«c.png»)'],
  ['a loose list of tasks', '- [ ] ![a](«a.png»)\n\n- [x] b ![a](«b.png»)'],
  ['a list that goes on without indentation', '- a\n![a](«a.png»)'],
  ['a list around code', '- a\n  ```\n  ![a](a.png)\n  ```\n  ![a](«a.png»)'],
  ['a quote', '> a.png\n> ![a](«a.png»)\n>\n> ![a](«a.png»)'],
  ['a quote in a quote', '> > ![a](«a.png»)\n> > > ![a](«a.png»)\n>\n> ![a](«a.png»)'],
  ['a quote without space', '>![a](«a.png»)\n>![a](«a.png»)'],
  ['a quote that goes on without its mark', '> a\n![a](«a.png»)'],
  ['a list in a quote', '> - a\n>   - ![a](«a.png»)\n>\n>     ![a](«a.png»)'],
  ['a quote in a list', '- > a.png\n  > ![a](«a.png»)\n- > ![a](«a.png»)'],
  ['a table', '| a.png | ![a](«a.png») |\n|---|:-:|\n| ![a](«a.png») | a.png |\n![a](«a.png») | x'],
  [
    'a table with escaped pipes',
    '| a \\| b | c |\n|---|---|\n| ![\\|](«a\\|b.png») | ![a](«a.png») |',
    'a|b.png',
    'a.png',
  ],
  ['a table with empty cells', '| | a |\n|---|---|\n| | ![a](«a.png») |\n| ![a](«a.png») | |'],
  ['a table in a quote', '> | a | b |\n> |---|---|\n> | x | ![a](«a.png») |'],
  ['a definition', '![a][r]\n\n[r]: «a.png»'],
  ['a definition above', '[r]: «a.png» "a.png"\n\n![a][R] ![r][] ![r]'],
  ['a definition in angle brackets', '![a][a.png]\n\n[a.png]: <«a b.png»>', 'a b.png'],
  ['a definition on the next line', '![a][r]\n\n[r]:\n  «a.png»\n  "t"'],
  ['a definition with escapes', '![a\\]b]\n\n[a\\]b]: «a\\_b.png»', 'a_b.png'],
  ['the first of two definitions', '![r]\n\n[r]: «a.png»\n[r]: b.png'],
  ['a definition in a quote', '> ![a][r]\n>\n> [r]: «a.png»'],
  ['a definition in a list', '- ![a][r]\n\n  [r]: «a.png»'],
  ['a definition that a link uses as well', '[a][r] ![a][r]\n\n[r]: «a.png»'],
  ['an <img>', '<img alt="a.png" src="«a.png»" title="a.png">'],
  ['an <img> in single quotes', "<img src='«a.png»'>"],
  ['an <img> without quotes', '<img src=«a.png» alt=a.png>'],
  ['an <img> in capitals', '<IMG SRC = "«a.png»">'],
  ['an <img> over lines', '<img\n  alt="a.png"\n  src\n = \t"«a.png»" />'],
  ['an <img> with white space', '<img src=" «a.png» ">'],
  ['an <img> with entities', '<img src="«?a=1&amp;b=2&#38;c&lt;»">', '?a=1&b=2&c<'],
  ['an <img> with bare ampersands', '<img src="«?a=1&b=2&copy=3&copyx»">'],
  ['an <img> with an attribute twice', '<img src="«a.png»" src="b.png">'],
  ['an <img> in text', 'text a.png <img src="«a.png»"> `<img src="a.png">`'],
  ['an <img> in a list', '- a\n  <img\n    src="«a.png»">\n- <img src="«b.png»">'],
  ['an <img> in a quote', '> <div>\n> <img alt="x"\n> src="«a.png»">\n> </div>'],
  ['an <img> in a cell', '| a |\n|---|\n| <img src="«a.png»" alt="\\|"> |'],
  ['an <img> below a comment with one', '<!-- <img src="a.png"> -->\n<img src="«a.png»">'],
  ['an <img> below a script with one', '<script>"<img src=\'a.png\'>"</script>\n<img src="«a.png»">'],
  ['a lazy <img>', '<img data-src="«a.png»" data-srcset="«b.png» 2x">'],
  [
    'srcset',
    '<img src="«a.png»" srcset="«a.png» 1x, «b.png» 2x,«c.png» 3x">',
    'a.png',
    'a.png',
    'b.png',
    'c.png',
  ],
  ['srcset with commas in it', '<img srcset="«w_1,h_2/a.png», «b,c.png» 2x">'],
  ['srcset over lines', '<img srcset="\n  «a.png» 1x,\n  «b.png» 2x\n">'],
  ['srcset with entities', '<img srcset="«a?b&amp;c» 1x, «d.png» 2x">', 'a?b&c', 'd.png'],
  ['a <picture>', 'a <picture><source srcset="«a.webp»"><img src="«a.png»"></picture>'],
  ['the poster of a video', '<video src="a.png" poster="«a.png»"></video>'],
  ['an <input>', '<input type="IMAGE" src="«a.png»"> <input src="a.png">'],
  ['SVG', '<svg><image href="«a.png»"/><image xlink:href="«b.png»"/><feImage href="«c.png»"/></svg>'],
  ['SVG in text', 'a <svg><image href="«a.png»"/></svg>'],
  [
    'the background of a cell',
    '<table background="«a.png»"><tr><td background="«b.png»">x</td></tr></table>',
  ],
  ['a slide’s background', '<!-- .slide: class="a.png" data-background-image="«a.png»" -->\n# A'],
  ['several backgrounds', '<!-- .slide: data-background-image="«a.png», «https://x.org/b»" -->'],
  ['a background in short', '<!-- .slide: data-background="«a.png»" -->'],
  [
    'a background in short, as CSS',
    '<!-- .slide: data-background="red url(«a,b.png») no-repeat" -->',
    'a,b.png',
  ],
  ['an ampersand in a comment', '<!-- .slide: data-background-image="«a?b&amp;c»" -->', 'a?b&amp;c'],
  [
    'a comment about an element',
    '![a](«a.png») <!-- .element: data-src="«a.png»" style="x: url(«a.png»)" -->',
  ],
  ['a section', '<section data-background-image="«a.png»">x</section>'],
  ['a style', '<p style="background: url(«a.png») url( \'«a.png»\' )">a.png</p>'],
  ['a style with entities', '<p style="background: url(&quot;«a&amp;b.png»&quot;)">a</p>', 'a&b.png'],
  ['a style with escapes', '<p style="background: url(«a\\28 b.png»)">a</p>', 'a(b.png'],
  ['a style sheet', '<style>\na { background: url(«a.png») }\nb { content: url("«b.png»") }\n</style>'],
  ['a style sheet in a quote', '> <style>\n> a { background: url(«a.png») }\n> </style>'],
  [
    'a style sheet with fonts',
    '<style>@import "«a.css»"; @font-face { src: local("a"), url(«a.woff») }</style>',
  ],
  ['a link to a style sheet', '<link rel="stylesheet" href="«a.css»"> <link rel="icon" href="a.png">'],
  ['Markdown between tags', '<div>\n\n![a](«a.png»)\n\n</div>'],
  ['Markdown behind indented code', 'a\n\n    ![a](a.png)\n\n![a](«a.png»)'],
  ['text that goes on indented', 'a\n    ![a](«a.png»)'],
];

describe('the place of a URL', () => {
  test.each(PLACES)('is exact in %s', (_place, text) => {
    const { markdown, places } = marked(text);
    const spans = new Map(read(markdown).map(({ span }) => [span?.[0], span]));
    expect([...spans.values()].map((span) => span && markdown.slice(...span))).toEqual(
      places.map((place) => markdown.slice(...place)),
    );
    expect([...spans.values()].sort((a, b) => (a?.[0] ?? 0) - (b?.[0] ?? 0))).toEqual(places);
  });

  test.each(PLACES)('can be told from the URL in %s', (_place, text, ...urls) => {
    const { markdown, places } = marked(text);
    const found = new Set(read(markdown).map(({ url }) => url));
    const written = urls.length > 0 ? urls : places.map((place) => markdown.slice(...place));
    expect(found).toEqual(new Set(written));
  });

  test.each(PLACES)('takes another URL, and nothing else changes, in %s', (_place, text) => {
    expectExact(marked(text).markdown);
  });

  test('counts from where the slide begins in the deck', () => {
    const slide = sourceSlide('![a](a.png)', { offset: 100 });
    expect(slideReferences(slide)[0]?.span).toEqual([105, 110]);
  });

  test('is one for all pictures that use a definition', () => {
    const spans = read('![a][r] ![b][r]\n\n[r]: a.png').map(({ span }) => span);
    expect(spans).toEqual([
      [22, 27],
      [22, 27],
    ]);
  });

  test.each([
    ['pieces of HTML are never closed', '![a](a.png)\n\n<table><tr><td>\n\n    ![a](b.png)'],
    ['one picture makes a list of others', '<!-- .slide: data-background="a.png 2x,b c" -->'],
    ['many of them are doubtful', `${'> - a\n> - b\nlazy ![a](a.png)\n\n'.repeat(80)}`],
  ])('is none, or exact, where %s', (_reason, markdown) => {
    expectExact(markdown);
  });
});

/** Pieces of a slide; each is Markdown for itself. */
const URLS = fc.constantFrom(
  'a.png',
  'https://example.com/a.png?b=1&c=2',
  '../img/a%20b.png',
  'a(1).png',
  'a_b_c.svg',
  'https://example.com/w_1,h_2/a.jpg',
  'ä.png',
);
const BITS: readonly ((url: string) => string)[] = [
  (url) => `![${url}](${url})`,
  (url) => `![a](<${url}> "${url}")`,
  (url) => `[![a](${url})](${url})`,
  (url) => `**a ![a](${url})** \`![a](${url})\``,
  (url) => `![a][r]\n\n[r]: ${url}`,
  (url) => `<img alt="${url}" src="${url}">`,
  (url) => `<img src='${url}' srcset="${url} 1x, b.png 2x">`,
  (url) => `<p style="background: url('${url}')">${url}</p>`,
  (url) => `<!-- .slide: data-background-image="${url.replaceAll(',', '')}" -->`,
  (url) => `<style>p { background: url("${url}") }</style>`,
  (url) => `| ${url} | b |\n|---|---|\n| ![a](${url}) | <img src="${url}"> |`,
  (url) => `# ${url} ![a](${url})`,
  (url) => `\`\`\`\n![a](${url})\n\`\`\``,
  (url) => `text\nmore ![a](${url})\n    and ![b](${url})`,
  (url) => `- [ ] ![a](${url})\n- b\n\n  ![a](${url})`,
];
const AROUND: readonly ((text: string) => string)[] = [
  (text) => text,
  (text) => text.replace(/^/gm, '> '),
  (text) => text.replace(/^/gm, '  ').replace(/^ {2}/, '- '),
  (text) => text.replace(/^/gm, '\t').replace(/^\t/, '-\t'),
  (text) => text.replace(/^/gm, '   ').replace(/^ {3}/, '1. '),
  (text) => `<div>\n\n${text}\n\n</div>`,
];
const BIT = fc.oneof(
  fc.tuple(fc.constantFrom(...BITS), URLS).map(([write, url]) => write(url)),
  fc.constantFrom(
    'text',
    '<b>bold',
    '> quote\nlazy',
    '- item\n- item',
    '***',
    '&amp; <i>x</i>',
    '[r]: c.png',
  ),
);
const WRAPPED = fc
  .tuple(BIT, fc.array(fc.constantFrom(...AROUND), { maxLength: 3 }))
  .map(([text, wraps]) => wraps.reduce((inner, wrap) => wrap(inner), text));

describe('any slide', () => {
  test('takes another URL in each place, and nothing else changes', () => {
    fc.assert(
      fc.property(
        fc.array(WRAPPED, { minLength: 1, maxLength: 4 }),
        fc.constantFrom('\n\n', '\n'),
        (parts, between) => expectExact(parts.join(between).trim()),
      ),
      randomCases(60, 300),
    );
  });

  test('of well-separated pieces knows the place of every URL', () => {
    fc.assert(
      fc.property(fc.array(WRAPPED, { minLength: 1, maxLength: 4 }), (parts) => {
        const markdown = parts.join('\n\n<!-- end -->\n\n').trim();
        for (const { url, span } of read(markdown)) expect(span, url).toBeDefined();
      }),
      randomCases(60, 300),
    );
  });

  test('has its places in itself, whatever it is', () => {
    const bit = fc.constantFrom(
      ...[
        '![',
        '](',
        ')',
        '<img src="',
        '">',
        '<!-- .slide: data-background="',
        '" -->',
        'url(',
        '`',
        '\n',
        '\n\n',
      ],
      ...[
        '> ',
        '- ',
        '|',
        '\n|-|-|\n',
        '    ',
        '<',
        '>',
        '"',
        '[r]: ',
        '![r]',
        '\\',
        '*',
        '(',
        '&amp;',
        '\t',
        'a.png',
      ],
      ...[
        '<style>',
        '</style>',
        '<svg>',
        '<image href=',
        'srcset="',
        ' 2x,',
        '<p style="',
        '- [ ] ',
        '=\n',
        '<td>',
      ],
    );
    fc.assert(
      fc.property(fc.array(bit, { maxLength: 30 }), (bits) => {
        const markdown = bits.join('').trim();
        expectExact(markdown);
        for (const { span } of read(markdown)) {
          if (span) expect(span[0] >= 0 && span[0] < span[1] && span[1] <= markdown.length).toBe(true);
        }
      }),
      randomCases(400, 2_000),
    );
  });
});
