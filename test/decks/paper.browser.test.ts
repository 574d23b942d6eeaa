import { describe, expect, test } from 'vitest';
import { type Config, publishedOutputs } from '../../src/index.ts';
import { mm } from '../../src/paper/paper.ts';
import { qrSvg } from '../../src/paper/qr.ts';
import { courseBuiltOnce } from '../support/course.ts';
import { readLayout } from '../support/pdf-layout.ts';
import { rasterise } from '../support/raster.ts';
import { readCode } from '../support/read-code.ts';

// What a handout has besides its slides, read from the printed file.

const DECK = 'variants/harbour.md';
const words = (count: number, name: string): string =>
  Array.from({ length: count }, (_, i) => `${name}${i}`).join(' ');
const URLS = {
  chart: 'https://charts.example.org/approach?scale=25000&edition=7#depths',
  tide: 'https://tides.example.org/',
  long: `https://log.example.org/${'a-very-long-folder/'.repeat(9)}entry.html`,
  mail: 'mailto:harbour@example.org',
  manual: 'https://manual.example.org/signals',
} as const;

const HARBOUR = `---
title: Into the harbour
subtitle: By day and by night
author: P. Ilot
url: https://harbour.example.org/course
theme: white
---

# Approach

See the [chart](${URLS.chart}), the [tide tables](${URLS.tide}) and [mooring](#/1/1).

Note:
${words(30, 'brief')}

----

## Log

[The log](${URLS.long}) and [the tide again](${URLS.tide})

Note:
- item one
- item two, see [the manual](${URLS.manual})

\`\`\`bash
hail --channel 12
\`\`\`

${Array.from({ length: 12 }, (_, i) => words(60, `p${i}w`)).join('\n\n')}

1. ${words(40, 'first')}
2. ${words(40, 'second')}

---

# Quay

[Write to us](${URLS.mail})

----

## Mooring

Two lines ashore

----

## A joke

<!-- .slide: data-handout="skip" -->

joke-marker

----

## Answers

<!-- .slide: data-handout="only" data-visibility="hidden" -->

answers-marker

----

## Lights

lights-marker
`;

const built = (config: Config) =>
  courseBuiltOnce({ decks: [DECK], only: ['slides', 'handout'], ...config }, { [DECK]: HARBOUR });

/** Addresses break anywhere. */
const withoutSpace = (text: string): string => text.replace(/\s+/g, '');

describe('a handout with links', () => {
  const course = built({});

  test('lists every address whole', async () => {
    const text = withoutSpace((await course.pages(DECK, 'handout')).map((page) => page.text).join(''));
    for (const [name, url] of Object.entries(URLS)) expect(text.includes(url)).toBe(name !== 'manual');
  });

  test('lists an address once on its sheet', async () => {
    const text = (await course.pages(DECK, 'handout')).map((page) => page.text).join('');
    expect(text.split(URLS.tide)).toHaveLength(2);
  });

  test('keeps links alive, on the slide and in the list', async () => {
    const links = (await course.layout(DECK, 'handout')).flatMap((page) => page.links);
    expect(links.filter(({ url }) => url === URLS.chart).length).toBeGreaterThanOrEqual(2);
  });

  test('numbers each link at its end, over the slide', async () => {
    const [page] = await course.layout(DECK, 'handout');
    const link = page?.links.find(({ url }) => url === URLS.chart);
    const mark = page?.texts.find(
      ({ text, left, bottom }) =>
        text.trim() === '1' &&
        link &&
        Math.abs(left - link.right) < mm(2) &&
        Math.abs(bottom - link.top) < mm(2),
    );
    expect(mark).toBeDefined();
  });

  test('names the page that a link to a slide leads to', async () => {
    const [page] = await course.pages(DECK, 'handout');
    expect(page?.text).toContain('p. 1');
  });

  test('has codes that lead to its addresses, but for the one that there is no room for', async () => {
    const listed = [URLS.chart, URLS.tide, URLS.long];
    expect(await codesBeside(listed, await course.bytes(DECK, 'handout'), 1)).toEqual(listed);
  });

  test('adds no page for them', async () => {
    expect(await course.pages(DECK, 'handout')).toHaveLength(1);
  });

  test('leaves out what is to be skipped', async () => {
    const text = (await course.pages(DECK, 'handout')).map((page) => page.text).join();
    expect(text).not.toContain('joke-marker');
  });

  test('shows what is for paper only, which the slides do not', async () => {
    const [paper, screen] = await Promise.all([course.pages(DECK, 'handout'), course.pages(DECK, 'slides')]);
    const has = (pages: typeof paper): boolean => pages.some(({ text }) => text.includes('answers-marker'));
    expect([has(paper), has(screen)]).toEqual([true, false]);
  });

  test('numbers slides as on the screen, which does not count what is for paper only', async () => {
    const text = (await course.pages(DECK, 'handout')).map((page) => page.text).join('\n');
    expect(text).toMatch(/2\.3\+/);
    expect(text).toMatch(/2\.4/);
  });

  test('tells in the report how many slides it shows', () => {
    const output = publishedOutputs(course.deck(DECK)).find(({ kind }) => kind === 'handout');
    expect(output?.slides).toEqual({ shown: 6, skipped: 1 });
  });
});

