import { describe, expect, test } from 'vitest';
import { courseBuiltOnce } from '../support/course.ts';

const ODD = 'variants/odd.md';
const STEPS = 'variants/steps.md';
const BASED = 'variants/based.md';
const LONG_ID = '标题'.repeat(40);

const course = courseBuiltOnce(
  { decks: [ODD, STEPS, BASED], fragments: 'steps', notes: 'speaker', perPage: 2 },
  {
    [ODD]: `# Schemes

[file](file:///etc/hosts) [data](data:text/plain,x) [blob](blob:https://example.org/1) [ours](http://deck.invalid/x) [nowhere]() <a href="http://[bad">bad</a>

[mail](<mailto:jörg@exämple.org?subject=Grüße>) [call](tel:+49-30-123) [no scheme](//host.example/x) [mine](http://localhost:8000/) [odd](<https://example.org/ü b/100%.pdf?q=ä#ß>)

---

<!-- .slide: id="ünï çødé" -->

# Drawings

<svg width="300" height="40"><a href="https://example.org/new"><text y="20">new</text></a><a xlink:href="https://example.org/old"><text x="90" y="20">old</text></a><a xlink:href="#/0"><text x="180" y="20">start</text></a><a xlink:href="beside.html"><text x="240" y="20">lost</text></a></svg>

---

<!-- .slide: id="${LONG_ID}" data-notes="<a href='beside.html'>lost</a> <a href='https://example.org/note'>kept</a>" -->

# Maps

<img src="../img/photo.png" width="400" height="200" alt="A map" usemap="#parts"><map name="parts"><area href="https://example.org/left" coords="0,0,200,200"><area shape="circle" href="#/0" coords="300,100,50"><area href="beside.html" coords="0,0,9,9"></map>

---

# Names

[one](<#/ünï çødé>) [long](#/${LONG_ID}) [note](#in-note) [gone](#/hid) [misspelt](#/nmaes) [own](#/0/0) [drawn](#in-drawing) [unseen](#unseen)

<p data-id="moved" id="names"><svg width="9" height="9"><rect id="in-drawing" width="9" height="9"/></svg></p><p id="unseen" hidden>no place</p>

Note: <b id="in-note">here</b>

---

<!-- .slide: data-visibility="hidden" id="hid" -->

# Hidden
`,
    [STEPS]: `# Steps

[before](#/1/0/-1) [first](#/1/0/0) [last](#/steps/1) [beyond](#/1/0/9) [plain](#/1) [whole](#/2/0/1)

---

<!-- .slide: id="steps" -->

# Two

- a <!-- .element: class="fragment" -->
- b <!-- .element: class="fragment" -->

---

<!-- .slide: data-fragments="final" -->

# Whole

- c <!-- .element: class="fragment" -->
- d <!-- .element: class="fragment" -->
`,
    [BASED]:
      '---\nrevealOptions: { hashOneBasedIndex: true }\n---\n\n# One\n\n[two](#/2) [one](#/1/1)\n\n---\n\n# Two\n',
  },
);

describe('odd links', () => {
  test('that no viewer follows, or that lead to one machine, are words and are named', async () => {
    const [page] = await course.pages(ODD);
    const named = course.diagnostics(ODD, 'LINK_TARGET_MISSING').filter(({ slide }) => slide === '1');
    expect(named.map(({ url }) => url)).toEqual([
      'file:///etc/hosts',
      'data:text/plain,x',
      'blob:https://example.org/1',
      'x',
      '',
      'http://[bad',
    ]);
    expect(page?.links.slice(0, 2)).toEqual([
      'mailto:j%C3%B6rg@ex%C3%A4mple.org?subject=Gr%C3%BC%C3%9Fe',
      'tel:+49-30-123',
    ]);
  });

  test('keep what they say, in a form that every viewer takes', async () => {
    const [page] = await course.pages(ODD);
    expect(page?.links.slice(2)).toEqual([
      'https://host.example/x',
      'http://localhost:8000/',
      'https://example.org/%C3%BC%20b/100%.pdf?q=%C3%A4#%C3%9F',
    ]);
  });

  test('in drawings work in either spelling', async () => {
    const [, page] = await course.pages(ODD);
    expect(page?.links).toEqual(['https://example.org/new', 'https://example.org/old']);
    expect(page?.jumps).toEqual([0]);
  });

  test('of an image map lie over their parts of the picture', async () => {
    const [, , page] = await course.layout(ODD);
    const picture = page?.pictures[0];
    const [web, inside] = page?.links ?? [];
    expect(web?.url ?? inside?.url).toBe('https://example.org/left');
    const [left, right] = web?.url ? [web, inside] : [inside, web];
    const [x = Number.NaN, y = Number.NaN] = [picture?.left, picture?.top];
    const from = (box: typeof left) =>
      [box?.left, box?.top, box?.right, box?.bottom].map((edge, i) =>
        // In pixels of the slide, which reveal.js scales for the margin around it.
        Math.round(((edge ?? Number.NaN) - (i % 2 === 0 ? x : y)) / 0.96),
      );
    expect(from(left)).toEqual([0, 0, 200, 200]);
    expect(from(right)).toEqual([250, 50, 350, 150]);
  });

  test('to ids in any script and of any length, in drawings, in notes and out of sight, lead to their slides', async () => {
    const pages = await course.pages(ODD);
    expect(pages[3]?.jumps).toEqual([1, 2, 3, 0, 3, 3]);
  });

  test.each([
    ['#/hid', 'the slide is hidden'],
    ['#/nmaes', 'did you mean #/names?'],
    ['beside.html', 'write the full address'],
  ])('without a target have a hint: %s', (url, hint) => {
    const named = course.diagnostics(ODD, 'LINK_TARGET_MISSING').filter((one) => one.url === url);
    expect(named[0]?.hint).toContain(hint);
  });

  test('in notes in an attribute are rewritten, too', async () => {
    const links = (await course.pages(ODD, 'handout')).flatMap((page) => page.links);
    expect(links).toContain('https://example.org/note');
    expect(links.filter((url) => url.includes('beside'))).toEqual([]);
  });
});

test('links to a step lead to its page, where steps have pages', async () => {
  const [page] = await course.pages(STEPS);
  expect(page?.jumps).toEqual([1, 2, 3, 3, 1, 4]);
});

test('links count from one where their deck does', async () => {
  const [page] = await course.pages(BASED);
  expect(page?.jumps).toEqual([1, 0]);
});
