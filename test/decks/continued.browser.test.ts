import { describe, expect, test } from 'vitest';
import { conformanceFaults } from '../support/conformance/index.ts';
import { courseBuiltOnce, fold } from '../support/course.ts';
import { readPageLabels } from '../support/pdf.ts';

const DECK = 'variants/too-much.md';
const count = (n: number, of: (i: number) => string): string[] =>
  Array.from({ length: n }, (_, i) => of(i + 1));

const CODE = count(90, (i) =>
  i % 7 === 0 ? `/* from ${i}.` : i % 7 === 1 ? `to ${i}. */` : `call(${i}); // ${i}.`,
);
const ROWS = count(60, (i) => `row ${i}.`);
const POINTS = count(50, (i) => `point ${i}.`);
const STEPS = count(40, (i) => `step ${i}.`);
const SLIDES = {
  code: `# Listing <!-- .element: data-cheatsheet="keep" -->\n\n\`\`\`js\n${CODE.join('\n')}\n\`\`\``,
  numbered: `# Lines\n\n\`\`\`js []\n${CODE.join('\n')}\n\`\`\``,
  table: `# Rows\n\n| key | value |\n|---|---|\n${ROWS.map((row) => `| ${row} | some |`).join('\n')}`,
  list: `# Points\n\n${POINTS.map((point, i) => `${i + 1}. ${point}`).join('\n')}\n\n[back](#/0)\n\nNote:\nSpoken once`,
  bare: count(40, (i) => `words ${i}.`).join('\n\n'),
  columns: `# Sides\n\n<div style="display:flex;gap:1em"><div>${count(30, (i) => `<p>left ${i}.</p>`).join('')}</div><div>${count(36, (i) => `<p>right ${i}.</p>`).join('')}</div></div>`,
  nested: `# Deep\n\n- outer\n${count(45, (i) => `  - inner ${i}.`).join('\n')}`,
  spans: `# Spans\n\n<table>${count(30, (i) => `<tr><td rowspan="2">pair ${i}.</td><td>first</td></tr><tr><td>second ${i}.</td></tr>`).join('')}</table>`,
  picture: '# Tall\n\n<img src="img/photo.png" alt="Tall" style="width:300px;height:2400px;max-height:none">',
  fits: '# Small\n\nenough room',
};
const names = Object.keys(SLIDES) as (keyof typeof SLIDES)[];
const files = { [DECK]: Object.values(SLIDES).join('\n\n---\n\n') };
const STEPPED = `# Steps\n\n${STEPS.map((step) => `- ${step} <!-- .element: class="fragment" -->`).join('\n')}`;

const course = courseBuiltOnce({ decks: [DECK] }, files);

/** The words of each page of a slide. */
async function partsOf(name: keyof typeof SLIDES): Promise<string[]> {
  const labels = (await readPageLabels(await course.bytes(DECK))) ?? [];
  const pages = await course.pages(DECK);
  const number = String(names.indexOf(name) + 1);
  return pages.flatMap(({ text }, i) => (labels[i]?.split(' ')[0] === number ? [text] : []));
}

/** Of which things, that all end in a full stop, each page shows which. */
function found(parts: readonly string[], things: readonly string[]): string[][] {
  return parts.map((part) => things.filter((thing) => fold(part).includes(fold(thing))));
}

