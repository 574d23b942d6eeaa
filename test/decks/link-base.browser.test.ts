import { describe, expect, test } from 'vitest';
import { courseBuiltOnce } from '../support/course.ts';

const OWN = 'variants/own.md';
const BASED = 'variants/week 1/based.md';
const BESIDE = 'variants/beside.md';
const STEPS = ['next', 'prev', 'right', 'left', 'down', 'up'];

const course = courseBuiltOnce(
  { decks: [OWN, BASED, BESIDE], linkBase: 'https://course.example/decks' },
  {
    [OWN]:
      '---\nurl: https://own.example/slides/own.html\n---\n\n# Own\n\n[a](notes.pdf) [b](/top) [c](https://example.org/)\n',
    [BASED]: '# Based\n\n[a](notes.pdf) [b](../other.html?x=1#y) [c](javascript:alert(1))\n',
    [BESIDE]: `# One\n\n---\n\n# Two\n\n----\n\n## Middle\n\n${STEPS.map((step) => `<a href="#" class="navigate-${step}">${step}</a>`).join(' ')}\n\n----\n\n## Below\n\n---\n\n# Three\n\n<a href="#" class="navigate-next">on</a>\n`,
  },
);

describe('relative links', () => {
  test('lead to where their deck says that it is', async () => {
    expect((await course.pages(OWN))[0]?.links).toEqual([
      'https://own.example/slides/notes.pdf',
      'https://own.example/top',
      'https://example.org/',
    ]);
  });

  test('lead below the address of the folder of decks', async () => {
    const [page] = await course.pages(BASED);
    expect(page?.links).toEqual([
      'https://course.example/decks/notes.pdf',
      'https://course.example/other.html?x=1#y',
    ]);
  });

  test('are no warning, but scripts are', () => {
    expect(course.diagnostics(BASED, 'LINK_TARGET_MISSING').map(({ url }) => url)).toEqual([
      'javascript:alert(1)',
    ]);
  });
});

describe('links to neighbours', () => {
  test('lead where reveal.js goes', async () => {
    const jumps = (await course.pages(BESIDE)).map((page) => page.jumps);
    expect(jumps[2]).toEqual([3, 1, 4, 0, 3, 1]);
  });

  test('stay on the last slide, where there is no next one', async () => {
    expect((await course.pages(BESIDE)).at(-1)?.jumps).toEqual([4]);
  });
});
