import { describe, expect, test } from 'vitest';
import { courseBuiltNow, courseBuiltOnce, fold } from '../support/course.ts';

const STRUCTURE = 'decks/structure.md';
const PLAIN = ['PLAIN ONE', 'PLAIN TWO', 'PLAIN THREE'];
/** What reveal-md shows where a deck says nothing of numbers. */
const NUMBERED = ['PLAIN ONE\n1', 'PLAIN TWO\n2 . 1', 'PLAIN THREE\n2 . 2'];

const own = (options: string): string => `---\nrevealOptions:\n${options}\n---\n\n# Sized\n`;

const course = courseBuiltOnce(
  {
    only: 'slides',
    decks: [STRUCTURE, 'decks/week1/plain.md', 'decks/percent.md', 'variants'],
  },
  {
    'variants/bare.md': `${own('  slideNumber: false').replace('# Sized', '# Plain one')}\n---\n\n# Plain two\n\n----\n\n# Plain three\n`,
    'variants/crlf.md': '\uFEFF---\r\ntitle: From Windows\r\n---\r\n\r\n# One\r\n\r\n---\r\n\r\n# Two\r\n',
    'variants/text-size.md': own("  width: '800px'\n  height: '600'"),
    'variants/mixed-size.md': own("  width: '100%'\n  height: 900"),
    'variants/absurd-size.md': own('  width: -5\n  height: 1000000'),
    'variants/margin.md': own('  width: 640\n  height: 480\n  margin: 0.4\n  minScale: 2'),
    'variants/blank-ends.md': '\n---\n\n# Only\n\n---\n\n---\n\n   \n\n----\n\n# Last\n\n---\n',
    'variants/rule-first.md': '---\n\n# After a rule\n\n---\n\n# Second\n',
    'variants/numbers.md':
      '---\nrevealOptions:\n  slideNumber: c/t\n---\n\n# a\n\n---\n\n# b\n\n----\n\n# c\n',
    'variants/stack-of-hidden.md':
      '# Shown\n\n---\n\n<!-- .slide: data-visibility="hidden" -->\n\nno\n\n----\n\n<!-- .slide: data-visibility="hidden" -->\n\nno\n\n---\n\n# Next\n',
    'variants/thousand.md': Array.from({ length: 120 }, (_, i) => `## Slide ${i + 1}`).join('\n\n---\n\n'),
    'variants/notes.md':
      '---\nnotesSeparator: \'Teacher:\'\n---\n\n# Shown\n\nTeacher: SECRET-NOTE\n\n---\n\n# Other\n\n<aside class="notes">SECRET-NOTE</aside>\n\n---\n\n# Third\n\nNotes: SECRET-NOTE stays, the separator is another\n',
  },
);

describe('the pages of the slides', () => {
  test('are as many as the slides that are shown', async () => {
    expect(course.deck(STRUCTURE).slides).toBe(6);
    expect(await course.pages(STRUCTURE)).toHaveLength(6);
  });

  test('come in the order of the deck, stacks included', async () => {
    const texts = (await course.pages(STRUCTURE)).map((page) => page.text.split('\n')[0]);
    expect(texts).toEqual([
      'FIRST: WHAT LIFTS',
      'SECOND: THE BRIDLE',
      'THIRD: STEPS',
      'FOURTH: AFTER THE HIDDEN ONE',
      'FIFTH: COMINGS AND GOINGS',
      'SIXTH: UNCOUNTED BUT SHOWN',
    ]);
  });

  test('hold a rule across the slide where separators are others', async () => {
    const [, bridle] = await course.pages(STRUCTURE);
    expect(bridle?.text).toContain('A rule across the slide is no separator here.');
  });

  test('leave out hidden slides, alone or in a stack', async () => {
    const text = (await course.pages(STRUCTURE)).map((page) => page.text).join('\n');
    expect(text).not.toContain('HIDDEN-');
  });

  test('leave out a stack whose slides are all hidden', async () => {
    const pages = await course.pages('variants/stack-of-hidden.md');
    expect(pages.map((page) => page.text)).toEqual(['SHOWN\n1', 'NEXT\n2']);
  });

  test('leave out speaker notes', async () => {
    const text = (await course.pages(STRUCTURE)).map((page) => page.text).join('\n');
    expect(text).not.toContain('SECRET-NOTE');
  });

  test('leave out notes behind a separator of the deck’s own and in raw HTML, and nothing else', async () => {
    const texts = (await course.pages('variants/notes.md')).map((page) => page.text);
    expect(texts.map((text) => text.includes('SECRET-NOTE'))).toEqual([false, false, true]);
  });

  test('show a slide as it is after its last fragment', async () => {
    const [, , steps, , comings] = await course.pages(STRUCTURE);
    expect(steps?.text).toContain('always there\nthen this\nbefore it that');
    expect(comings?.text).toContain('stays for good');
    expect(comings?.text).not.toMatch(/leaves at once|stays a moment|comes and goes/);
  });

  test('carry slide numbers as reveal.js counts them, hidden slides left out', async () => {
    const numbers = (await course.pages(STRUCTURE)).map((page) => page.text.trim().split('\n').at(-1));
    expect(numbers).toEqual(['1', '2 . 1', '2 . 2', '2 . 3', '3', '3']);
  });

  test('carry slide numbers in the format that the deck asks for', async () => {
    const numbers = (await course.pages('variants/numbers.md')).map((page) => page.text.split('\n').at(-1));
    expect(numbers).toEqual(['1 / 3', '2 / 3', '3 / 3']);
  });

  test('carry slide numbers where the deck says nothing of them, as reveal-md shows them', async () => {
    expect((await course.pages('decks/week1/plain.md')).map((page) => page.text)).toEqual(NUMBERED);
  });

  test('carry no slide number where the deck asks for none', async () => {
    expect((await course.pages('variants/bare.md')).map((page) => page.text)).toEqual(PLAIN);
  });

  test('are not created for blank slides between and after separators, which are counted nevertheless', async () => {
    const pages = await course.pages('variants/blank-ends.md');
    expect(pages.map((page) => page.text)).toEqual(['ONLY\n2', 'LAST\n4 . 2']);
  });

  test('begin with the content after a horizontal rule that is no front matter', async () => {
    const pages = await course.pages('variants/rule-first.md');
    expect(pages.map((page) => page.text)).toEqual(['AFTER A RULE\n1', 'SECOND\n2']);
  });

  test('are right for a file with a byte order mark and Windows line ends', async () => {
    expect(course.deck('variants/crlf.md').title).toBe('From Windows');
    expect((await course.pages('variants/crlf.md')).map((page) => page.text)).toEqual(['ONE\n1', 'TWO\n2']);
  });

  test('are each in its place in a long deck', async () => {
    const texts = (await course.pages('variants/thousand.md')).map((page) => page.text);
    expect(texts).toEqual(Array.from({ length: 120 }, (_, i) => `SLIDE ${i + 1}\n${i + 1}`));
  });
});

