import { describe, expect, test } from 'vitest';
import { courseBuiltOnce } from '../support/course.ts';
import type { PdfLayout, PlacedBox } from '../support/pdf-layout.ts';

const points = (count: number, height: number, name = 'point'): string =>
  Array.from(
    { length: count },
    (_, i) =>
      `<p style="height: ${height}px; margin: 0">${name}${i + 1}</p><!-- .element: class="fragment" -->`,
  ).join('\n\n');

const cells = (row: string): string =>
  `| ${Array.from({ length: 14 }, (_, i) => `${row}number${i}`).join(' | ')} |`;

const deck = (...slides: string[]): string => `---\ntheme: white\n---\n\n${slides.join('\n\n---\n\n')}\n`;

const stepped = courseBuiltOnce(
  { only: 'slides', decks: ['growing.md', 'growing-code.md'], fragments: 'steps' },
  {
    'growing.md': deck(`## Anchor\n\n${points(5, 170)}`, `## Small\n\n${points(2, 40, 'other')}`),
    'growing-code.md': deck(
      `## Anchor\n\n<p class="fragment">early</p>\n\n<pre class="fragment"><code class="language-js">${'call();\n'.repeat(30)}</code></pre>`,
    ),
  },
);

const tables = courseBuiltOnce(
  { only: 'slides', decks: ['wide.md'] },
  { 'wide.md': deck(`## Anchor\n\n${cells('a')}\n${cells('-').replaceAll(/[^|]+/g, '---')}\n${cells('b')}`) },
);

/** The box of a word on each page that has it. */
function boxesOf(pages: readonly PdfLayout[], word: string): PlacedBox[] {
  return pages.flatMap(({ texts }) => texts.filter(({ text }) => text.toLowerCase() === word).slice(0, 1));
}

const rounded = ({ left, top, right, bottom }: PlacedBox): string =>
  [left, top, right, bottom].map(Math.round).join(' ');

describe('the steps of a slide that is too much for its page', () => {
  test('have its heading in one place and size', async () => {
    const pages = await stepped.layout('growing.md');
    const places = boxesOf(pages, 'anchor').map(rounded);
    expect(places).toHaveLength(6);
    expect(new Set(places).size).toBe(1);
  });

  test('have each point where it was when it came', async () => {
    const pages = await stepped.layout('growing.md');
    const places = boxesOf(pages, 'point1').map(rounded);
    expect(places).toHaveLength(5);
    expect(new Set(places).size).toBe(1);
  });

  test('leave other slides as they are', async () => {
    const [small] = boxesOf(await stepped.layout('growing.md'), 'small');
    const [anchor] = boxesOf(await stepped.layout('growing.md'), 'anchor');
    const tall = (box?: PlacedBox): number => (box ? box.bottom - box.top : 0);
    expect(tall(anchor)).toBeLessThan(0.95 * tall(small));
  });

  test('are alike when only the last one has what is too tall', async () => {
    const pages = await stepped.layout('growing-code.md');
    const places = boxesOf(pages, 'anchor').map(rounded);
    expect(places.length).toBeGreaterThanOrEqual(3);
    expect(new Set(places).size).toBe(1);
  });
});

describe('a table that is wider than its slide', () => {
  test('is centered below its heading', async () => {
    const [page] = await tables.layout('wide.md');
    const [heading] = boxesOf(page ? [page] : [], 'anchor');
    const middle = ((heading?.left ?? 0) + (heading?.right ?? 0)) / 2;
    const columns = (page?.texts ?? []).filter(({ text }) => text.includes('number'));
    expect(columns).toHaveLength(28);
    const ends = [
      Math.min(...columns.map(({ left }) => left)),
      Math.max(...columns.map(({ right }) => right)),
    ];
    expect(Math.abs(middle - (page?.width ?? 0) / 2)).toBeLessThan(4);
    expect(Math.abs(((ends[0] ?? 0) + (ends[1] ?? 0)) / 2 - middle)).toBeLessThan(12);
  });
});
