import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { resolveSettings } from '../../src/settings/settings.ts';
import { findCells } from '../support/cells.ts';
import { courseBuiltOnce } from '../support/course.ts';
import { sharedPorts } from '../support/shared-browser.ts';
import { compareWithLive, FULL_SIZE_DENSITY, MOST_DIFFERENT } from '../support/truth.ts';

/** Large capitals, line heights of its own, pictures bounded by percentages of what holds them, and a band along the foot. */
const harbour = `
html, .reveal-viewport { background: #fcfbf7 }
.reveal { font: 30px Lato, sans-serif; color: #30363c }
.reveal::after { content: "Harbour class"; position: absolute; left: 0; bottom: 0; width: 100%; height: 24px; padding-left: 12px; box-sizing: border-box; font-size: 14px; line-height: 24px; text-align: left; background: #114b8a; color: #ffffff; z-index: 5 }
.reveal .slides > section, .reveal .slides > section > section { line-height: 1.5; font-weight: inherit }
.reveal .slides > section.stack { padding: 0 }
.reveal .slides section:first-child h1 { color: #a3341f }
.reveal h1, .reveal h2, .reveal h3 { margin: 0 0 18px; font-family: Lora, serif; line-height: 1.1; text-transform: uppercase }
.reveal h1 { font-size: 1.9em }
.reveal h2 { font-size: 1.6em }
.reveal img { max-width: 92%; max-height: 90% }
.reveal section img { margin: 12px 0; border: 0 }
.reveal ul, .reveal ol { display: inline-block; margin: 0 0 0 1em; text-align: left; list-style-position: inside }
.reveal ul ul { display: block; margin-left: 36px }
.reveal pre { width: 88%; margin: 16px auto; font-size: 0.55em; line-height: 1.2 }
.reveal pre code { max-height: 380px; padding: 8px; overflow: auto }
.reveal blockquote { width: 64%; margin: 16px auto; font-style: italic; background: #f0ece0 }
.reveal .slide-number a { text-decoration: none }
@media print { body { background: #ff00ff } }
`;

/** Sections as grids that fill their slide, and decoration on whatever is around them. */
const chart = `
:root { --gutter: 4% }
body.reveal-viewport { background: #f2f6f4 }
body::before { content: ""; position: absolute; inset: 0 0 auto; height: 18px; background: #d9a441 }
.reveal { font: 28px/1.35 Lora, serif; color: #22332c }
.reveal .slides::before { content: "Chart room"; position: absolute; right: 0; top: 20px; font: 14px Lato, sans-serif; color: #55675f }
.reveal .backgrounds::after { content: ""; position: absolute; left: 0; bottom: 0; width: 100%; height: 24px; background: #1f5c46 }
.reveal .slides section:not(.stack) { display: grid !important; grid-template-columns: 36% 1fr; column-gap: var(--gutter); align-content: center; height: 100%; text-align: left }
.reveal section > h1, .reveal section > h2 { grid-column: 1 / -1; margin: 0 0 24px; padding-bottom: 8px; border-bottom: 1px solid #9db3a8; font-size: 1.7em }
.reveal .slides > section > section:nth-child(even) h2 { color: #1f5c46; border-bottom-style: dashed }
.reveal section > p { margin: 0; align-self: center }
.reveal img { display: block; width: 75%; margin: 0 auto; border: 1px solid #9db3a8 }
.reveal pre { grid-column: 1 / -1; width: 100%; margin: 0; font-size: 0.6em }
.reveal pre code { padding: 12px }
.reveal ul { margin: 0; padding-left: 1.2em; line-height: 1.8 }
.reveal .slide-number { left: 12px; right: auto; background: none; color: #1f5c46 }
.reveal .slide-number a { text-decoration: none }
@media print { .reveal .slides section { display: block !important } }
`;

const lesson = (theme: string): string =>
  `---\ntheme: ${theme}\nrevealOptions: {width: 1000, height: 600, center: ${theme === 'harbour'}}\n---\n\n${[
    '# Lines and knots',
    '## Tide table\n\n![a tile](img/tile.png)\n\n----\n\n# Bends\n\n- Sheet bend\n  - to join two ropes\n- Carrick bend\n\n----\n\n## Hitches\n\n- Clove\n- Rolling',
    '## Code\n\n<!-- .slide: data-cheatsheet="keep" -->\n\n```js\nfor (const rope of ropes) coil(rope);\nstow();\n```',
    '## Said\n\n> A rope is a line that has something to do.',
    '# Last\n\nwords',
  ].join('\n\n---\n\n')}\n`;

const DECKS = [
  ['harbour', 'Harbour class', '#114b8a'],
  ['chart', 'Chart room', '#1f5c46'],
] as const;

const course = courseBuiltOnce(
  { decks: DECKS.map(([name]) => `${name}.md`) },
  {
    'static/css/harbour.css': harbour,
    'static/css/chart.css': chart,
    ...Object.fromEntries(DECKS.map(([name]) => [`${name}.md`, lesson(name)])),
  },
);

describe.each(DECKS)('a deck with a theme of its course, %s,', (name, marker, band) => {
  const path = `${name}.md`;

  test('is built without a word of complaint', () => {
    const complaints = course.deck(path).diagnostics.filter(({ severity }) => severity !== 'info');
    expect(complaints).toEqual([]);
    expect(course.deck(path).outputs.map(({ status }) => status)).toEqual([
      'complete',
      'complete',
      'complete',
    ]);
  });

  test('looks in its slides as it does on the screen', async () => {
    const [deckFile, pdf] = [
      join(course.folder, path),
      join(course.folder, `output/${name}/${name}-slides.pdf`),
    ];
    const settings = resolveSettings({ flags: { offline: true }, env: {} });
    const folder = join(course.folder, 'differences');
    const slides = await compareWithLive(deckFile, pdf, settings, sharedPorts(), folder, FULL_SIZE_DENSITY);
    expect(slides).toHaveLength(7);
    for (const { isComparable, share, blemishes } of slides) {
      expect(isComparable).toBe(true);
      expect(share).toBeLessThan(MOST_DIFFERENT);
      expect(blemishes).toEqual([]);
    }
  });

  test('has the band of its theme at the foot of every page, and of every cell', async () => {
    const slides = await course.layout(path);
    for (const i of slides.keys()) {
      const page = await course.painted(path, i + 1);
      expect([0.3, 0.8].map((x) => page.colorAt(x, 0.985))).toEqual([band, band]);
    }
    const cells = findCells(slides, await course.layout(path, 'handout'), marker);
    for (const { index, left, top, width } of cells) {
      const sheet = await course.painted(path, index + 1, 'handout');
      const [x, y] = [left + width * 0.5, top + width * 0.6 * 0.985];
      expect(sheet.colorAt(x / sheet.width, y / sheet.height)).toBe(band);
    }
  });

  test('knows nothing of printing', async () => {
    for (let page = 1; page <= 7; page++)
      expect((await course.painted(path, page)).colorAt(0.01, 0.5)).not.toBe('#ff00ff');
  });
});
