import { readFile } from 'node:fs/promises';
import { describe, expect, test } from 'vitest';
import { conformanceFaults } from '../support/conformance/index.ts';
import { courseBuiltOnce, fold } from '../support/course.ts';
import { qpdfComplaints } from '../support/qpdf.ts';
import { revealDemo } from '../support/reveal-demo.ts';

const DEMO = 'demo.md';
const CONTAINERS = 'containers.md';
const KINDS = ['slides', 'handout', 'cheatsheet'] as const;

const demo = await revealDemo('img/photo.png');
const course = courseBuiltOnce(
  { decks: [DEMO, CONTAINERS], offline: true },
  {
    [DEMO]: demo.markdown,
    [CONTAINERS]: await readFile(new URL('../../decks/containers.md', import.meta.url)),
  },
);

describe.each([DEMO, CONTAINERS])('%s', (path) => {
  test('is built without an error', () => {
    expect(course.deck(path).diagnostics.filter(({ severity }) => severity === 'error')).toEqual([]);
  });

  test.each(KINDS)('conforms as %s', async (kind) => {
    const bytes = await course.bytes(path, kind);
    expect(await conformanceFaults(bytes)).toEqual([]);
    expect(await qpdfComplaints(bytes)).toEqual([]);
  });
});

describe('reveal.js’s own demo', () => {
  test('has a page for each slide that is not hidden', async () => {
    expect(demo.slides.length).toBeGreaterThan(40);
    expect(await course.pages(DEMO)).toHaveLength(demo.slides.length);
  });

  test('has the text of each slide on its page', async () => {
    const pages = await course.pages(DEMO);
    const missing = demo.slides.flatMap(({ words }, i) => {
      const text = fold(pages[i]?.text ?? '').toLowerCase();
      return words.filter((word) => !text.includes(fold(word))).map((word) => `page ${i + 1}: ${word}`);
    });
    expect(missing).toEqual([]);
  });

  test('has a bookmark for each heading', async () => {
    const bookmarks = (await course.outline(DEMO)).map((title) => fold(title));
    const headings = demo.slides.map(({ heading }) => fold(heading)).filter((one) => one !== '');
    expect(headings.filter((one) => !bookmarks.includes(one))).toEqual([]);
  });

  test('has its stacks as bookmarks below their first slide', async () => {
    const outline = await course.outline(DEMO);
    expect(outline.filter((title) => title.startsWith(' ')).length).toBeGreaterThanOrEqual(8);
  });
});
