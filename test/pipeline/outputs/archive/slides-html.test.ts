import { describe, expect, test } from 'vitest';
import { presentationSlides } from '../../../../src/pipeline/outputs/archive/slides-html.ts';
import type { StandIns } from '../../../../src/pipeline/outputs/archive/styles.ts';

const SITE = 'http://deck.invalid';
const STAND_INS: StandIns = {
  picture: (url) => (/\/here[\w-]*\.\w+$/.test(url) ? `../source${new URL(url).pathname}` : undefined),
  font: () => undefined,
  sheet: async (url) => (url.endsWith('/more.css') ? 'b { color: red }' : undefined),
};

const slides = (html: string, keeps = (_: string) => true, linkBase?: string): Promise<string> =>
  presentationSlides(html, STAND_INS, { base: `${SITE}/decks/`, linkBase, keeps });

describe('nothing in a deck can run:', () => {
  test.each([
    ['a script', '<script>alert(1)</script>'],
    ['a script in a drawing', '<svg><script href="x.js"></script></svg>'],
    ['a handler', '<p onclick="alert(1)" ONMOUSEOVER="alert(2)">x</p>'],
    ['an address that is a script', '<a href=" javascript:alert(1)">x</a>'],
    ['one in a drawing', '<svg><a xlink:href="javascript:alert(1)"><text>x</text></a></svg>'],
    ['a page inside', '<iframe srcdoc="<script>alert(1)</script>"></iframe>'],
    ['data that is a page', '<object data="data:text/html,<script>alert(1)</script>"></object>'],
    ['another base', '<base href="https://evil.example/">'],
    ['a refresh', '<meta http-equiv="refresh" content="0;url=javascript:alert(1)">'],
    [
      'a form',
      '<form action="javascript:alert(1)"><button formaction="javascript:alert(1)">x</button></form>',
    ],
  ])('%s', async (_what, html) => {
    expect(await slides(`<section>${html}</section>`)).not.toMatch(/script|alert|evil/i);
  });
});

describe('a picture', () => {
  test.each([
    ['of Markdown', '<img src="here.png" alt="">', '<img src="../source/decks/here.png" alt="">'],
    ['that comes late', '<img data-src="/img/here.png">', '<img data-src="../source/img/here.png">'],
    ['of the web', '<img src="https://example.com/here.png">', '<img src="../source/here.png">'],
    [
      'with sizes',
      '<img srcset="here.png 1x, gone.png 2x, here-2.png 3x">',
      '<img srcset="../source/decks/here.png 1x, ../source/decks/here-2.png 3x">',
    ],
    [
      'in a drawing',
      '<svg><image href="here.png"></image></svg>',
      '<svg><image href="../source/decks/here.png"></image></svg>',
    ],
    ['that carries itself', '<img src="data:image/png;base64,AA">', '<img src="data:image/png;base64,AA">'],
    ['of a part', '<svg><use href="#a"></use></svg>', '<svg><use href="#a"></use></svg>'],
    [
      'behind a slide',
      '<section data-background-image="here.png, gone.png"></section>',
      '<section data-background-image="../source/decks/here.png"></section>',
    ],
    [
      'behind a slide, in short',
      '<section data-background="here.png"></section>',
      '<section data-background="../source/decks/here.png"></section>',
    ],
    [
      'that is none',
      '<section data-background="#123"></section>',
      '<section data-background="#123"></section>',
    ],
    [
      'of a style',
      '<p style="background: url(here.png)"></p>',
      '<p style="background: url(../source/decks/here.png)"></p>',
    ],
  ])('%s comes from the archive', async (_what, html, expected) => {
    expect(await slides(html)).toBe(expected);
  });

  test('that was not available is a card with its description and address', async () => {
    const card = await slides(
      '<img src="https://u:p@example.com/gone.png?key=1" alt="A kite" class="r-stretch" width="300">',
    );
    expect(card).toBe(
      '<a href="https://example.com/gone.png?key=1" class="deckhand-embed r-stretch" style="width:300px">' +
        '<span>A kite</span><span>https://example.com/gone.png</span></a>',
    );
  });
});

