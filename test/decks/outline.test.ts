import { describe, expect, test } from 'vitest';
import { courseBuiltOnce } from '../support/course.ts';
import { readPageLabels } from '../support/pdf.ts';

const NAMES = 'variants/names.md';
const STEPS = 'variants/steps.md';
const DOWN = 'variants/down.md';
const COUNTED = 'variants/counted.md';
const CJK = '这是一个没有标题的幻灯片'.repeat(10);

/** Each slide, and what the outline calls it. */
const SLIDES: readonly (readonly [name: string, markdown: string])[] = [
  ['Two lines', '# Two<br>lines'],
  ['code stress & HTML 🎉', '# `code` *stress* &amp; <b>HTML</b> 🎉'],
  ['Donaudampfschiff', '# Donau&shy;dampf&shy;schiff'],
  ['The square of a2', '# The square of $a^2$'],
  ['A drawn title', '# ![A drawn title](../img/kite.svg)\n\nand words'],
  ['Second heading', '# <br>\n\n## Second heading'],
  ['in small letters', '<p style="text-transform:uppercase">in small letters</p>'],
  ['const a = 1; let b = 2;', '```js\nconst a = 1;\nlet b = 2;\n```'],
  ['E = m c 2', '$$E = mc^2$$'],
  ['A kite & its tail', '![A kite &amp; its tail](../img/kite.svg)'],
  ['How it goes', '```mermaid\ngraph TD\naccTitle: How it goes\nA[First] --> B[Second]\n```'],
  ['A bar', '<svg width="50" height="20" role="img" aria-label="A bar"><rect width="50" height="20"/></svg>'],
  ['What moves', '<iframe src="https://example.org/" title="What moves"></iframe>'],
  ['A table of kites', '<table><tr><td>A table</td><td>of kites</td></tr></table>'],
  [`${CJK.slice(0, 80)}…`, CJK],
  ['Slide 16', '<!-- .slide: data-background-color="#234" -->'],
  ['Slide 17', '![](../img/kite.svg)'],
];

const course = courseBuiltOnce(
  { decks: [NAMES, STEPS, DOWN, COUNTED], only: ['slides'], fragments: 'steps' },
  {
    [NAMES]: `---\ntheme: black\n---\n\n${SLIDES.map(([, markdown]) => markdown).join('\n\n---\n\n')}\n`,
    [STEPS]:
      '# One\n\n- a <!-- .element: class="fragment" -->\n- b <!-- .element: class="fragment" -->\n\n---\n\n# Two\n\n----\n\n# Two\n',
    [DOWN]: '---\nrevealOptions: { slideNumber: true }\n---\n\n# A\n\n----\n\n# B\n',
    [COUNTED]:
      '---\nrevealOptions: { slideNumber: c/t }\n---\n\n# A\n\n---\n\n# B\n\n---\n\n<!-- .slide: data-visibility="uncounted" -->\n\n# C\n',
  },
);

describe('the outline', () => {
  test.each(SLIDES.map(([name], i) => [name, i] as const))('calls a slide “%s”', async (name, i) => {
    expect((await course.outline(NAMES))[i]).toBe(name);
  });

  test('has the steps of a slide as one, and two slides with one title as two', async () => {
    expect(await course.outline(STEPS)).toEqual(['One', 'Two', '  Two']);
  });
});

test.each([
  [STEPS, ['1', '1 (2)', '1 (3)', '2.1', '2.2']],
  [DOWN, ['1', '2']],
  [COUNTED, ['1 / 2', '2 / 2', '2 / 2']],
])('pages are called what the deck shows: %s', async (deck, labels) => {
  expect(await readPageLabels(await course.bytes(deck))).toEqual(labels);
});
