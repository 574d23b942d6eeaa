import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { slideReferences } from '../../../../../src/pipeline/inputs/reveal-md/slides/references.ts';
import { randomCases } from '../../../../support/random-cases.ts';
import { sourceSlide } from '../../../../support/sample.ts';

const urls = (markdown: string) => slideReferences(sourceSlide(markdown)).map(({ url }) => url);
const lines = (markdown: string) => slideReferences(sourceSlide(markdown)).map(({ line }) => line);

describe('a picture', () => {
  test.each([
    ['in Markdown', '![alt](a.png)'],
    ['with a title', '![alt](a.png "title")'],
    ['in angle brackets', '![alt](<a.png>)'],
    ['by reference', '![alt][ref]\n\n[ref]: a.png'],
    ['by a reference to its own text', '![ref]\n\n[ref]: a.png'],
    ['in a link', '[![alt](a.png)](https://example.com/)'],
    ['in a list', '- text ![alt](a.png)'],
    ['in a list in a list', '- text\n  1. more\n     - ![alt](a.png)'],
    ['in a task list', '- [ ] ![alt](a.png)'],
    ['in a quote', '> text\n> ![alt](a.png)'],
    ['in a table', '| a | b |\n|---|---|\n| x | ![alt](a.png) |'],
    ['in the head of a table', '| ![alt](a.png) |\n|---|\n| x |'],
    ['in a heading', '## ![alt](a.png)'],
    ['in emphasis', '**_~~![alt](a.png)~~_**'],
    ['between HTML tags', '<div>\n\n![alt](a.png)\n\n</div>'],
    ['in an <img>', '<img src="a.png">'],
    ['in an <img> without quotes', 'text <img src=a.png> text'],
    ['in an <IMG>', '<IMG\n  SRC="a.png">'],
    ['in a lazy <img>', '<img data-src="a.png">'],
    ['in a <picture>', '<picture><source srcset="a.png 2x"></picture>'],
    ['in an svg', '<svg><image href="a.png"/></svg>'],
    ['in an svg of old', '<svg><image xlink:href="a.png"/></svg>'],
    ['as the poster of a video', '<video poster="a.png" src="a.mp4"></video>'],
    ['as an <input>', '<input type="image" src="a.png">'],
    ['in a style', '<div style="background: url(a.png)">x</div>'],
    ['in a style with quotes', `<div style="background: url( 'a.png' )">x</div>`],
    ['in a cell of an HTML table', '<table><tr><td style="background:url(a.png)">x</td></tr></table>'],
    ['behind a slide', '<!-- .slide: data-background-image="a.png" -->'],
    ['behind a slide, in short', '<!-- .slide: data-background="a.png" -->'],
    ['in the style of a slide', '<!-- .slide: style="background: url(a.png)" -->'],
    ['of an element', '![alt](data:,) <!-- .element: style="background: url(a.png)" -->'],
    ['as the source of an element', 'text <!-- .element: data-src="a.png" -->'],
    ['behind a section', '<section data-background-image="a.png">x</section>'],
  ])('%s is found', (_place, markdown) => {
    expect(urls(markdown).filter((url) => !url.startsWith('data:'))).toEqual(['a.png']);
  });

  test.each([
    ['in a fence', '```\n![alt](a.png)\n```'],
    ['in a fence of tildes', '~~~html\n<img src="a.png">\n~~~'],
    ['in a fence that is never closed', '```\n![alt](a.png)'],
    ['in indented code', 'text\n\n    ![alt](a.png)'],
    ['in a code span', 'write `![alt](a.png)`'],
    ['in a code span of two marks', 'write `` ` <img src="a.png"> ``'],
    ['in a fence in a list', '- text\n  ```\n  ![alt](a.png)\n  ```'],
    ['in a fence in a quote', '> ```\n> <img src="a.png">\n> ```'],
    ['in a comment', '<!-- <img src="a.png"> -->'],
    ['in a comment that reveal.js does not read', '<!-- slide: data-background-image="a.png" -->'],
    ['behind a backslash', '!\\[alt](a.png)'],
    ['as entities', '&lt;img src="a.png"&gt;'],
    ['as a link', '[alt](a.png) and <a href="a.png">a</a>'],
    ['as a video', '<video src="a.mp4"><source src="b.mp4"></video>'],
    ['as a frame', '<iframe src="a.html" data-src="b.html"></iframe>'],
    ['as a script', '<script src="a.js"></script>'],
    ['in the text that stands for another', '![see ![x](a.png)](data:,)'],
    ['without a definition', '![alt][nothing]'],
    ['without an address', '![alt]() <img src=""> <img>'],
    ['as a part of the page', '<rect style="fill: url(#a)"/><svg><image href="#a"/></svg>'],
    ['as the poster of a video behind a slide', '<!-- .slide: data-background-video-poster="a.png" -->'],
    ['in the second line of a comment', '<!-- .slide: class="x"\n data-background-image="a.png" -->'],
    ['as the source of a video', '<video></video> <!-- .element: src="a.mp4" -->'],
    ['in a template', '<template><img src="a.png"></template>'],
    ['in a text field', '<textarea><img src="a.png"></textarea>'],
    ['in an input that is no picture', '<input type="text" src="a.png">'],
    ['as an image outside of SVG', '<image href="a.png">'],
    ['as a style of another kind', '<style type="text/less">a { background: url(a.png) }</style>'],
    ['as an icon', '<link rel="icon" href="a.png">'],
    ['as a spare style sheet', '<link rel="alternate stylesheet" href="a.css">'],
    ['with its bytes in the address', '<img src="data:image/png;base64,AA"> ![](DATA:,)'],
    ['of the page itself', '<img src="about:blank"> <img src="blob:x"> <img src="javascript:x">'],
    ['as a colour', '<!-- .slide: data-background="#ff0000" -->'],
    ['as a gradient', '<!-- .slide: data-background="linear-gradient(red, blue)" -->'],
    ['as an empty background', '<!-- .slide: data-background-image="" class="x" -->'],
  ])('%s is none', (_place, markdown) => {
    expect(urls(markdown).filter((url) => !url.startsWith('data:'))).toEqual([]);
  });
});

