import { describe, expect, test } from 'vitest';
import { courseBuiltOnce, fold } from '../support/course.ts';
import type { PdfLayout } from '../support/pdf-layout.ts';

const count = (n: number, of: (i: number) => string): string =>
  Array.from({ length: n }, (_, i) => of(i)).join('\n');

const passing = `## Steps

<p class="fragment fade-in-then-out">Rig it</p>
<p class="fragment current-visible">Hoist it</p>
<p class="fragment fade-out">Furled</p>
<p class="fragment fade-up">Sailing</p>`;

const deck = (...slides: string[]): string => `---\ntheme: white\n---\n\n${slides.join('\n\n---\n\n')}\n`;

const wordless =
  '<img class="fragment current-visible" src="img/tile.png" alt="a tile"><b class="fragment">end</b>';

const course = courseBuiltOnce(
  { only: 'slides', decks: ['gone.md', 'long.md', 'columns.md', 'tables.md', 'endless.md'] },
  {
    'gone.md': deck(passing, `${wordless}`, `<!-- .slide: data-fragments="steps" -->\n\n${passing}`),
    'long.md': deck(
      `- ${'ab9'.repeat(40)}STOP\n- short`,
      `<dl><dt>${'term_'.repeat(30)}STOP</dt><dd>short</dd></dl>`,
      `${'Grundsatz'.repeat(12)}STOP`,
    ),
    'columns.md': deck(
      `<div style="column-count: 6; font-size: 16px">\n\n${count(120, (i) => `- n${i}.`)}\n\n</div>`,
      '# End',
    ),
    'tables.md': deck(
      '| Feature | Navigator | Chromatic | Expedition | Operation | Sampling | Complete |\n|---|---|---|---|---|---|---|\n| Container | partially | completely | completely | completely | partially | STOP |',
      `| n | v |\n|---|---|\n${count(26, (i) => `| ${i + 10} | row${i} |`)}\n| 99 | LAST |`,
    ),
    'endless.md': deck(`<p>${'sea '.repeat(6000)}<br><em>${'salt '.repeat(300)}</em>STOP</p>`, '# End'),
  },
);

const stepped = courseBuiltOnce(
  { only: 'slides', decks: ['steps.md'], fragments: 'steps' },
  {
    'steps.md': deck(
      passing,
      `<div style="columns: 5; font-size: 16px">\n\n${count(60, (i) => `- n${i}. <!-- .element: class="fragment" -->`)}\n\n</div>`,
    ),
  },
);

const onPaper = courseBuiltOnce(
  { only: ['slides', 'handout'], decks: ['steps.md'], fragments: 'steps' },
  { 'steps.md': deck(passing, `<!-- .slide: data-fragments="final" -->\n\n${passing}`) },
);

const paperOnly = courseBuiltOnce(
  { only: 'handout', decks: ['marked.md'] },
  { 'marked.md': deck(`<!-- .slide: data-fragments="steps" -->\n\n${passing}`) },
);

/** Whether a page has a word, and all that it has lies inside it. */
function isInside(page: PdfLayout | undefined, word: string): boolean {
  const texts = page?.texts ?? [];
  const words = fold(texts.map(({ text }) => text).join(''));
  return (
    words.includes(word) &&
    texts.every(
      ({ left, top, right, bottom }) =>
        left >= 0 && top >= 0 && right <= (page?.width ?? 0) + 1 && bottom <= (page?.height ?? 0) + 1,
    )
  );
}

describe('what comes and goes', () => {
  test('is named where no page of the slide shows it', () => {
    const found = course.diagnostics('gone.md', 'FRAGMENTS_NOT_SHOWN');
    expect(found.map(({ slide, line, message }) => [slide, line, message.replace(/^.*?: /, '')])).toEqual([
      ['1', 7, '“Rig it”, “Hoist it”, “Furled”'],
      ['2', 14, '“a tile”'],
    ]);
  });

  test('has a page each in steps, and is no matter then', async () => {
    const pages = (await stepped.pages('steps.md')).slice(0, 5).map(({ text }) => fold(text));
    for (const words of ['Rigit', 'Hoistit', 'Furled', 'Sailing'])
      expect(pages.some((page) => page.includes(words))).toBe(true);
    expect(stepped.diagnostics('steps.md', 'FRAGMENTS_NOT_SHOWN')).toEqual([]);
  });
});

