import type { RecordedCourse } from './courses.ts';

export const NAMES = 'variants/names.md';
export const STEPS = 'variants/steps.md';
export const DOWN = 'variants/down.md';
export const COUNTED = 'variants/counted.md';
const CJK = '这是一个没有标题的幻灯片'.repeat(10);

/** Each slide, and what the outline calls it. */
export const NAMED_SLIDES: readonly (readonly [name: string, markdown: string])[] = [
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

/** Decks whose slides have all kinds of names and numbers, with a page for each step. */
export const OUTLINED: RecordedCourse = {
  name: 'outlined',
  config: { decks: [NAMES, STEPS, DOWN, COUNTED], only: ['slides'], fragments: 'steps' },
  files: {
    [NAMES]: `---\ntheme: black\n---\n\n${NAMED_SLIDES.map(([, markdown]) => markdown).join('\n\n---\n\n')}\n`,
    [STEPS]:
      '# One\n\n- a <!-- .element: class="fragment" -->\n- b <!-- .element: class="fragment" -->\n\n---\n\n# Two\n\n----\n\n# Two\n',
    [DOWN]: '---\nrevealOptions: { slideNumber: true }\n---\n\n# A\n\n----\n\n# B\n',
    [COUNTED]:
      '---\nrevealOptions: { slideNumber: c/t }\n---\n\n# A\n\n---\n\n# B\n\n---\n\n<!-- .slide: data-visibility="uncounted" -->\n\n# C\n',
  },
};
