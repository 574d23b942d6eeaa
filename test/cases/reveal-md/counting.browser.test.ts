import { describe, expect, test } from 'vitest';
import { runCase } from '../../support/case-run.ts';
import { fold } from '../../support/course.ts';

const SLIDES = ['slides.md', '--only', 'slides'];

describe('a slide with nothing on it', () => {
  const THREE = '# One\n\n---\n\n---\n\n# Three\n\n---\n';

  test('needs no paper, and is counted', async () => {
    const run = await runCase({ 'slides.md': THREE }, ['slides.md', '--only', 'slides,handout']);
    expect([run.code, run.diagnostics, run.notes]).toEqual([0, [], []]);
    expect(await run.words()).toEqual(['one1', 'three3']);
    const [sheet] = await run.pages('handout');
    expect(fold(sheet?.text ?? '')).toMatch(/1.*3/);
  });

  test('does not change which slide --slides 3 takes', async () => {
    const run = await runCase({ 'slides.md': THREE }, [...SLIDES, '--slides', '3']);
    expect([run.code, run.diagnostics, await run.words()]).toEqual([0, [], ['three3']]);
  });

  test('does not change where links lead, and has one itself that leads to the next slide', async () => {
    const links = '[a](#/2) [b](#/2/0) [c](#/1)';
    const run = await runCase({ 'slides.md': `${links}\n\n---\n\n---\n\n# Three\n` }, SLIDES);
    expect(run.diagnostics).toEqual([]);
    expect((await run.pages())[0]?.jumps).toEqual([1, 1, 1]);
  });

  test('has paper where the option says so', async () => {
    const run = await runCase({ 'slides.md': THREE }, [...SLIDES, '--blank-slides']);
    expect(await run.words()).toEqual(['one1', '2', 'three3', '4']);
  });

  test('counts in a stack, and among all slides', async () => {
    const deck =
      '---\nrevealOptions:\n  slideNumber: c/t\n---\n\n# One\n\n----\n\n\n\n----\n\n# Below\n\n---\n\n# Two\n';
    const run = await runCase({ 'slides.md': deck }, SLIDES);
    expect(await run.words()).toEqual(['one1/4', 'below3/4', 'two4/4']);
  });
});

describe('sections inside a slide', () => {
  test('are a stack', async () => {
    const deck =
      '# One\n\n---\n\n<section data-auto-animate>\n\n## Step\n\n</section>\n\n<section data-auto-animate>\n\n## Step\n\nmore text\n\n</section>\n\n---\n\n# Three\n';
    const run = await runCase({ 'slides.md': deck }, ['slides.md', '--only', 'slides,handout']);
    expect([run.code, run.diagnostics]).toEqual([0, []]);
    expect(await run.words()).toEqual(['one1', 'step2.1', 'stepmoretext2.2', 'three3']);
    expect((await run.outline()).map((line) => line.trim())).toEqual(['One', 'Step', 'Step', 'Three']);
    const report = await run.pages('handout');
    expect(fold(report.map(({ text }) => text).join(''))).toContain('2.2');
  });

  test('share the content next to them, and have ids that links lead to', async () => {
    const deck =
      '[down](#below) [there](#/1/1)\n\n---\n\n# Both\n\n<section>\n\nfirst\n\n</section>\n<section id="below">\n\nsecond\n\n</section>\n\nNote:\nsaid last\n\n---\n\n# Three\n';
    const run = await runCase({ 'slides.md': deck }, SLIDES);
    expect([run.code, run.diagnostics]).toEqual([0, []]);
    expect((await run.words()).slice(1)).toEqual(['bothfirst2.1', 'bothsecond2.2', 'three3']);
    expect((await run.pages())[0]?.jumps).toEqual([2, 2]);
  });

  test('stay parts of a slide that is itself in a stack', async () => {
    const deck = '# One\n\n----\n\n# Two\n\n<section>\n\nfirst\n\n</section>\n\n<section>second</section>\n';
    const run = await runCase({ 'slides.md': deck }, SLIDES);
    expect([run.code, run.diagnostics]).toEqual([0, []]);
    expect(await run.words()).toEqual(['one1', 'twofirstsecond2']);
  });

  test('may be hidden one by one', async () => {
    const deck =
      '<section>\n\n# A\n\n</section>\n<section data-visibility="hidden">\n\n# B\n\n</section>\n<section>\n\n# C\n\n</section>\n\n---\n\n# D\n';
    const run = await runCase({ 'slides.md': deck }, SLIDES);
    expect([run.code, run.diagnostics]).toEqual([0, []]);
    expect(await run.words()).toEqual(['a1.1', 'c1.2', 'd2']);
  });
});

