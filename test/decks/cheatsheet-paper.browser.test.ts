import { join } from 'node:path';
import { beforeAll, describe, expect, test } from 'vitest';
import type { Print } from '../../src/model/model.ts';
import { mm } from '../../src/paper/paper.ts';
import { cheatsheet } from '../../src/pipeline/outputs/cheatsheet/cheatsheet.ts';
import { LEAST_TYPE } from '../../src/pipeline/outputs/cheatsheet/fit.ts';
import { firstWords, judgeBlocks } from '../../src/pipeline/outputs/cheatsheet/selection.ts';
import { fold, makeCourse } from '../support/course.ts';
import { type PdfLayout, readLayout } from '../support/pdf-layout.ts';
import { type PrintedDeck, printDeck, putTogether } from '../support/print.ts';
import { rasterise } from '../support/raster.ts';
import { readCode } from '../support/read-code.ts';

const COMMANDS = `# Ropes

## Run it

How a rope is made <!-- .element: data-cheatsheet="keep" -->

    rope make    : makes a rope
    rope cut     : cuts a rope
    rope store   : stores it for long

\`\`\`bash
rope list --all        # which ropes are there?
rope show NAME         # all about one of them

rope burn --really     # gone for good
\`\`\`

    -l, --length     How long it is
    -w, --width=[]   How wide it is
    --rm             Remove it when it is old

- \`rope tie\`: ties it to something
- \`rope untie\`: and off again

Not on the sheet at all.

- **Whipping**: keeps the end from fraying
- an ordinary point that nobody looks up
- **Splice**: joins two ropes for good

> Measure twice, cut once.

| Knot | For |
|---|---|
| bowline | a loop |
| reef | two ends |
`;
const LINKED = `# Where to read on

<!-- .slide: data-cheatsheet -->

[The knot book](https://knots.example.org/book) and <https://ropes.example.net/a/longer/address?with=query>

---

# More

<!-- .slide: data-cheatsheet -->

Some words.
`;
const RTL = `---
title: الحبال
lang: ar
revealOptions:
  rtl: true
---

# العقد

<!-- .slide: data-cheatsheet="keep" -->

\`\`\`bash
rope make --long
rope cut
\`\`\`

- **ربطة**: حلقة لا تنزلق
- **عقدة**: وصل حبلين
`;
/** Sections with a listing each, so many lines long. */
const sections = (count: number, lines: number): string =>
  Array.from(
    { length: count },
    (_, i) =>
      `# Section ${i}\n\n\`\`\`bash\n${Array.from({ length: lines }, (_, j) => `step_${i}_${j} --go`).join('\n')}\n\`\`\`\n`,
  ).join('\n---\n\n');
const HEADS = `# Calls

<!-- .slide: data-cheatsheet="keep" -->

| Method | Path | Does |
|---|---|---|
| GET | \`/berths\` | lists berths |
| PATCH | \`/bookings/{id}\` | changes a booking |
| DELETE | \`/bookings/{id}\` | cancels it |

---

# Shapes

<!-- .slide: data-cheatsheet="keep" -->

<figure><svg width="400" height="200" viewBox="0 0 400 200"><rect width="400" height="200" fill="#def"/><text x="40" y="100" font-size="40">two hulls</text></svg><figcaption>Seen from above</figcaption></figure>
`;

const VARIANTS = {
  'variants/commands.md': COMMANDS,
  'variants/linked.md': LINKED,
  'variants/rtl.md': RTL,
  'variants/heads.md': HEADS,
  'variants/short.md': `<!-- .slide: data-cheatsheet="keep" -->\n\n${sections(2, 5)}`,
  'variants/full.md': sections(24, 24),
  'variants/tall.md': `<!-- .slide: data-cheatsheet -->\n\n# Tall\n\n${'so many words in one paragraph '.repeat(900)}`,
  'variants/wide.md': `# Wide\n\n<!-- .slide: data-cheatsheet="keep" -->\n\n| a | ${'b | '.repeat(11)}\n|${'---|'.repeat(12)}\n| https://example.org/${'x'.repeat(120)} | ${'cell | '.repeat(11)}\n\n\`\`\`sh\n${'--option=value'.repeat(30)}\n\`\`\`\n`,
  'variants/rows.md': `# Rows\n\n| Number | Meaning |\n|---|---|\n${Array.from({ length: 100 }, (_, i) => `| row_${i}_ | what it means |`).join('\n')}\n`,
};