describe('a handout with speaker notes', () => {
  const course = built({ notes: 'speaker', binding: 'long', margin: 12, only: ['handout'] });

  test('has all of their words, in order', async () => {
    const texts = (await course.layout(DECK, 'handout')).flatMap((page) => page.texts);
    const text = texts.map((one) => one.text).join(' ');
    const found = text.match(/\b(?:brief|p\d+w|first|second)\d+\b/g);
    const wanted = HARBOUR.match(/\b(?:brief|p\d+w|first|second)\d+\b/g);
    expect(found).toEqual(wanted);
  });

  test('keeps code and lists in them', async () => {
    const text = (await course.pages(DECK, 'handout')).map((page) => page.text).join(' ');
    for (const part of ['hail --channel 12', 'item one', 'item two']) expect(text).toContain(part);
  });

  test('lists the addresses in them', async () => {
    const text = withoutSpace((await course.pages(DECK, 'handout')).map((page) => page.text).join(''));
    expect(text).toContain(URLS.manual);
  });

  test('continues after the sheet if they are long', async () => {
    const pages = await course.pages(DECK, 'handout');
    expect(pages[1]?.text).toContain('1.2 Log');
  });

  test('keeps every text and every link inside its margins, which the gutter mirrors', async () => {
    const pages = await course.layout(DECK, 'handout');
    expect(pages.length).toBeGreaterThan(2);
    pages.forEach((page, i) => {
      const [inner, outer] = [mm(12 + 8) - 1, mm(12) - 1];
      const [left, right] = i % 2 === 0 ? [inner, outer] : [outer, inner];
      for (const box of [...page.texts, ...page.links]) {
        expect(box.left).toBeGreaterThanOrEqual(left);
        expect(box.right).toBeLessThanOrEqual(page.width - right);
        expect(box.top).toBeGreaterThanOrEqual(mm(12) - 1);
        expect(box.bottom).toBeLessThanOrEqual(page.height - mm(12) + 1);
      }
    });
  });

  test('reaches its inner margin with its head on every page', async () => {
    const pages = await course.layout(DECK, 'handout');
    const titles = pages.map(
      (page) => page.texts.find(({ text }) => text.includes('Into the harbour'))?.left ?? 0,
    );
    titles.forEach((left, i) => {
      expect(left).toBeCloseTo(mm(i % 2 === 0 ? 20 : 12), 0);
    });
  });
});

describe('a handout with a cover', () => {
  const course = built({ cover: true, sectionStart: 'right', stamp: 'rev {date}', only: ['handout'] });

  test('has title, subtitle, author, stamp and address on it', async () => {
    const [cover] = await course.pages(DECK, 'handout');
    for (const part of [
      'Into the harbour',
      'By day and by night',
      'P. Ilot',
      'rev 20',
      'https://harbour.example.org/course',
    ])
      expect(cover?.text).toContain(part);
  });

  test('links to the address of the deck with a QR code', async () => {
    const raster = await rasterise(await course.bytes(DECK, 'handout'), 1, 150);
    expect(readCode(raster)?.data).toBe('https://harbour.example.org/course');
  });

  test('lists sections with their pages', async () => {
    const [cover] = await course.pages(DECK, 'handout');
    expect(cover?.text.replace(/\s+/g, ' ')).toMatch(/Approach 3 Quay 5/);
  });

  test('begins each section on a right-hand page', async () => {
    const pages = await course.pages(DECK, 'handout');
    // The cover lists the sections, too; the others have lines.
    expect(pages.map(({ text }) => /Approach|Quay/.test(text))).toEqual([true, false, true, false, true]);
  });
});