describe('a list of pictures', () => {
  test.each([
    ['a.png 1x, b.png 2x', ['a.png', 'b.png']],
    ['a.png 1x,b.png 2x', ['a.png', 'b.png']],
    ['a.png, b.png', ['a.png', 'b.png']],
    ['a.png 1x ,b.png 2x', ['a.png', 'b.png']],
    ['  a.png\n100w,\n  b.png 200w ', ['a.png', 'b.png']],
    ['w_1,h_2/a.png 1x, b.png 2x', ['w_1,h_2/a.png', 'b.png']],
    ['a.png,b.png', ['a.png,b.png']],
    ['a.png', ['a.png']],
    [', ,', []],
    ['', []],
  ])('as srcset %j names %j', (srcset, expected) => {
    expect(urls(`<img srcset="${srcset}">`)).toEqual(expected);
  });

  test('may lie behind a slide', () => {
    expect(urls('<!-- .slide: data-background-image="a.png, https://example.com/b" -->')).toEqual([
      'a.png',
      'https://example.com/b',
    ]);
  });

  test('behind a slide needs no endings', () => {
    expect(urls('<!-- .slide: data-background-image="img/photo" -->')).toEqual(['img/photo']);
  });

  test('behind a slide is none where it holds its own bytes', () => {
    expect(urls('<!-- .slide: data-background-image="data:image/png;base64,aaaa,a.png" -->')).toEqual([]);
  });

  test('in a style is found whole', () => {
    expect(urls(`<p style='background: url("a(1).png"), url(b.png)'>x</p>`)).toEqual(['a(1).png', 'b.png']);
  });
});

describe('a background picture', () => {
  const background = (url: string) => urls(`<!-- .slide: data-background-image="${url}" -->`);

  test.each(['a b.png', 'a%20b.png', 'a(1).png', '50%.png', 'ä.png', '[a].png'])(
    '%j is as written',
    (url) => {
      expect(background(url)).toEqual([url]);
    },
  );

  test('is encoded twice where reveal.js does so', () => {
    expect(background('a%23b.png')).toEqual(['a%2523b.png']);
  });

  test.each([
    ['a.png?x#y', ['a.png?x#y']],
    ['https://example.com/photo', ['https://example.com/photo']],
    ['//example.com/photo', ['//example.com/photo']],
    ['a.avif', []],
    ['url(a.avif) center, url("b.png")', ['a.avif', 'b.png']],
  ])('in short, %j, is %j', (value, expected) => {
    expect(urls(`<section data-background='${value}'>x</section>`)).toEqual(expected);
  });
});