let folder = '';
beforeAll(async () => {
  folder = await makeCourse(VARIANTS);
});

const measured = new Map<string, Promise<PrintedDeck>>();
const prints = new Map<string, Promise<PrintedCheatsheet>>();
type Cheatsheet = { pages?: number; columns?: 2 | 3 | 4 | 5; orientation?: 'portrait' | 'landscape' };
type PrintedCheatsheet = Print & {
  readonly deck: PrintedDeck;
  readonly pdf: Uint8Array;
  /** Of its pages. */
  readonly places: readonly PdfLayout[];
};

/** Each deck is measured once, and each sheet printed and read once, whatever number of tests look at it. */
function printed(path: string, options: Cheatsheet = {}): Promise<PrintedCheatsheet> {
  const settings = { css: undefined, pages: 2, columns: 3, orientation: 'landscape', ...options } as const;
  const key = `${path} ${JSON.stringify(settings)}`;
  const print = async (): Promise<PrintedCheatsheet> => {
    const deck = (await measure(path)).withOptions({ cheatsheet: settings, stamp: 'as of {date}' });
    const made = await deck.print(cheatsheet, true);
    const pdf = await putTogether(made);
    return { ...made, deck, pdf, places: await readLayout(pdf, { colors: false }) };
  };
  const known = prints.get(key) ?? print();
  prints.set(key, known);
  return known;
}

function measure(path: string): Promise<PrintedDeck> {
  const known = measured.get(path) ?? printDeck(join(folder, path));
  measured.set(path, known);
  return known;
}

const textOf = ({ places }: PrintedCheatsheet) =>
  fold(places.flatMap(({ texts }) => texts.map(({ text }) => text)).join(''));
const typeSize = ({ sheets }: Print) =>
  Number(/--cheatsheet-type-size:([\d.]+)pt/.exec(sheets?.html ?? '')?.[1]);

describe('the paper of a cheatsheet', () => {
  const ALL: [string, Cheatsheet][] = [
    ['decks/marked.md', {}],
    ['decks/by-rule.md', {}],
    ['decks/summary.md', { columns: 2 }],
    ['decks/code.md', { columns: 4 }],
    ['decks/links.md', {}],
    ['variants/commands.md', { columns: 5, orientation: 'portrait' }],
    ['variants/commands.md', {}],
    ['variants/linked.md', { orientation: 'portrait', columns: 2 }],
    ['variants/rtl.md', {}],
    ['variants/full.md', { pages: 2 }],
    ['variants/full.md', { pages: 1, columns: 5 }],
    ['variants/tall.md', { pages: 1 }],
    ['variants/wide.md', { columns: 5, orientation: 'portrait' }],
    ['variants/rows.md', { pages: 1 }],
  ];

  test.each(ALL)(
    'of %s with %j has every word of every block that is chosen, or names it',
    async (path, options) => {
      const print = await printed(path, options);
      const text = textOf(print);
      const named = print.plan.diagnostics?.map(({ message }) => message).join() ?? '';
      const all = judgeBlocks(print.deck.layout).filter(
        ({ included, block }) => included && block.kind !== 'picture' && !block.html.includes('katex'),
      );
      expect(all.length).toBeGreaterThan(0);
      const chosen = all.filter(
        ({ block }) => !named.includes(`${block.kind} “${firstWords(block)}” is taller than a column`),
      );
      const words = chosen.flatMap(({ block }) => block.text.split(' ')).map(fold);
      // Arabic is drawn, and found, from its last letter to its first.
      const isThere = (word: string): boolean =>
        text.includes(word) || text.includes([...word].reverse().join(''));
      expect(words.filter((word) => !isThere(word))).toEqual([]);
    },
  );

  test.each(ALL)(
    'of %s with %j has the pages that were planned, and all text inside their margins',
    async (path, options) => {
      const { plan, places: pages } = await printed(path, options);
      expect(pages).toHaveLength(plan.pageCount ?? 0);
      const margin = mm(8) - 1;
      for (const { texts, width, height } of pages) {
        const outside = texts.filter(
          ({ left, top, right, bottom }) =>
            left < margin || top < margin || right > width - margin || bottom > height - margin,
        );
        expect(outside).toEqual([]);
      }
    },
  );

  test('has columns that do not run into each other', async () => {
    const { places } = await printed('variants/wide.md', { columns: 5, orientation: 'portrait' });
    const [page] = places;
    const column = ((page?.width ?? 0) - 2 * mm(8) - 4 * mm(5)) / 5;
    const over = page?.texts.filter(({ left, right, text }) => {
      const start = mm(8) + Math.floor((left - mm(8) + 1) / (column + mm(5))) * (column + mm(5));
      return /cell|option|xxx/.test(text) && right > start + column + 2;
    });
    expect(over).toEqual([]);
  });
});