describe('what comes and goes, on paper', () => {
  test('is a note where the slides have pages of it', () => {
    const found = onPaper.diagnostics('steps.md', 'FRAGMENTS_NOT_ON_PAPER');
    expect(found.map(({ slide, message }) => [slide, message.replace(/^.*?: /, '')])).toEqual([
      ['1', '“Rig it”, “Hoist it”, “Furled”'],
    ]);
  });

  test('is a warning where they have none', () => {
    const found = onPaper.diagnostics('steps.md', 'FRAGMENTS_NOT_SHOWN');
    expect(found.map(({ slide }) => slide)).toEqual(['2']);
  });

  test('is a warning where no slides are made that could have them', () => {
    expect(paperOnly.diagnostics('marked.md', 'FRAGMENTS_NOT_SHOWN')).toHaveLength(1);
    expect(paperOnly.diagnostics('marked.md', 'FRAGMENTS_NOT_ON_PAPER')).toEqual([]);
  });
});

describe('many steps', () => {
  test('have a page each, with as many points as were shown', async () => {
    const pages = (await stepped.pages('steps.md')).slice(-61);
    const points = pages.map(({ text }) => text.match(/n\d+\./g)?.length ?? 0);
    expect(points).toEqual(Array.from({ length: 61 }, (_, i) => i));
  });
});

describe('columns', () => {
  test('hold a list that is too long for one of them', async () => {
    const pages = await course.layout('columns.md');
    expect(pages).toHaveLength(2);
    const places = new Set(
      pages[0]?.texts.filter(({ text }) => /n\d/.test(text)).map(({ left }) => Math.round(left / 20)),
    );
    expect(places.size).toBeGreaterThanOrEqual(6);
    expect(course.diagnostics('columns.md', 'SLIDE_CONTINUED')).toEqual([]);
  });
});

describe('a word without an end', () => {
  test.each([1, 2, 3])('is broken on slide %d, and no smaller for it', async (number) => {
    expect(isInside((await course.layout('long.md'))[number - 1], 'STOP')).toBe(true);
    expect(course.diagnostics('long.md', 'SLIDE_TINY')).toEqual([]);
  });
});

describe('a table', () => {
  test('that is too wide is made smaller before its words are broken', async () => {
    const texts = (await course.layout('tables.md'))[0]?.texts.map(({ text }) => text.trim().toLowerCase());
    expect(texts).toEqual(expect.arrayContaining(['navigator', 'completely', 'stop']));
  });

  test('that is too long continues with whole words in columns of the same width', async () => {
    const [, ...pages] = await course.layout('tables.md');
    expect(pages.length).toBeGreaterThan(1);
    const texts = pages.flatMap((page) => page.texts.map(({ text }) => text.trim()));
    expect(texts).toEqual(expect.arrayContaining(['LAST', '99', '35', ...['row0', 'row25']]));
    expect(isInside(pages.at(-1), 'LAST')).toBe(true);
  });
});

describe('words that are taller than a page', () => {
  test('continue where they were broken, each of them once and large enough', async () => {
    const pages = await course.pages('endless.md');
    const text = pages.map((page) => page.text).join(' ');
    expect(text.match(/\bsea\b/g)).toHaveLength(6000);
    expect(text.match(/\bsalt\b/g)).toHaveLength(300);
    expect(isInside((await course.layout('endless.md')).at(-2), 'STOP')).toBe(true);
    expect(course.diagnostics('endless.md', 'SLIDE_TINY')).toEqual([]);
  });
});