describe('a style sheet', () => {
  const kinds = (markdown: string) =>
    slideReferences(sourceSlide(markdown)).map(({ kind, url, line }) => [kind, url, line]);

  test('that a slide links to is found', () => {
    expect(kinds('x\n\n<link href="a.css" rel="preload StyleSheet">')).toEqual([['stylesheet', 'a.css', 3]]);
  });

  test('on a slide gives what it names, each with its line', () => {
    const css = '@import "a.css";\np { background: url(a.png) }\n@font-face { src: url(a.woff2) }';
    expect(kinds(`x\n\n<style>\n${css}\n</style>`)).toEqual([
      ['stylesheet', 'a.css', 4],
      ['image', 'a.png', 5],
      ['font', 'a.woff2', 6],
    ]);
  });
});

describe('the flags of the Markdown parser', () => {
  test('decide what is a table', () => {
    const slide = sourceSlide('| a |\n|---|\n| ~~![a](a.png)~~ |');
    expect(slideReferences(slide, { flags: { gfm: false } })).toMatchObject([{ line: 3, span: [21, 26] }]);
  });

  test.each(['pedantic', 'breaks', 'smartypants'])('may be %s', (flag) => {
    const slide = sourceSlide('a\t![a](a.png "t")\n![b](b.png)');
    expect(slideReferences(slide, { flags: { [flag]: true } }).map(({ url }) => url)).toEqual([
      'a.png',
      'b.png',
    ]);
  });
});

describe('the line of a picture', () => {
  test.each([
    ['a paragraph', 'text\n![a](a.png)', [2]],
    ['two paragraphs', '![a](a.png)\n\n![a](a.png)', [1, 3]],
    ['one line', '![a](a.png) ![a](a.png)', [1, 1]],
    ['rows of a table', '| x |\n|---|\n| ![a](a.png) |\n| ![a](a.png) |', [3, 4]],
    ['a list', '- ![a](a.png)\n- x\n- ![a](a.png)', [1, 3]],
    ['a list below its item', '- x\n\n  ![a](a.png)', [3]],
    ['a list in a list', '- x\n  - y\n    ![a](a.png)\n    ![a](a.png)', [3, 4]],
    ['a quote', '> x\n> y\n> ![a](a.png)', [3]],
    ['a quote in a quote', '> x\n>\n> > ![a](a.png)\n> > ![a](a.png)', [3, 4]],
    ['a block of HTML', '<div>\n<p>\n<img src="a.png">\n<img src="a.png">\n</p></div>', [3, 4]],
    ['a tag over many lines', 'x\n\n<img\n alt="x"\n src="a.png">', [3]],
    ['a line below code that shows the same', '```\n![a](a.png)\n```\n\n![a](a.png)', [5]],
    ['a line below a code span that shows the same', '`![a](a.png)`\n![a](a.png)', [2]],
    ['a list below code that shows the same', '- x\n  ```\n  ![a](a.png)\n  ```\n  ![a](a.png)', [5]],
    ['a quote below code that shows the same', '> ```\n> ![a](a.png)\n> ```\n> ![a](a.png)', [4]],
    ['a quote whose text comes again', '> ![a](a.png)\n> b\n\n![a](a.png)\nb', [1, 4]],
    ['a reference', 'x\n![a][r]\n\n[r]: a.png', [2]],
    ['a comment about the slide', '# A\n\ntext\n<!-- .slide: data-background-image="a.png" -->', [4]],
  ])('is right in %s', (_place, markdown, expected) => {
    expect(lines(markdown)).toEqual(expected);
  });

  test('counts from the line of its slide', () => {
    expect(slideReferences(sourceSlide('# A\n\n![a](a.png)', { line: 40, number: '4.3' }))).toEqual([
      { kind: 'image', url: 'a.png', line: 42, slide: '4.3', span: [10, 15] },
    ]);
  });
});