describe('a handout without lists of links', () => {
  const course = built({ links: 'end', only: ['handout'] });

  test('has them at its end where that is wanted', async () => {
    const pages = await course.pages(DECK, 'handout');
    const last = withoutSpace(pages.at(-1)?.text ?? '');
    expect(pages).toHaveLength(2);
    for (const url of [URLS.chart, URLS.tide, URLS.long, URLS.mail]) expect(last).toContain(url);
  });

  test('has a code for each of them there', async () => {
    const listed = [URLS.chart, URLS.tide, URLS.long, URLS.mail];
    expect(await codesBeside(listed, await course.bytes(DECK, 'handout'), 2)).toEqual(listed);
  });
});

describe('a slide with more links than a sheet has room for', () => {
  const MANY = 'variants/many.md';
  const urls = Array.from(
    { length: 60 },
    (_, i) => `https://many.example.org/buoy/${i + 1}/position-and-light-character`,
  );
  const deck = `# Buoys\n\n${urls.map((url, i) => `[b${i + 1}](${url})`).join(' ')}\n${'\n\n----\n\n# Sea\n'.repeat(5)}`;
  const course = courseBuiltOnce({ decks: [MANY], only: ['handout'] }, { [MANY]: deck });

  test('has every address somewhere', async () => {
    const text = withoutSpace((await course.pages(MANY, 'handout')).map((page) => page.text).join(''));
    expect(urls.filter((url) => !text.includes(url))).toEqual([]);
  });

  test('says so where some went to the end', async () => {
    const pages = await course.pages(MANY, 'handout');
    expect(course.diagnostics(MANY, 'HANDOUT_LINKS_MOVED')).toHaveLength(pages.length > 1 ? 1 : 0);
    expect(pages.length).toBeGreaterThan(1);
  });
});

/** What the codes say that stand before addresses in a list of links. */
async function codesBeside(urls: readonly string[], pdf: Uint8Array, pageNumber: number): Promise<unknown[]> {
  const page = (await readLayout(pdf, { colors: false }))[pageNumber - 1];
  const raster = await rasterise(pdf, pageNumber, 300);
  const scale = raster.width / (page?.width ?? 1);
  return urls.map((url) => {
    // The list stands below the slides, and an address in it takes one line or more: the first is beside the code.
    const lines = page?.links.filter((link) => link.url === url) ?? [];
    const bottom = Math.max(...lines.map((line) => line.bottom));
    const entry = lines.filter((line) => bottom - line.bottom < mm(20)).sort((a, b) => a.top - b.top)[0];
    // As large as its modules make it, and no more: a reader that sees two codes may read neither.
    const side = Number(/viewBox="0 0 (\d+)/.exec(qrSvg(url) ?? '')?.[1]) * mm(0.37);
    const number = mm(6);
    const box = {
      x: (entry?.left ?? 0) - side - number,
      y: (entry?.top ?? 0) - mm(2),
      width: side + number,
      height: side + mm(1),
    };
    const crop = cropped(raster, {
      ...{ x: box.x * scale, y: box.y * scale, width: box.width * scale, height: box.height * scale },
    });
    return readCode(crop)?.data;
  });
}

interface Raster {
  readonly data: Uint8ClampedArray;
  readonly width: number;
  readonly height: number;
}

function cropped(raster: Raster, box: { x: number; y: number; width: number; height: number }): Raster {
  const left = Math.max(0, Math.round(box.x));
  const top = Math.max(0, Math.round(box.y));
  const width = Math.min(Math.round(box.width), raster.width - left);
  const height = Math.min(Math.round(box.height), raster.height - top);
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * raster.width + left) * 4;
    data.set(raster.data.subarray(from, from + width * 4), y * width * 4);
  }
  return { data, width, height };
}
