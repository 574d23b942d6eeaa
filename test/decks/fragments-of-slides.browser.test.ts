import { describe, expect, test } from 'vitest';
import { courseBuiltOnce } from '../support/course.ts';

const DECK = 'variants/mixed.md';
const points = (mark: string, name: string): string =>
  `${mark}# ${name}\n\n- ${name}1 <!-- .element: class="fragment" -->\n- ${name}2 <!-- .element: class="fragment" -->\n`;
const files = {
  [DECK]: [
    points('', 'plain'),
    points('<!-- .slide: data-fragments="steps" -->\n\n', 'stepped'),
    points('<!-- .slide: data-fragments="final" -->\n\n', 'whole'),
    points('<!-- .slide: data-fragments="slow" -->\n\n', 'odd'),
  ].join('\n---\n\n'),
};

/** Pages of each slide, by its title. */
async function counts(course: ReturnType<typeof courseBuiltOnce>, kind: 'slides' | 'handout') {
  const text = (await course.pages(DECK, kind)).map((page) => page.text.toLowerCase());
  return ['plain', 'stepped', 'whole', 'odd'].map((name) => text.filter((one) => one.includes(name)).length);
}

describe('a slide that says what its fragments do', () => {
  const course = courseBuiltOnce({ decks: [DECK] }, files);

  test('has a page a step among slides of one page', async () => {
    expect(await counts(course, 'slides')).toEqual([1, 3, 1, 1]);
  });

  test('shows one point more on each page', async () => {
    const pages = await course.pages(DECK);
    const stepped = pages.map(({ text }) => text.toLowerCase()).filter((text) => text.includes('stepped'));
    const shown = stepped.map((text) => [text.includes('stepped1'), text.includes('stepped2')]);
    expect(shown).toEqual([
      [false, false],
      [true, false],
      [true, true],
    ]);
  });

  test('is on the handout once', async () => {
    expect(
      (await course.pages(DECK, 'handout'))
        .map(({ text }) => text)
        .join(' ')
        .match(/stepped1/gi),
    ).toHaveLength(1);
  });

  test('in a way that there is not is warned about', () => {
    expect(course.diagnostics(DECK, 'FRAGMENTS_MARK_INVALID')).toMatchObject([{ slide: '4' }]);
  });
});

describe('a slide that says what its fragments do, in a build with steps', () => {
  const course = courseBuiltOnce({ decks: [DECK], fragments: 'steps' }, files);

  test('has one page among slides with a page a step', async () => {
    expect(await counts(course, 'slides')).toEqual([3, 3, 1, 3]);
  });
});
