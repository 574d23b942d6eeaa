import { existsSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { courseBuiltOnce, fold } from '../support/course.ts';

const course = courseBuiltOnce(
  {
    only: 'cheatsheet',
    decks: [
      'decks/summary.md',
      'decks/marked.md',
      'decks/by-rule.md',
      'decks/bare.md',
      'decks/code.md',
    ].concat('variants'),
  },
  {
    'variants/french.md':
      '# Cours\n\n```sh\nnon\n```\n\n---\n\n## Aide-mémoire\n\n----\n\n## Oui\n\n- point retenu\n',
    'variants/not-a-summary.md':
      '# Assumed summaryless\n\n```sh\nkept\n```\n\nand this <!-- .element: data-cheatsheet="keep" -->\n\n---\n\n# Resumption\n\n- left out\n',
    'variants/pictured.md':
      '<!-- .slide: data-cheatsheet -->\n\n## Pictured\n\n![kite](../img/photo.png)\n\n---\n\n<!-- .slide: data-cheatsheet -->\n\n## Again\n\n![kite](../img/photo.png)\n\n![gone](../img/gone.png)\n',
    'variants/long.md': `<!-- .slide: data-cheatsheet -->\n\n## Long\n\n${Array.from({ length: 400 }, (_, i) => `- entry-${i}-end of many`).join('\n')}\n`,
    'variants/hidden.md':
      '# Shown\n\ntext\n\n---\n\n<!-- .slide: data-cheatsheet data-visibility="hidden" -->\n\n## Hidden\n\nunseen\n',
    'variants/chosen.md':
      '---\ntitle: Chosen\ncheatsheet:\n  take: [ropes, 1.10]\n  leave:\n    - Knits\n---\n\n# Ropes\n\n```sh\nrope\n```\n\n---\n\n# Knots\n\n```sh\nknot\n```\n\n---\n\n# 1.10\n\n```sh\nnumber\n```\n',
    'variants/items.md':
      '# Points\n\n- first point\n- second point <!-- .element: data-cheatsheet -->\n- third point\n\n## Below <!-- .element: data-cheatsheet -->\n\nprose below\n\n### Deeper\n\ndeeper prose\n\n## Beside\n\nprose beside\n',
    'variants/html.md':
      '<!-- .slide: data-cheatsheet -->\n\n# Bare\n\n<div>words in a box <b>and bold ones</b><p>a paragraph</p>words behind it</div>\n\n<details><summary>what is folded</summary>\n\nfolded away\n\n</details>\n\n<ol start="7"><li>seventh</li><li><strong>Eighth</strong>: defined</li><li>ninth</li></ol>\n',
    'variants/noted.md': '<!-- .slide: data-cheatsheet -->\n\n## Noted\n\nseen\n\nNote:\n\nunseen\n',
    'variants/wide.md': `# W\n\n<!-- .slide: data-cheatsheet="keep" -->\n\n\`\`\`sh\n${'--option=value '.repeat(30)}\n\`\`\`\n\n| a | ${'b | '.repeat(11)}\n|${'---|'.repeat(12)}\n| https://example.org/${'x'.repeat(120)} | ${'cell | '.repeat(11)}\n`,
  },
);

async function textOf(path: string): Promise<string> {
  return (await course.pages(path, 'cheatsheet')).map((page) => page.text).join('\n');
}

const times = (text: string, words: string): number => text.split(words).length - 1;

describe('a cheatsheet', () => {
  test('has the slides that are marked, and no other', async () => {
    const text = await textOf('decks/marked.md');
    expect(text).toContain('Tie the line to the upper point in light wind.');
    expect(text).not.toMatch(/Opening words|Not for the sheet|Named like a summary/);
  });

  test('has an element that is marked, without the rest of its slide', async () => {
    const text = await textOf('decks/marked.md');
    expect(text).toContain('Only this sentence is kept.');
    expect(text).not.toContain('Left out of it.');
  });

  test('without marks is the stack that is titled for it', async () => {
    const text = await textOf('decks/summary.md');
    for (const kept of ['tie --knot bowline', 'tie --undo', 'Pull the working end.'])
      expect(times(text, kept)).toBe(1);
    expect(text).not.toMatch(/larks-head|70 %/);
  });

  test('knows such titles in other languages', async () => {
    const text = await textOf('variants/french.md');
    expect(text).toContain('point retenu');
    expect(text).not.toContain('non');
  });

  test('takes no word for another that begins like it', async () => {
    const text = await textOf('variants/not-a-summary.md');
    expect(text).toContain('kept');
    expect(text).not.toContain('left out');
  });

  test('without marks or such a title has code, tables and definitions by section', async () => {
    const text = await textOf('decks/by-rule.md');
    const order = ['Winds', 'Beaufort', '3 gentle', 'Words', 'Luff: the leading edge', 'Keel'];
    const places = order.map((words) => text.indexOf(words));
    expect(places).toEqual([...places].sort((a, b) => a - b));
    expect(Math.min(...places)).toBeGreaterThanOrEqual(0);
  });

  test('made by that rule has no prose', async () => {
    expect(await textOf('decks/by-rule.md')).not.toMatch(/Prose stays away|Ordinary sentence|ordinary point/);
  });

  test('has no block twice', async () => {
    expect(times(await textOf('decks/by-rule.md'), 'same block twice')).toBe(1);
  });

  test('has no heading twice in a row', async () => {
    expect(times(await textOf('decks/marked.md'), 'Rigging')).toBe(1);
  });

  test('has the sections that the front matter takes', async () => {
    const text = await textOf('variants/chosen.md');
    expect(text).toMatch(/rope[\s\S]*number/);
    expect(text).not.toContain('knot');
  });

  test('names a section of the front matter that is not there, with its line and what it may mean', () => {
    expect(course.diagnostics('variants/chosen.md', 'CHEATSHEET_SECTION_UNKNOWN')).toMatchObject([
      { line: 6, message: expect.stringContaining('Knits'), hint: expect.stringContaining('Knots') },
    ]);
  });

  test('has a marked list item, and the content below a marked heading', async () => {
    const text = await textOf('variants/items.md');
    for (const kept of ['second point', 'prose below', 'deeper prose']) expect(text).toContain(kept);
    expect(text).not.toMatch(/first point|third point|prose beside/);
  });

  test('has words that stand in no paragraph', async () => {
    const text = await textOf('variants/html.md');
    for (const words of [
      'words in a box and bold ones',
      'a paragraph',
      'words behind it',
      'what is folded',
      'folded away',
    ])
      expect(times(text, words)).toBe(1);
  });

  test('continues numbering after an item that is a separate block', async () => {
    const text = fold(await textOf('variants/html.md'));
    expect(text).toContain('7.seventh8.Eighth:defined9.ninth');
  });

  test('has a picture once, whole and inside the page', async () => {
    const [page] = await course.layout('variants/pictured.md', 'cheatsheet');
    expect(page?.pictures).toHaveLength(1);
    const [picture] = page?.pictures ?? [];
    expect(picture?.left).toBeGreaterThan(0);
    expect(picture?.right).toBeLessThan(page?.width ?? 0);
    const shape =
      ((picture?.right ?? 0) - (picture?.left ?? 0)) / ((picture?.bottom ?? 0) - (picture?.top ?? 0));
    expect(shape).toBeCloseTo(16 / 9, 1);
  });

  test('has the description of a missing image', async () => {
    expect(await textOf('variants/pictured.md')).toContain('gone');
  });

  test('has no hidden slide and no speaker notes', async () => {
    expect(await textOf('variants/noted.md')).not.toContain('unseen');
    expect(course.deck('variants/hidden.md').outputs).toEqual([]);
  });

  test('has every line of the code, in order', async () => {
    const lines = Array.from({ length: 60 }, (_, i) => fold(`lift(${String(i + 1).padStart(2, '0')})`));
    const text = fold(await textOf('decks/code.md'));
    expect([...text.matchAll(/lift\(\d+\)/g)].map(([line]) => line)).toEqual(lines);
  });

  test('has every line of code that had a height of its own on the slide', async () => {
    expect(fold(await textOf('decks/code.md'))).toContain('scrollerrow12scrollerlast');
  });

  test('begins on its first page', async () => {
    const [first] = await course.pages('decks/code.md', 'cheatsheet');
    expect(first?.text).toContain('step_01');
  });

  test('longer than a page loses nothing', async () => {
    const text = await textOf('variants/long.md');
    const found = new Set(text.match(/entry-\d+-end/g));
    expect(found.size).toBe(400);
  });

  test('is set in several columns', async () => {
    const [page] = await course.layout('variants/long.md', 'cheatsheet');
    const starts = new Set(
      page?.texts.filter(({ text }) => text.includes('entry-')).map(({ left }) => Math.round(left)),
    );
    expect(starts.size).toBeGreaterThanOrEqual(3);
  });

  test('keeps all text inside its pages', async () => {
    for (const path of ['variants/wide.md', 'variants/long.md', 'decks/code.md']) {
      for (const { texts, width, height } of await course.layout(path, 'cheatsheet')) {
        const tooFar = texts.filter(
          (one) => one.left < 0 || one.top < 0 || one.right > width || one.bottom > height,
        );
        expect(tooFar).toEqual([]);
      }
    }
  });

  test('wraps long lines and addresses and loses none of them', async () => {
    const text = fold(await textOf('variants/wide.md'));
    expect(times(text, '--option=value')).toBe(30);
    expect(times(text, 'x')).toBe(121);
    expect(times(text, 'cell')).toBe(11);
  });

  test('with nothing on it is not written, which is said', () => {
    expect(course.deck('decks/bare.md').outputs).toEqual([]);
    expect(existsSync(join(course.folder, 'output/bare/bare-cheatsheet.pdf'))).toBe(false);
    expect(course.diagnostics('decks/bare.md', 'CHEATSHEET_EMPTY')).toMatchObject([
      { severity: 'warning', hint: expect.stringContaining('data-cheatsheet') },
    ]);
  });
});