describe('a slide that is too much for one page', () => {
  test.each([
    ['table', ROWS],
    ['list', POINTS],
    ['bare', count(40, (i) => `words ${i}.`)],
    ['nested', count(45, (i) => `inner ${i}.`)],
    ['columns', [...count(30, (i) => `left ${i}.`), ...count(36, (i) => `right ${i}.`)]],
  ] as const)('shows everything once and in order: %s', async (name, things) => {
    const parts = found(await partsOf(name), things);
    expect(parts.length).toBeGreaterThan(1);
    expect(parts.flat().toSorted()).toEqual([...things].toSorted());
    for (const part of parts) expect(part).toEqual(things.filter((thing) => part.includes(thing)));
  });

  test.each(['code', 'numbered'] as const)('shows every line of code once, and whole: %s', async (name) => {
    const words = (await partsOf(name)).map((part) => fold(part.replace(/\(\d\/\d\)/, ''))).join('');
    let at = -1;
    for (const line of CODE) {
      at = words.indexOf(fold(line), at + 1);
      expect(at, line).toBeGreaterThan(-1);
      expect(words.indexOf(fold(line), at + 1), line).toBe(-1);
    }
  });

  test('has its heading on each page, from the second on with its place among them', async () => {
    const parts = await partsOf('list');
    expect(parts.map((part) => /points(?: \(\d\/\d\))?/i.exec(part)?.[0].toLowerCase())).toEqual(
      parts.map((_, i) => (i === 0 ? 'points' : `points (${i + 1}/${parts.length})`)),
    );
  });

  test('has its place alone where there is no heading', async () => {
    const parts = await partsOf('bare');
    expect(parts.map((part) => /\(\d\/\d\)/.exec(part)?.[0])).toEqual([undefined, '(2/3)', '(3/3)']);
  });

  test('has the head of its table on each page', async () => {
    const parts = await partsOf('table');
    expect(parts.filter((part) => /key\s+value/i.test(part))).toHaveLength(parts.length);
  });

  test('counts on in a list with numbers', async () => {
    const [, second = ''] = await partsOf('list');
    const [first] = found([second], POINTS)[0] ?? [];
    expect(fold(second)).toContain(fold(`${first?.match(/\d+/)?.[0]}. ${first}`));
  });

  test('parts no rows that a cell holds together', async () => {
    const parts = await partsOf('spans');
    for (const pair of count(30, (i) => `pair ${i}.`)) {
      const page = parts.find((part) => fold(part).includes(fold(pair))) ?? '';
      expect(fold(page)).toContain(fold(pair.replace('pair', 'second')));
    }
  });

  test('leaves no line, row or point alone at the foot or the head of a page', async () => {
    for (const [name, things] of [
      ['table', ROWS],
      ['list', POINTS],
    ] as const)
      for (const part of found(await partsOf(name), things)) expect(part.length).toBeGreaterThan(1);
  });

  test('is called by its number and the number of the page', async () => {
    const labels = (await readPageLabels(await course.bytes(DECK))) ?? [];
    expect(labels.slice(0, 3)).toEqual(['1', '1 (2)', '1 (3)']);
  });

  test('has one bookmark', async () => {
    expect(await course.outline(DECK)).toEqual([
      ...['Listing', 'Lines', 'Rows', 'Points', 'words 1. words 2. words 3. words 4.', 'Sides', 'Deep'],
      ...['Spans', 'Tall', 'Small'],
    ]);
  });

  test('is reported with its line, so that its author can correct it', () => {
    const named = course.diagnostics(DECK, 'SLIDE_CONTINUED').map(({ slide }) => Number(slide));
    expect(named).toEqual([1, 2, 3, 4, 5, 6, 7, 8]);
    expect(course.diagnostics(DECK, 'SLIDE_CONTINUED')[1]).toMatchObject({ line: CODE.length + 8 });
  });

  test('is legible', () => {
    expect(course.diagnostics(DECK, 'SLIDE_TINY').map(({ slide }) => slide)).toEqual(['9']);
  });

  test('is one page all the same where more would make nothing larger', async () => {
    expect(await partsOf('picture')).toHaveLength(1);
  });

  test('is all on the handout', async () => {
    const words = (await course.pages(DECK, 'handout')).map(({ text }) => text);
    expect(found([words.join('\n')], [...ROWS, ...POINTS])[0]).toHaveLength(ROWS.length + POINTS.length);
    expect(words.join('\n')).toContain('3 (2)');
  });

  test('is whole on the cheatsheet', async () => {
    const words = (await course.pages(DECK, 'cheatsheet')).map(({ text }) => fold(text)).join('');
    expect(words.split(fold('call(3); 3.')).length - 1).toBe(1);
  });

  test('conforms to the standards', async () => {
    expect(await conformanceFaults(await course.bytes(DECK))).toEqual([]);
  });
});

describe('with --min-scale', () => {
  const whole = courseBuiltOnce({ decks: [DECK], only: ['slides'], minScale: 0 }, files);
  const large = courseBuiltOnce({ decks: [DECK], only: ['slides'], minScale: 0.9 }, files);

  test('0, nothing continues on another page', async () => {
    expect(await whole.pages(DECK)).toHaveLength(names.length);
    expect(whole.diagnostics(DECK, 'SLIDE_CONTINUED')).toEqual([]);
  });

  test('nearer to 1, there are more pages', async () => {
    expect((await large.pages(DECK)).length).toBeGreaterThan((await course.pages(DECK)).length);
  });
});

describe('a page a step', () => {
  const stepped = courseBuiltOnce(
    { decks: [DECK], only: ['slides'], fragments: 'steps' },
    { [DECK]: STEPPED },
  );

  test('continues on another page once it has something to show there', async () => {
    const parts = found(
      (await stepped.pages(DECK)).map(({ text }) => text),
      STEPS,
    );
    expect(parts.every((part, i) => part.length > 0 || i === 0)).toBe(true);
    expect(parts.slice(-2).flat()).toEqual(STEPS);
  });
});