/** Pieces of Markdown that hold a picture on their last line, and pieces that only look so. */
const PICTURES: readonly ((url: string) => string)[] = [
  (url) => `![x](${url})`,
  (url) => `text\nmore ![x](${url}) text`,
  (url) => `# Heading ![x](${url})`,
  (url) => `- item\n- ![x](${url})`,
  (url) => `- item\n  - below\n    ![x](${url})`,
  (url) => `> quote\n> ![x](${url})`,
  (url) => `| a | b |\n|---|---|\n| x | ![x](${url}) |`,
  (url) => `<div>\n<img src="${url}"></div>`,
  (url) => `<p style="background: url(${url})">x</p>`,
  (url) => `<img srcset="${url} 1x">`,
  (url) => `[![x](${url})](https://example.com)`,
  (url) => `text\n<!-- .slide: data-background-image="${url}" -->`,
];
const DECOYS: readonly ((url: string) => string)[] = [
  (url) => `\`\`\`\n![x](${url})\n\`\`\``,
  (url) => `~~~\n<img src="${url}">\n~~~`,
  (url) => `text\n\n    ![x](${url})`,
  (url) => `code \`![x](${url})\``,
  (url) => `- item\n  \`\`\`\n  ![x](${url})\n  \`\`\``,
  (url) => `> \`\`\`\n> ![x](${url})\n> \`\`\``,
  (url) => `<!-- <img src="${url}"> -->`,
  () => 'text\n\nmore text',
  () => '<b>bold</b>',
];

const piece = fc.oneof(
  fc.record({ make: fc.constantFrom(...PICTURES), isPicture: fc.constant(true) }),
  fc.record({ make: fc.constantFrom(...DECOYS), isPicture: fc.constant(false) }),
);

/** A slide of pieces with HTML between them, which ends lists and quotes, and the pictures that it must have. */
function document(pieces: readonly { make: (url: string) => string; isPicture: boolean }[], name: string) {
  let line = 1;
  const expected: { url: string; line: number }[] = [];
  const texts = pieces.map(({ make, isPicture }, i) => {
    const url = name.replace('N', String(i % 3));
    const text = make(url);
    if (isPicture) expected.push({ url, line: line + text.split('\n').length - 1 });
    line += text.split('\n').length + 3;
    return `${text}\n\n<!-- end -->\n\n`;
  });
  return { markdown: texts.join('').trim(), expected };
}

describe('any slide', () => {
  test.each(['N.png', 'https://example.com/pN.jpg', 'same.svg'])(
    'gives its pictures like %s in order, each with its line',
    (name) => {
      fc.assert(
        fc.property(fc.array(piece, { maxLength: 8 }), (pieces) => {
          const { markdown, expected } = document(pieces, name);
          const found = slideReferences(sourceSlide(markdown));
          expect(found.map(({ url, line }) => ({ url, line }))).toEqual(expected);
        }),
        randomCases(100, 500),
      );
    },
  );

  test.each([
    ['elements', '<div>'.repeat(20_000)],
    ['quotes', '> '.repeat(200)],
    ['lists', '- '.repeat(200)],
  ])('is read however deep its %s are', (_what, markdown) => {
    expect(urls(`${markdown}<img src="a.png">`)).toEqual(['a.png']);
  });

  test('is read without an error, and its pictures lie on lines of its own', () => {
    const bit = fc.oneof(
      fc.constantFrom(
        '![',
        '](',
        ')',
        '<img src="',
        '">',
        '<!-- .slide:',
        '-->',
        'url(',
        '`',
        '```',
        '\n',
        '\n\n',
      ),
      fc.constantFrom(
        '> ',
        '- ',
        '|',
        '|-|',
        '    ',
        '<',
        '>',
        '"',
        '[r]: ',
        '\\',
        '*',
        '$',
        '(',
        '[',
        '&',
        '\t',
      ),
      fc.string({ unit: 'binary', maxLength: 3 }),
    );
    fc.assert(
      fc.property(fc.array(bit, { maxLength: 40 }), (bits) => {
        const markdown = bits.join('').trim();
        const count = markdown.split('\n').length;
        for (const line of lines(markdown)) expect(line >= 1 && line <= count).toBe(true);
      }),
      randomCases(400, 2_000),
    );
  });
});