describe('what needs a network or a player', () => {
  test.each([
    [
      'a film',
      '<video src="https://example.com/a.mp4" title="A film"></video>',
      '<a href="https://example.com/a.mp4" class="deckhand-embed"><span>A film</span><span>https://example.com/a.mp4</span></a>',
    ],
    [
      'a film with a poster',
      '<video poster="here.png"><source src="https://example.com/a.mp4"></video>',
      '<a href="https://example.com/a.mp4" class="deckhand-embed"><img src="../source/decks/here.png" alt="Film"></a>',
    ],
    [
      'a film of the project',
      '<video src="a.mp4"></video>',
      '<span class="deckhand-embed"><span>Film</span><span>decks/a.mp4</span></span>',
    ],
    [
      'a page',
      '<iframe data-src="https://example.com/"></iframe>',
      '<a href="https://example.com/" class="deckhand-embed"><span>Embedded page</span><span>https://example.com/</span></a>',
    ],
    [
      'a film within a link',
      '<a href="#x"><video src="https://example.com/a.mp4"></video></a>',
      '<a href="#x"><span class="deckhand-embed"><span>Film</span><span>https://example.com/a.mp4</span></span></a>',
    ],
  ])('is a card: %s', async (_what, html, expected) => {
    expect(await slides(html)).toBe(expected);
  });

  test('keeps its place among the fragments of its slide', async () => {
    const card = await slides('<video class="fragment" data-fragment-index="2" src="a.mp4"></video>');
    expect(card).toMatch(/class="deckhand-embed fragment" data-fragment-index="2"/);
  });

  test('is not behind a slide', async () => {
    expect(
      await slides(
        '<section data-background-video="a.mp4" data-background-video-loop data-background-color="red"></section>',
      ),
    ).toBe('<section data-background-color="red"></section>');
  });
});

describe('a link', () => {
  test.each([
    ['to a slide', '#/2/1', '#/2/1'],
    ['to the web', 'https://example.com/a?b#c', 'https://example.com/a?b#c'],
    ['to a picture of the archive', '/img/here.png', '../source/img/here.png'],
    ['to a person', 'mailto:a@example.com', 'mailto:a@example.com'],
  ])('%s stays', async (_what, href, expected) => {
    expect(await slides(`<a href="${href}">x</a>`)).toBe(`<a href="${expected}">x</a>`);
  });

  test('to a file next to the deck leads to the web if the address is known', async () => {
    const html = await slides('<a href="other.html">x</a>', undefined, 'https://example.com/course/intro');
    expect(html).toBe('<a href="https://example.com/course/other.html">x</a>');
  });

  test('to a file next to the deck is removed otherwise', async () => {
    expect(await slides('<a href="other.html">x</a><a href="file:///etc/passwd">y</a>')).toBe(
      '<a>x</a><a>y</a>',
    );
  });
});

test('a stylesheet that a slide links to is embedded in its place', async () => {
  expect(await slides('<link rel="stylesheet" href="more.css"><link rel="stylesheet" href="gone.css">')).toBe(
    '<style>b { color: red }</style>',
  );
});

test('a style cannot end itself', async () => {
  const html = await slides(
    '<svg><style>a { content: "&lt;/style>&lt;img src=x onerror=alert(1)>" }</style></svg>',
  );
  expect(html).not.toMatch(/<\/style><img/);
});

test('only the slides that are wanted are left, and no stack without any', async () => {
  const html =
    '<section><section data-deckhand-slide="0">a</section><section data-deckhand-slide="1">b</section></section>' +
    '<section><section data-deckhand-slide="2">c</section></section><section data-deckhand-slide="3">d</section>';
  expect(await slides(html, (index) => index === '1' || index === '3')).toBe(
    '<section><section>b</section></section><section>d</section>',
  );
});