describe('the size of a page', () => {
  /** In pixels; Chromium rounds paper to hundredths of an inch. */
  async function sizeOf(path: string): Promise<[number, number]> {
    const [page] = await course.pages(path);
    return [Math.round(((page?.widthPt ?? 0) * 4) / 3), Math.round(((page?.heightPt ?? 0) * 4) / 3)];
  }

  test.each([
    ['the deck’s own', STRUCTURE, [1024, 768]],
    ['1280 × 720 for percentages', 'decks/percent.md', [1280, 720]],
    ['reveal.js’s 960 × 700 without any', 'decks/week1/plain.md', [960, 700]],
    ['the deck’s own where that is text', 'variants/text-size.md', [800, 600]],
    ['taken side by side from percent and pixels', 'variants/mixed-size.md', [1280, 900]],
    ['reveal.js’s where the deck’s is absurd', 'variants/absurd-size.md', [960, 700]],
    ['the window’s, in which the slide has its margin', 'variants/margin.md', [640, 480]],
  ])('is %s', async (_, path, size) => {
    expect(await sizeOf(path)).toEqual(size);
  });

  test('is the one that the user asks for, whatever the deck says', async () => {
    const sized = await courseBuiltNow({ only: 'slides', size: '1000x500', decks: STRUCTURE });
    for (const page of await sized.pages(STRUCTURE)) {
      expect(page.widthPt).toBeCloseTo(750, 0);
      expect(page.heightPt).toBeCloseTo(375, 0);
    }
  });
});

describe('with --fragments steps', () => {
  const steps = courseBuiltOnce({ decks: [STRUCTURE, 'decks/code.md'], fragments: 'steps', jobs: 1 });

  test('each step of a slide has its page, in the order of the indices', async () => {
    const pages = (await steps.pages(STRUCTURE)).filter((page) => page.text.startsWith('THIRD'));
    const shown = pages.map(({ text }) =>
      ['always there', 'before it that', 'then this'].filter((words) => text.includes(words)),
    );
    expect(shown).toEqual([
      ['always there'],
      ['always there', 'before it that'],
      ['always there', 'before it that', 'then this'],
    ]);
  });

  test('content that a step hides is missing from its page on', async () => {
    const pages = (await steps.pages(STRUCTURE)).filter((page) => page.text.startsWith('FIFTH'));
    const has = (words: string): boolean[] => pages.map(({ text }) => text.includes(words));
    expect(has('leaves at once')).toEqual([true, false, false, false, false]);
    expect(has('stays a moment')).toEqual([false, false, true, false, false]);
    expect(has('stays for good')).toEqual([false, false, false, false, true]);
  });

  test('the bookmarks lead past the extra pages', async () => {
    expect(await steps.outline(STRUCTURE)).toHaveLength(6);
  });

  test('each step of highlighted code has its page, all lines on each', async () => {
    const pages = (await steps.pages('decks/code.md')).filter((page) => page.text.startsWith('STEPS'));
    expect(pages).toHaveLength(3);
    for (const page of pages) expect(fold(page.text)).toContain(fold('fly({ wind, angle, area });'));
  });

  test('the handout stays final, each slide once', async () => {
    const [sheet] = await steps.pages(STRUCTURE, 'handout');
    expect(sheet?.text.match(/THIRD: STEPS/g)).toHaveLength(1);
    expect(sheet?.text).toContain('then this');
    expect(sheet?.text).not.toContain('leaves at once');
  });
});