describe('the number of a slide', () => {
  const deck = (options: string): string =>
    `---\nrevealOptions: {${options}}\n---\n\n# One\n\n---\n\n# Two\n\n----\n\n# Below\n`;

  test('is on its page, as on the page of reveal-md', async () => {
    const run = await runCase({ 'slides.md': '# One\n\n---\n\n# Two\n' }, SLIDES);
    expect(await run.words()).toEqual(['one1', 'two2']);
    const [page] = [await run.painted(1)];
    const number = page.texts.find(({ text }) => text === '1');
    expect(number?.left).toBeGreaterThan(page.width * 0.9);
    expect(number?.top).toBeGreaterThan(page.height * 0.9);
  });

  test.each([
    ['slideNumber: false', ['one', 'two', 'below']],
    ['slideNumber: c/t', ['one1/3', 'two2/3', 'below3/3']],
    ['slideNumber: h/v', ['one1', 'two2/1', 'below2/2']],
    ['slideNumber: true, showSlideNumber: speaker', ['one', 'two', 'below']],
    ['slideNumber: true, showSlideNumber: print', ['one1', 'two2.1', 'below2.2']],
  ])('is as %s says', async (options, words) => {
    const run = await runCase({ 'slides.md': deck(options) }, SLIDES);
    expect([run.code, run.diagnostics, await run.words()]).toEqual([0, [], words]);
  });
});

describe('the title of a deck', () => {
  test('is its first heading with entities decoded, in the file and in its bookmarks', async () => {
    const deck = '# Q&amp;A is&nbsp;here `a<b>`\n\ntext\n\n---\n\n# Two &copy;\n\n- item\n';
    const run = await runCase({ 'slides.md': deck }, SLIDES);
    expect(run.code).toBe(0);
    const plain = (text: string): string => text.replaceAll('\u00a0', ' ').trim();
    expect((await run.outline()).map(plain)).toEqual(['Q&A is here a<b>', 'Two ©']);
    expect(plain((await run.report()).decks[0]?.title ?? '')).toBe('Q&A is here a<b>');
  });

  test('may be an <h1>, and is not among the words of speaker notes', async () => {
    const deck =
      'words\n\nNote:\n# Said only\n\n---\n\n<h1 class="big">Tide &amp; <em>time</em></h1>\n\n---\n\n# Later\n';
    const run = await runCase({ 'slides.md': deck }, ['slides.md', '--only', 'slides,handout']);
    expect((await run.report()).decks[0]?.title).toBe('Tide & time');
    expect((await run.outline()).map((one) => one.trim())).toContain('Tide & time');
    expect((await run.pages('handout'))[0]?.text).toContain('Tide & time');
  });
});

describe('a border, padding or height that a theme gives to slides', () => {
  const six = (css: string): string =>
    `---\ncss: ${css}\n---\n\n${[1, 2, 3, 4, 5, 6]
      .map((n) => `${n === 2 ? '<!-- .slide: class="middle" -->\n\n' : ''}# Slide ${n}\n\ntext`)
      .join('\n\n---\n\n')}\n`;

  test.each([
    ['border', '.reveal .slides{border:1.5px solid gray}'],
    ['padding', '.reveal section{padding:20px 0}'],
    ['tall', '.reveal .middle{height:660px;display:flex;align-items:center}'],
    ['outline', '.reveal .slides > section{outline:2px solid red;min-height:100%;box-sizing:border-box}'],
  ])('(%s) adds no page', async (name, css) => {
    const run = await runCase({ 'slides.md': six(`${name}.css`), [`${name}.css`]: css }, SLIDES);
    expect([run.code, run.diagnostics]).toEqual([0, []]);
    expect(await run.words()).toEqual([1, 2, 3, 4, 5, 6].map((n) => `slide${n}text${n}`));
    const heading = (await run.painted(2)).texts.find(({ text }) => /slide/i.test(text));
    if (name === 'tall') expect(heading?.top).toBeLessThan(700 / 5);
  });
});
