import { PDFDict, PDFDocument, PDFHexString, PDFName, PDFRawStream, PDFString } from 'pdf-lib';
import { describe, expect, test } from 'vitest';
import { streamText } from '../../src/pdf/content/stream-text.ts';
import { courseBuiltNow, courseBuiltOnce } from '../support/course.ts';
import { withPdf } from '../support/pdf.ts';

const FROM = 'variants/week 1/from.md';
const TO = 'variants/week 2/straße & co.md';
const BROKEN = 'variants/broken.md';
const FILES = {
  [FROM]: `# From

[whole](<../week 2/straße & co.md>) [stack](../week%202/stra%C3%9Fe%20%26%20co.md#/1) [slide](<../week 2/straße & co.md?a=b#/1/1>)
[id](<../week 2/straße & co.html#/landing>) [element](<../week 2/straße & co.md#the-table>) [from the top](</variants/week 2/straße & co.md#/h%C3%A4fen>)

[skipped](<../week 2/straße & co.md#/skipped>) [on paper](<../week 2/straße & co.md#/paper>) [unread](../broken.md#/2/1) [own](from.md#/1)

---

# Dead

[no such slide](<../week 2/straße & co.md#/7>)

[misspelt](<../week 2/straße & co.md#/landign>)

[hidden](<../week 2/straße & co.md#/hidden>)

[no deck](../../img/kite.svg)

[not built](../unbuilt.md#/1)

---

# Cheatsheet

- back to [the start](#/0) and on to [the table](<../week 2/straße & co.md#the-table>)

Note: Spoken of [the table](<../week 2/straße & co.md#/1/1>)
`,
  [TO]: `---
title: To & fro
revealOptions: { slideNumber: c/t }
---

# One

---

# Two

----

## Below

<table id="the-table"><tr><td>x</td></tr></table>

---

<!-- .slide: id="landing" -->

# Landing

---

<!-- .slide: id="häfen" -->

# Harbours

---

<!-- .slide: id="skipped" data-handout="skip" -->

# Not on paper

---

<!-- .slide: id="paper" data-handout="only" -->

# On paper only

---

<!-- .slide: id="hidden" data-visibility="hidden" -->

# Hidden
`,
  [BROKEN]: '---\ntitle: [\n---\n\n# Broken\n',
  'variants/unbuilt.md': '# Unbuilt\n',
};
const DECKS = [FROM, TO, BROKEN];

/** Decks of every kind, for what must be true of all files. */
const OTHERS = ['links', 'things', 'lost', 'structure', 'summary'].map((name) => `decks/${name}.md`);

const course = courseBuiltOnce({ decks: [...DECKS, ...OTHERS], perPage: 2, notes: 'speaker' }, FILES);

const OTHER = '../straße & co/straße & co';

