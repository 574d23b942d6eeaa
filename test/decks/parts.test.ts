import { describe, expect, test } from 'vitest';
import { conformanceFaults } from '../support/conformance/index.ts';
import { imageSizes, readStrings } from '../support/pdf-strings.ts';
import { qpdfComplaints } from '../support/qpdf.ts';
import { PARTED, PARTS, UNMARKED } from '../support/recorded/parted.ts';
import { replayedCourse } from '../support/recorded/replay-course.ts';
import { loadRecordings } from '../support/recorded/store.ts';
import { structureTypes } from '../support/structure-types.ts';

const course = replayedCourse(PARTED);
const KINDS = ['slides', 'handout', 'cheatsheet'] as const;
type Kind = (typeof KINDS)[number];
const textOf = async (kind: Kind): Promise<string> =>
  (await course.pages(PARTS, kind)).map(({ text }) => text).join('\n');

describe.each(KINDS)('the %s of a deck with marks', (kind) => {
  test('conforms to PDF/A-2a and PDF/UA-1', async () => {
    const bytes = await course.bytes(PARTS, kind);
    expect(await conformanceFaults(bytes)).toEqual([]);
    expect(await qpdfComplaints(bytes)).toEqual([]);
  });
});

describe.each(['handout', 'cheatsheet'] as const)('omitted content', (kind) => {
  test(`is not in the text of the ${kind}`, async () => {
    expect(await textOf(kind)).not.toMatch(/secret/i);
  });

  test(`is in no bookmark, link, alternative text or other string of the ${kind}`, async () => {
    const bytes = await course.bytes(PARTS, kind);
    expect((await course.outline(PARTS, kind)).join()).not.toMatch(/secret/i);
    expect(await readStrings(bytes)).not.toMatch(/secret/i);
  });

  test(`has no image in the ${kind}`, async () => {
    const sizes = await imageSizes(await course.bytes(PARTS, kind));
    expect(sizes.filter((size) => size !== '64 × 36')).toEqual([]);
  });
});

describe('the handout', () => {
  test('shows content for paper only, with its links', async () => {
    expect(await textOf('handout')).toMatch(/A hint with/s);
    const links = (await course.layout(PARTS, 'handout')).flatMap((page) => page.links);
    expect(links.map(({ url }) => url)).toContain('https://hint.example/');
  });

  test('has a figure called “blank” for each gap', async () => {
    const strings = await readStrings(await course.bytes(PARTS, 'handout'));
    expect(strings.match(/^blank$/gm)?.length).toBeGreaterThanOrEqual(8);
    expect(await structureTypes(await course.bytes(PARTS, 'handout'))).toContain('Figure');
  });

  test('keeps the position of content below a gap', async () => {
    const below = async (kind: Kind, words: string) => {
      const texts = (await course.layout(PARTS, kind)).flatMap((page) =>
        page.texts.map((text) => ({ ...text, page })),
      );
      const heading = texts.find(({ text }) => text.trim() === words.toUpperCase());
      const found = texts.find(({ text }) => text.includes(`Below the ${words}`));
      if (!heading || !found) throw new Error(`“${words}” is not there`);
      return (heading.bottom - found.bottom) / (heading.top - heading.bottom);
    };
    for (const words of ['gaps', 'frames'])
      expect(await below('handout', words)).toBeCloseTo(await below('slides', words), 1);
  });

  test('omits parts of speaker notes', async () => {
    expect(await textOf('handout')).toMatch(/Open words\.\s+,\s*open end\./);
  });

  test('keeps links to slides that differ on paper', async () => {
    const links = (await course.layout(PARTS, 'handout')).flatMap((page) => page.links);
    expect(links.filter(({ url }) => !url?.startsWith('http')).length).toBeGreaterThan(0);
  });

  test('does not name a section after an omitted slide', async () => {
    expect(await textOf('handout')).toContain('Shown section');
  });
});

describe('the slides', () => {
  test('have all content except that for paper only', async () => {
    const text = await textOf('slides');
    expect(text).not.toMatch(/hint/i);
    for (const words of [
      'Secret City',
      'A secret paragraph',
      'const secret',
      'Secret cell',
      'A secret sentence',
    ])
      expect(text.replace(/\s+/g, ' ')).toContain(words);
  });

  test('have no string of content for paper only', async () => {
    expect(await readStrings(await course.bytes(PARTS, 'slides'))).not.toMatch(/hint\.example|kept/);
  });
});

test('the cheatsheet has content for paper only if it is kept', async () => {
  const text = await textOf('cheatsheet');
  expect(text).toContain('git kept');
  expect(text).not.toContain('git hint');
});

test('a deck without marks has one layout, and a deck with marks one more for each paper', async () => {
  const recordings = await loadRecordings(PARTED.name);
  const layouts = recordings.map(({ path, layouts }) => [path, layouts.length]);
  expect(Object.fromEntries(layouts)).toEqual({ [PARTS]: 3, [UNMARKED]: 1 });
});

test('only slides that differ on paper are printed twice', async () => {
  const [recording] = (await loadRecordings(PARTED.name)).filter(({ path }) => path === PARTS);
  const [screen, paper] = recording?.layouts ?? [];
  const alike = screen?.slides.map(({ pages }, i) => pages[0]?.html === paper?.slides[i]?.pages[0]?.html);
  expect(alike).toEqual([true, false, false, false, false, true, true, false]);
});