describe('the type of a printed cheatsheet', () => {
  test('is large where there is little', async () => {
    const print = await printed('variants/short.md');
    expect([typeSize(print), print.plan.pageCount]).toEqual([10.5, 1]);
  });

  test('is smaller where there is more, and fills the pages that there are', async () => {
    const print = await printed('variants/full.md', { pages: 4 });
    expect(typeSize(print)).toBeLessThan(10.5);
    expect(print.plan.pageCount).toBeLessThanOrEqual(4);
    expect(print.plan.diagnostics).toEqual([]);
  });

  test('is as small as can be read where even that does not fit, and what is on further pages is named with its place', async () => {
    const print = await printed('variants/full.md', { pages: 1 });
    expect(typeSize(print)).toBe(LEAST_TYPE);
    expect(print.plan.pageCount).toBeGreaterThan(1);
    const last = print.plan.diagnostics?.at(-1);
    const slide = print.deck.layout.slides.at(-1);
    expect(last).toMatchObject({ code: 'CHEATSHEET_FULL', slide: '24', line: slide?.line });
    expect(last?.message).toMatch(/the code “step_23_0.*” is on page \d/);
  });

  test('is no less for a paragraph that is taller than a column, which is left out and named', async () => {
    const print = await printed('variants/tall.md', { pages: 1 });
    expect(print.plan.diagnostics?.[0]).toMatchObject({ code: 'CHEATSHEET_FULL', slide: '1' });
    expect(print.plan.diagnostics?.[0]?.message).toContain('is taller than a column, so it is omitted');
    expect(typeSize(print)).toBe(LEAST_TYPE);
  });
});