describe('links to a deck of the same build', () => {
  test('lead from slides to slides: to the first page, a stack, a slide, an id, an element', async () => {
    const [page] = await course.pages(FROM);
    expect(page?.links).toEqual([
      `${OTHER}-slides.pdf#[0,{"name":"XYZ"},null,null,null]`,
      `${OTHER}-slides.pdf#/1/0`,
      `${OTHER}-slides.pdf#/1/1`,
      `${OTHER}-slides.pdf#landing`,
      `${OTHER}-slides.pdf#the-table`,
      `${OTHER}-slides.pdf#häfen`,
      `${OTHER}-slides.pdf#skipped`,
      `${OTHER}-handout.pdf#paper`,
      '../broken/broken-slides.pdf#/2/1',
    ]);
  });

  test('lead from a handout to the handout, unless it leaves the slide out', async () => {
    const [page] = await course.pages(FROM, 'handout');
    const onSlide = page?.links.slice(0, 9);
    expect(onSlide?.filter((link) => link.includes('-slides.pdf'))).toEqual([`${OTHER}-slides.pdf#skipped`]);
    expect(onSlide?.filter((link) => link.includes('-handout.pdf'))).toHaveLength(8);
  });

  test('lead from a cheatsheet to the slides, as do those to slides of its own deck', async () => {
    const links = (await course.pages(FROM, 'cheatsheet')).flatMap((page) => page.links);
    expect(new Set(links)).toEqual(new Set(['from-slides.pdf#slide-1-1', `${OTHER}-slides.pdf#the-table`]));
  });

  test.each(['slides', 'handout'] as const)('name what is there in the %s', async (kind) => {
    const found = await withPdf(await course.bytes(TO, kind), async (pdf) => {
      const names = ['/1/0', '/1/1', 'landing', 'the-table', 'häfen'];
      const places = await Promise.all(names.map((name) => pdf.getDestination(name)));
      return Promise.all(places.map((place) => place && pdf.getPageIndex(place[0] as never)));
    });
    expect(found).toEqual(kind === 'slides' ? [1, 2, 3, 2, 4] : [0, 1, 1, 1, 2]);
  });

  test('say the deck’s title, and the slide as that deck counts it', async () => {
    const words = await withPdf(await course.bytes(FROM), async (pdf) => {
      const annotations = await (await pdf.getPage(1)).getAnnotations();
      return annotations.map(({ contentsObj }) => contentsObj.str);
    });
    expect(words.slice(0, 4)).toEqual([
      'To & fro',
      'To & fro, slide 2 / 7',
      'To & fro, slide 3 / 7',
      'To & fro, slide 4 / 7',
    ]);
  });

  test('to a deck that cannot be read are kept: its last file may still be there', () => {
    expect(course.deck(BROKEN).outputs).toEqual([]);
    expect(course.deck(FROM).outputs).toHaveLength(3);
  });

  test('to the deck itself are links within its file', async () => {
    const [page] = await course.pages(FROM);
    expect(page?.jumps).toEqual([1]);
  });

  test.each([
    ['#/7', 'leads to no slide of', 'it has 6 stacks of slides'],
    ['#/landign', 'leads to no slide of', 'did you mean #/landing?'],
    ['#/hidden', 'leads to no slide of', 'the slide is hidden'],
    ['kite.svg', 'has no target from within a PDF', 'write the full address'],
    ['unbuilt.md#/1', 'leads to a file that is not a deck of this build', 'build both in one run'],
  ])('without a target are reported, with their line: %s', (end, message, hint) => {
    const missing = course.diagnostics(FROM, 'LINK_TARGET_MISSING');
    const found = missing.find(({ url }) => url?.endsWith(end));
    const line = (FILES[FROM] ?? '')
      .split('\n')
      .findIndex((text) => text.endsWith(`${end}>)`) || text.endsWith(`${end})`));
    expect(found).toMatchObject({ slide: '2', line: line + 1, severity: 'warning' });
    expect(found?.message).toContain(message);
    expect(found?.hint).toContain(hint);
    expect(missing).toHaveLength(5);
  });
});

describe('the handout’s list of links', () => {
  test('has other decks’ slides in words, once a sheet', async () => {
    const [{ text = '' } = {}] = await course.pages(FROM, 'handout');
    expect(text.match(/To & fro, slide 3 \/ 7/g)).toHaveLength(1);
    expect(text).not.toContain('deck.invalid');
  });
});

describe('where a deck is not in the build', () => {
  test('its links lead to where the decks are on the web', async () => {
    const alone = await courseBuiltNow(
      { decks: [FROM], only: ['slides'], linkBase: 'https://course.example/decks/' },
      FILES,
    );
    const [page] = await alone.pages(FROM);
    expect(page?.links[1]).toBe('https://course.example/week%202/stra%C3%9Fe%20%26%20co.md#/1');
    expect(alone.diagnostics(FROM, 'LINK_TARGET_MISSING')).toEqual([]);
  });
});

test('no file of a course names the server that only the build knows', async () => {
  const outputs = course.report.decks.flatMap(({ path, outputs: made }) =>
    made.map(({ kind }) => [path, kind] as const),
  );
  const telling: string[] = [];
  for (const [path, kind] of outputs) {
    const document = await PDFDocument.load(await course.bytes(path, kind), { updateMetadata: false });
    if (textsOf(document).some((text) => /deck\.invalid|localhost|file:|\.deckhand/.test(text)))
      telling.push(`${path} ${kind}`);
  }
  expect(outputs.length).toBeGreaterThan(14);
  expect(telling).toEqual([]);
});

const [SUBTYPE, IMAGE] = ['Subtype', 'Image'].map((key) => PDFName.of(key)) as [PDFName, PDFName];

/** Every string of a file, and all that its streams say. */
function textsOf({ context }: PDFDocument): string[] {
  return context.enumerateIndirectObjects().flatMap(([, object]) => {
    const strings: string[] = [object.toString()];
    const visit = (one: unknown): void => {
      if (one instanceof PDFString || one instanceof PDFHexString) strings.push(one.decodeText());
      if (one instanceof PDFDict) for (const value of one.values()) visit(value);
      if (one && typeof one === 'object' && 'asArray' in one)
        for (const value of (one as { asArray(): unknown[] }).asArray()) visit(value);
    };
    visit(object instanceof PDFRawStream ? object.dict : object);
    const isPicture = object instanceof PDFRawStream && object.dict.get(SUBTYPE) === IMAGE;
    return isPicture ? strings : [...strings, streamText(object)];
  });
}
