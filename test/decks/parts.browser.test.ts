import { describe, expect, test } from 'vitest';
import { unzipped } from '../support/archive.ts';
import { courseBuiltOnce } from '../support/course.ts';
import { withPdf } from '../support/pdf.ts';
import { imageSizes, readStrings } from '../support/pdf-strings.ts';

// What recordings do not cover: articles, files other than PDFs, and mistakes in a deck.

const DECK = 'decks/parts.md';
const LINKED = 'decks/linked.md';
const FILES = {
  [LINKED]: `# Which <span data-handout="blank">secret</span> word?

See [the solution](#solution) and [the end](#end).

---

## Exercise

<p id="solution" data-handout="skip">A secret solution</p>

See [the solution](#solution), [the end](#end) and [the last slide](#/2).

---

## End

<p id="end">The end</p>
`,
  'decks/own.css': '[data-handout="only"] { display: none }',
  [DECK]: `---
title: Parts
css: own.css
---

# Parts

---

## Exercise

The command is <span data-handout="blank">secret</span>, as we know.

<div data-handout="skip"><p>A secret solution</p><img src="../img/photo.png" alt="A secret picture"></div>

<p data-handout="only">A hint by style</p>

<p data-handout="only" hidden>A hint by attribute</p>

Lines to fill in, secret as they are. <!-- .element: data-handout="blank" -->

---

## Wrong

<p data-handout="hide">Shown</p>

- \`git push\`: sends it <!-- .element: data-handout="skip" -->
`,
};

const course = courseBuiltOnce(
  {
    decks: [DECK, LINKED],
    only: ['slides', 'handout', 'archive'],
    handout: { form: 'article' },
    attachSource: true,
  },
  FILES,
);
const textOf = async (kind: 'slides' | 'handout'): Promise<string> =>
  (await course.pages(DECK, kind)).map(({ text }) => text).join('\n');
const attached = async (kind: 'slides' | 'handout'): Promise<unknown> =>
  withPdf(await course.bytes(DECK, kind), (document) => document.getAttachments());

describe('an article', () => {
  test('contains nothing of omitted or blank elements', async () => {
    const bytes = await course.bytes(DECK, 'handout');
    expect(await textOf('handout')).not.toMatch(/secret/i);
    expect(await readStrings(bytes)).not.toMatch(/secret/i);
    expect(await imageSizes(bytes)).toEqual([]);
  });

  test('has a gap in a sentence, and a gap for a paragraph', async () => {
    const strings = await readStrings(await course.bytes(DECK, 'handout'));
    expect(strings.match(/^blank$/gm)).toHaveLength(2);
  });

  test('shows a hint that is hidden on the screen', async () => {
    expect(await textOf('handout')).toMatch(/A hint by style\s+A hint by attribute/);
    expect(await textOf('slides')).not.toContain('hint');
  });

  test('has no source attached, because it contains the solution', async () => {
    expect([await attached('handout'), await attached('slides')]).toEqual([null, expect.anything()]);
    expect(course.diagnostics(DECK, 'SOURCE_NOT_ATTACHED')).toHaveLength(1);
  });
});

describe('links', () => {
  test('to an omitted element lead to its slide, and to slides that paper shows as the screen does', async () => {
    const links = (await course.layout(LINKED, 'handout')).flatMap((page) => page.links);
    expect(links.map(({ url }) => url)).toEqual(Array(5).fill(undefined));
    expect(course.diagnostics(LINKED, 'LINK_LEFT_OUT')).toEqual([]);
    expect(course.diagnostics(LINKED, 'LINK_TARGET_MISSING')).toEqual([]);
  });
});

test('the title of a deck contains no blank words', async () => {
  const strings = await readStrings(await course.bytes(LINKED, 'handout'));
  expect(strings).not.toMatch(/secret/i);
  expect(strings).toContain('Which word?');
});

test('the presentation of an archive does not show what is for paper only', async () => {
  const files = unzipped(await course.bytes(DECK, 'archive'));
  const [, html] = [...files].find(([path]) => path.endsWith('presentation/index.html')) ?? [];
  expect(String(html)).toMatch(/\[data-handout="only"\]:not\(section\) \{ display: none !important \}/);
});

test('an invalid value, and a comment that marks less than it seems, are reported with their lines', () => {
  const codes = ['HANDOUT_MARK_INVALID', 'HANDOUT_MARK_NARROW'] as const;
  expect(codes.flatMap((code) => course.diagnostics(DECK, code)).map(({ line }) => line)).toEqual([26, 28]);
});
