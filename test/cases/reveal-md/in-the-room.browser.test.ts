import { describe, expect, test } from 'vitest';
import { runCase } from '../../support/case-run.ts';
import { fold } from '../../support/course.ts';

const SLIDES = ['slides.md', '--only', 'slides'];

describe('a link to a heading', () => {
  test('by the id that reveal.js 4 gave it leads there', async () => {
    const deck =
      '[a](#set-up--run) [b](#/same-1) [c](#/given)\n\n---\n\n# Set up & run\n\n---\n\n## Same\n\n## Same\n\n---\n\n<h2 id="given">Given</h2>\n';
    const run = await runCase({ 'slides.md': deck }, SLIDES);
    expect(run.diagnostics).toEqual([]);
    expect((await run.pages())[0]?.jumps).toEqual([1, 2, 3]);
  });

  test('of another deck leads to its slide', async () => {
    const files = { 'a.md': '[there](b.md#over-there)\n', 'b.md': '# B\n\n---\n\n# Over there\n' };
    const run = await runCase(files, ['a.md', 'b.md', '--only', 'slides']);
    expect(run.diagnostics).toEqual([]);
    expect((await run.pages('slides', 0))[0]?.links).toEqual(['../b/b-slides.pdf#/1/0']);
  });
});

describe('pdfSeparateFragments', () => {
  const deck = (says: string): string =>
    `---\nrevealOptions: {${says}}\n---\n\n# One\n\n- a <!-- .element: class="fragment" -->\n- b <!-- .element: class="fragment" -->\n`;

  test.each([
    ['pdfSeparateFragments: true', [], 3],
    ['pdfSeparateFragments: false', [], 1],
    ['center: true', [], 1],
    ['pdfSeparateFragments: true', ['--fragments', 'final'], 1],
    ['pdfSeparateFragments: false', ['--fragments', 'steps'], 3],
  ])('(%s) with %j gives %i pages', async (says, flags, count) => {
    const run = await runCase({ 'slides.md': deck(says) }, [...SLIDES, ...flags]);
    expect(await run.pages()).toHaveLength(count);
  });
});

describe('a formula', () => {
  test('may have spaces at its dollars, where it looks like one', async () => {
    const deck =
      'For $ x \\in A $ and $x_1 $ and $ a = b$.\n\n---\n\nFrom $5 to $ 10, or $ 20 for two; $5 and $10.\n';
    const run = await runCase({ 'slides.md': deck }, SLIDES);
    expect(run.diagnostics).toEqual([]);
    const [first, second] = await run.pages();
    expect(fold(first?.text ?? '')).not.toContain('$');
    expect(fold(first?.text ?? '')).toContain('∈');
    expect(fold(second?.text ?? '')).toContain('From$5to$10,or$20fortwo;$5and$10.');
  });

  test('that stays as it is written is a warning with its line', async () => {
    const deck =
      'So $x^2$.\n\nSee \\eqref{nobody}.\n\n---\n\nAlso $y^2$\n\n\\begin{tabular}{l} a \\end{tabular}\n';
    const run = await runCase({ 'slides.md': deck }, SLIDES);
    expect(run.diagnostics.map(({ code, line, slide }) => [code, line, slide])).toEqual([
      ['MATH_INVALID', 3, '1'],
      ['MATH_INVALID', 9, '2'],
    ]);
    expect(fold((await run.pages())[0]?.text ?? '')).toContain('\\eqref{nobody}');
  });
});
