import { describe, expect, test } from 'vitest';
import { LINKED } from '../support/recorded/linked.ts';
import { replayedCourse } from '../support/recorded/replay-course.ts';

const LINKS = 'decks/links.md';
const OUTLINED = 'variants/outline.md';

const course = replayedCourse(LINKED);

describe('links in the slides', () => {
  test('to the web keep their addresses', async () => {
    const [, web] = await course.pages(LINKS);
    expect([...new Set(web?.links)]).toEqual([
      'https://example.org/a?b=1&c=2#d',
      'https://example.org/auto',
      'https://example.org/bare',
      'mailto:kites@example.org',
      'https://example.org/through-a-picture',
    ]);
  });

  test('lie on their words', async () => {
    const [, web] = await course.layout(LINKS);
    const link = web?.links.find(({ url }) => url === 'https://example.org/auto');
    const words = web?.texts.find(({ text }) => text.includes('example.org/auto'));
    for (const side of ['left', 'right'] as const)
      expect(Math.abs((link?.[side] ?? 0) - (words?.[side] ?? Number.NaN))).toBeLessThan(3);
    expect(link?.top).toBeLessThan(words?.bottom ?? Number.NaN);
    expect(link?.bottom).toBeGreaterThan(words?.top ?? Number.NaN);
  });

  test('to another slide jump to its page, by position, section, slide id and element id', async () => {
    const [start] = await course.pages(LINKS);
    // #/2/1, #/1, #/landing, #landing, #the-table; the last one stands on two lines.
    expect(start?.jumps).toEqual([4, 2, 5, 5, 5, 5]);
  });

  test('to the start jump to the first page', async () => {
    const pages = await course.pages(LINKS);
    expect(pages[4]?.jumps).toEqual([0]);
  });

  test('to a position are right where another slide has an id like ours', async () => {
    const jumps = (await course.pages('variants/same-id.md')).map((page) => page.jumps);
    expect(jumps).toEqual([[2], [], [0]]);
  });

  test.each([
    ['#/9/9', 23],
    ['#/nowhere', 25],
    ['handbook.html', 27],
    ['javascript:alert(1)', 27],
    ['#/%E0%A4%A', 27],
  ])('without a target are a warning with line and slide: %s', async (url, line) => {
    const missing = await course.diagnostics(LINKS, 'LINK_TARGET_MISSING');
    expect(missing.find((one) => one.url === url)).toMatchObject({
      ...{ severity: 'warning', deck: LINKS, line, slide: '2' },
      message: expect.stringContaining(url),
    });
  });

  test('without a target are plain text', async () => {
    const [, , dead] = await course.pages(LINKS);
    expect(dead?.text).toContain('a file beside the deck a script nonsense');
    expect([dead?.links, dead?.jumps]).toEqual([[], []]);
  });

  test('never name the server that only the build knows', async () => {
    for (const kind of ['slides', 'handout'] as const) {
      const links = (await course.pages(LINKS, kind)).flatMap((page) => page.links);
      expect(links.filter((url) => !/^(?:https:\/\/example\.org\/|mailto:)/.test(url))).toEqual([]);
    }
  });
});

describe('the outline of the slides', () => {
  test('has every slide, stacks folded under their first one, in order', async () => {
    expect(await course.outline(LINKS)).toEqual([
      'Start',
      '  Out into the web',
      'Second section',
      'Third section',
      '  Deep inside',
      '  Landing',
      'a picture and no heading',
      'Only some words without any heading on this',
    ]);
  });

  test('has titles as they are written, not as the theme shows them', async () => {
    expect(await course.outline(OUTLINED)).toEqual([
      'code, stress & HTML in a title',
      'A heading below',
      '  Same',
      '  Same',
      'Ünïcødé 标题 🪁',
    ]);
  });
});

describe('the handout', () => {
  test('has the same bookmarks as the slides', async () => {
    expect(await course.outline(LINKS, 'handout')).toEqual(await course.outline(LINKS));
  });

  test('keeps every link of the slides alive, and lists each address once below them', async () => {
    const linksOf = async (kind: 'slides' | 'handout'): Promise<string[]> =>
      (await course.pages(LINKS, kind)).flatMap((page) => page.links);
    const onSlides = await linksOf('slides');
    expect(await linksOf('handout')).toEqual([...onSlides, ...new Set(onSlides)]);
  });

  test('jumps to the sheet that holds the slide', async () => {
    const [first] = await course.pages(LINKS, 'handout');
    // Slides 5, 3 and 6 stand on the first sheet, as the start does.
    expect(first?.jumps).toEqual([0, 0, 0, 0, 0, 0, 0]);
  });

  test('has each link on the words of its own, scaled slide', async () => {
    const [sheet] = await course.layout(LINKS, 'handout');
    const link = sheet?.links.find(({ url }) => url === 'https://example.org/auto');
    const words = sheet?.texts.find(({ text }) => text.includes('example.org/auto'));
    expect(Math.abs((link?.left ?? 0) - (words?.left ?? Number.NaN))).toBeLessThan(2);
    expect(Math.abs((link?.right ?? 0) - (words?.right ?? Number.NaN))).toBeLessThan(2);
  });
});
