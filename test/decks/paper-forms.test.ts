import { describe, expect, test } from 'vitest';
import { conformanceFaults } from '../support/conformance/index.ts';
import { readTagged } from '../support/pdf.ts';
import { qpdfComplaints } from '../support/qpdf.ts';
import { ARTICLE, GROWN, NOTES_ONLY, PAPER_FORMS_DECK } from '../support/recorded/paper-forms.ts';
import { type ReplayedCourse, replayedCourse } from '../support/recorded/replay-course.ts';
import { structureTypes } from '../support/structure-types.ts';

const notesOnly = replayedCourse(NOTES_ONLY);
const article = replayedCourse(ARTICLE);
const grown = replayedCourse(GROWN);

const bytesOf = (course: ReplayedCourse) => course.bytes(PAPER_FORMS_DECK, 'handout');
/** The words that stand for slides, `w1`, and their notes, `n1`, in reading order. */
const wordsOf = async (course: ReplayedCourse): Promise<string[]> =>
  (await readTagged(await bytesOf(course))).match(/\b[wn]\d\b/g) ?? [];

describe.each([
  ['the notes alone', notesOnly],
  ['an article', article],
  ['slides whose type was too small', grown],
])('the handout as %s', (_, course) => {
  test('conforms to PDF/A-2a and PDF/UA-1, and claims it', async () => {
    expect(await conformanceFaults(await bytesOf(course))).toEqual([]);
    expect(await course.diagnostics(PAPER_FORMS_DECK, 'PDF_NOT_CONFORMING')).toEqual([]);
  });

  test('is clean for qpdf', async () => {
    expect(await qpdfComplaints(await bytesOf(course))).toEqual([]);
  });

  test('leads from its outline to all slides that have a title, in their order', async () => {
    const titles = (await course.outline(PAPER_FORMS_DECK, 'handout')).join('\n');
    expect(titles.match(/Deck|Small type|Table|Usual/g)).toEqual(['Deck', 'Small type', 'Table', 'Usual']);
  });
});

describe('the reading order', () => {
  test('of the notes alone has those of each slide once', async () => {
    expect(await wordsOf(notesOnly)).toEqual(['n1', 'n2', 'n3', 'n4', 'n5']);
  });

  test('of an article has each slide once, followed by its notes', async () => {
    expect(await wordsOf(article)).toEqual([1, 2, 3, 4, 5].flatMap((n) => [`w${n}`, `n${n}`]));
  });

  test('has a slide that was given a larger cell once, at its place', async () => {
    expect(await wordsOf(grown)).toEqual(['w1', 'w2', 'w3', 'w4', 'w5']);
  });
});

test('an article has headings, a table and its figure as such', async () => {
  const types = await structureTypes(await bytesOf(article));
  for (const type of ['H1', 'H2', 'Table', 'Figure', 'L']) expect(types).toContain(type);
});

test('a slide with small type is printed larger than those beside it', async () => {
  const pages = await grown.layout(PAPER_FORMS_DECK, 'handout');
  const texts = pages.flatMap((page) => page.texts);
  const heightOf = (word: string): number => {
    const found = texts.find(({ text }) => text.startsWith(word));
    return found ? found.bottom - found.top : Number.NaN;
  };
  expect(heightOf('w2')).toBeGreaterThan(1.2 * heightOf('w5'));
});