describe('a printed cheatsheet', () => {
  test('has no letter of text and code below six points', async () => {
    for (const [path, options] of [
      ['variants/full.md', { pages: 1 }],
      ['variants/commands.md', { columns: 5, orientation: 'portrait' }],
    ] as const) {
      const { places } = await printed(path, options);
      // A text's box is as tall as an ascender.
      const sizes = places.flatMap(({ texts }) => texts.map(({ top, bottom }) => (bottom - top) / 0.7));
      expect(Math.min(...sizes)).toBeGreaterThanOrEqual(mm(25.4 / 12) - 0.05);
    }
  });

  const placed = async (path: string, options?: Cheatsheet) =>
    (await printed(path, options)).places.flatMap(({ texts }) => texts);

  test('aligns explanations of commands, in listings and in lists', async () => {
    const texts = await placed('variants/commands.md');
    const starts = (words: RegExp) =>
      texts.filter(({ text }) => words.test(text)).map(({ left }) => Math.round(left));
    for (const group of [
      /makes a rope|cuts a rope|stores it/,
      /which ropes|all about|gone for/,
      /How long|How wide|Remove it/,
      /ties it|and off/,
    ]) {
      expect(starts(group).length).toBeGreaterThanOrEqual(2);
      expect(new Set(starts(group)).size).toBe(1);
    }
  });

  test('has only those points of a list that define something', async () => {
    const text = textOf(await printed('variants/commands.md'));
    expect(text).toContain(fold('Whipping keeps the end'));
    expect(text).not.toMatch(/ordinarypoint|Notonthesheet/);
  });

  test('repeats the header of a table that continues in the next column', async () => {
    const texts = await placed('variants/rows.md', { pages: 1 });
    const columns = new Set(
      texts.filter(({ text }) => text.includes('row_')).map(({ left }) => Math.round(left)),
    );
    expect(columns.size).toBeGreaterThan(1);
    expect(texts.filter(({ text }) => text === 'Number')).toHaveLength(columns.size);
  });

  test('breaks no word of a table in five columns, but code', async () => {
    const texts = await placed('variants/heads.md', { columns: 5 });
    const words = texts.map(({ text }) => text.trim());
    expect(words).toEqual(expect.arrayContaining(['Method', 'Path', 'Does', 'PATCH', 'DELETE']));
  });

  test('has a figure together with its caption, below it', async () => {
    const texts = await placed('variants/heads.md', { columns: 5 });
    const [drawn, caption] = [/two hulls/, /Seen from above/].map((words) =>
      texts.find(({ text }) => words.test(text)),
    );
    expect(caption?.top).toBeGreaterThan(drawn?.bottom ?? Number.NaN);
    expect((caption?.top ?? 0) - (drawn?.bottom ?? 0)).toBeLessThan(mm(30));
  });

  test('has the date at its foot', async () => {
    const { plan, places, deck } = await printed('variants/short.md');
    const day = deck.layout.date.toISOString().slice(0, 10);
    const [page] = places;
    const stamp = page?.texts.find(({ text }) => text.includes(`as of ${day}`));
    expect(stamp?.top).toBeGreaterThan(plan.page.heightPx * 0.9);
  });

  test('has codes for its links that a camera reads from the page', async () => {
    const { pdf } = await printed('variants/linked.md');
    const page = await rasterise(pdf, 1, 200);
    const [top, width] = [Math.round(page.height * 0.8), Math.round(page.width * 0.12)];
    const places = Array.from({ length: 40 }, (_, i) => Math.round(i * 0.02 * page.width));
    const read = places.map((left) => readCode(crop(page, left, top, width))?.data);
    expect(new Set(read.filter((one) => one !== undefined))).toEqual(
      new Set(['https://knots.example.org/book', 'https://ropes.example.net/a/longer/address?with=query']),
    );
  });

  test('runs from the right where its deck does, and its code from the left', async () => {
    const [page] = (await printed('variants/rtl.md')).places;
    const middle = (page?.width ?? 0) / 2;
    const code = page?.texts.find(({ text }) => text.includes('rope'));
    expect(code?.left).toBeGreaterThan(middle);
    expect(textOf(await printed('variants/rtl.md'))).toContain('ropemake--long');
  });

  test('says nothing twice that two slides say', async () => {
    const text = textOf(await printed('decks/by-rule.md'));
    expect(text.split('sameblocktwice')).toHaveLength(2);
  });
});

function crop(
  page: { data: Uint8ClampedArray; width: number; height: number },
  left: number,
  top: number,
  width: number,
) {
  const height = page.height - top;
  const data = new Uint8ClampedArray(width * height * 4);
  for (let y = 0; y < height; y++) {
    const from = ((top + y) * page.width + left) * 4;
    data.set(page.data.subarray(from, from + width * 4), y * width * 4);
  }
  return { data, width, height };
}
