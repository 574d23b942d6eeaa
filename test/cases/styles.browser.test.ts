import { describe, expect, test } from 'vitest';
import { courseBuiltOnce, fold } from '../support/course.ts';

const head = (more: string): string => `---\ntheme: white\n${more}\n---\n\n`;
const wide = 'revealOptions: {width: 1000, height: 500, slideNumber: false}';

const parts = `<svg width="0" height="0"><defs><symbol id="buoy" viewBox="0 0 10 10"><rect width="10" height="10"/></symbol><linearGradient id="dusk"><stop stop-color="#0000ff"/></linearGradient></defs></svg>

<style>.reveal h2 { color: #ff0000 !important; }</style>

# First

---

## Second

<svg width="200" height="200"><use href="#buoy" fill="url(#dusk)"/></svg>

---

## Third

<svg width="200" height="200"><use href="signs.svg#mark" fill="#ff00ff"/></svg>`;

const shapes = `<svg width="0" height="0"><defs><pattern id="weave" width="10" height="10" patternUnits="userSpaceOnUse"><rect width="10" height="10" fill="#00aa00"/></pattern><clipPath id="left"><rect width="100" height="200"/></clipPath><marker id="tip" viewBox="0 0 10 10" refX="5" refY="5" markerWidth="10" markerHeight="10"><rect width="10" height="10" fill="#ff8800"/></marker></defs></svg>

# First

---

<svg width="200" height="200"><rect width="200" height="200" fill="url(#weave)"/></svg>

---

<svg width="200" height="200"><circle cx="100" cy="100" r="90" fill="#0000ff" clip-path="url(#left)"/></svg>

---

<svg width="200" height="200"><path d="M0 100H100" stroke="#000" stroke-width="4" marker-end="url(#tip)"/></svg>`;

const files = {
  'state.md': `${head(`css: state.css\n${wide}`)}<!-- .slide: data-state="warm tall" -->\n\n# A\n\n---\n\n# B\n`,
  'state.css':
    '.reveal-viewport.warm { background: #ffcc00 !important } body.tall .reveal .slides h1 { text-align: left }',
  'beside.md': `${head(`css: beside.css\n${wide}`)}# A\n\n---\n\n<!-- .slide: data-background-color="#00ff00" -->\n\n# B\n`,
  'beside.css':
    '.reveal::before { content: "Harbour office"; position: absolute; left: 8px; top: 8px; font-size: 20px } body::after { content: ""; position: fixed; right: 0; bottom: 0; width: 10vw; height: 10vh; background: #ff00ff; z-index: 9 } .backgrounds::after { content: ""; position: absolute; left: 0; bottom: 0; width: 5%; height: 10%; z-index: 9; background: #0000ff }',
  'window.md': `${head(`css: window.css\n${wide.replace('}', ', center: false}')}`)}<div class="bar"></div>\n`,
  'window.css':
    '.bar { position: absolute; left: 0; top: 0; width: 25vw; height: 40vh; background: #ff0000 } @media (max-width: 900px) { .bar { background: #00ff00 } } @media print { .bar { background: #0000ff } }',
  'own.md': `${head(`css: own.css\n${wide}`)}# A\n\nwords\n\n---\n\n# B\n\n----\n\n# C\n`,
  'own.css':
    '.reveal .slides section { top: 40px !important; height: 300px; text-align: left; border-left: 20px solid #008800 } .reveal .slides > section > h1 { color: #ff0000 } .reveal .slides > section.stack > section > h1 { color: #0000ff } .reveal .slides > section + section h1::before { content: "§ " } @media print { @page { size: A5; margin: 3cm } } @page { size: 200mm 100mm }',
  'ruled.md': `${head(wide)}<style>\n@page { size: A4 landscape; margin: 0 }\n</style>\n\n# A\n`,
  'shapes.md': `${head(wide)}<!-- .slide: data-handout="skip" -->\n\n${shapes}\n`,
  'parts.md': `${head(wide)}<!-- .slide: data-handout="skip" -->\n\n${parts}\n`,
  'signs.svg':
    '<svg xmlns="http://www.w3.org/2000/svg"><script>document.documentElement.remove()</script><symbol id="mark" viewBox="0 0 10 10"><rect width="10" height="10"/></symbol></svg>',
};

const NAMES = ['state.md', 'beside.md', 'window.md', 'own.md', 'ruled.md', 'parts.md', 'shapes.md'];
const course = courseBuiltOnce({ only: ['slides', 'handout'], decks: NAMES }, files);
const chosen = courseBuiltOnce({ only: 'slides', decks: ['parts.md'], slides: '2,3' }, files);
const shaped = courseBuiltOnce({ only: 'slides', decks: ['shapes.md'], slides: '2-4' }, files);

/** At a point of a page, in fractions of its width and height. */
async function color(path: string, page: number, x: number, y: number): Promise<string> {
  return (await course.painted(path, page)).colorAt(x, y);
}

describe('the styles of a deck', () => {
  test('that hang on the state of a slide are on its page, and on no other', async () => {
    expect(await color('state.md', 1, 0.9, 0.9)).toBe('#ffcc00');
    expect(await color('state.md', 2, 0.9, 0.9)).toBe('#ffffff');
    const [first, second] = await course.layout('state.md');
    expect(first?.texts[0]?.left).toBeLessThan(60);
    expect(second?.texts[0]?.left).toBeGreaterThan(400);
  });

  test('put content next to the slides onto each page', async () => {
    for (const i of [0, 1]) {
      const page = await course.painted('beside.md', i + 1);
      expect(fold(page.texts.map(({ text }) => text).join(''))).toContain('Harbouroffice');
      expect(page.colorAt(0.97, 0.95)).toBe('#ff00ff');
      expect(page.colorAt(0.02, 0.95)).toBe('#0000ff');
      expect(page.colorAt(0.5, 0.1)).toBe(['#ffffff', '#00ff00'][i]);
    }
    expect(
      fold((await course.pages('beside.md', 'handout'))[0]?.text ?? '').split('Harbouroffice'),
    ).toHaveLength(3);
  });

  test('measure in the window of the presentation, and know the screen only', async () => {
    // reveal.js leaves a margin of 4 %: 250 × 200 px are 240 × 192.
    expect(await color('window.md', 1, 0.25, 0.4)).toBe('#ff0000');
    expect(await color('window.md', 1, 0.27, 0.4)).toBe('#ffffff');
    expect(await color('window.md', 1, 0.1, 0.43)).toBe('#ffffff');
    expect(await color('window.md', 1, 0.1, 0.39)).toBe('#ff0000');
  });

  test('lay out sections as they like', async () => {
    const pages = await Promise.all([1, 2, 3].map((number) => course.painted('own.md', number)));
    expect(await course.pages('own.md')).toHaveLength(3);
    for (const page of pages) {
      expect([page.width, page.height].map(Math.round)).toEqual([1000, 500]);
      expect(page.colorAt(0.029, 0.5)).toBe('#008800');
    }
    const words = pages.map(({ texts }) => fold(texts.map(({ text }) => text).join('')));
    expect(words).toEqual(['Awords', '§B', '§C']);
  });

  test('do not say how large a page is, wherever they stand', async () => {
    const [page] = await course.layout('ruled.md');
    expect([page?.width, page?.height].map((px) => Math.round(px ?? 0))).toEqual([1000, 500]);
    expect(await course.pages('ruled.md')).toHaveLength(1);
    const [sheet] = await course.pages('ruled.md', 'handout');
    expect((sheet?.widthPt ?? 0) < (sheet?.heightPt ?? 0)).toBe(true);
  });

  test('leave the paper of a handout alone', async () => {
    const [page] = await course.pages('own.md', 'handout');
    expect([page?.widthPt, page?.heightPt].map((pt) => Math.round((pt ?? 0) / 10))).toEqual([59, 84]);
  });
});

describe('what a slide defines for others', () => {
  test('holds where that slide is left out', async () => {
    const pages = await chosen.layout('parts.md');
    expect(pages).toHaveLength(2);
    expect((await chosen.painted('parts.md', 1)).colorAt(0.5, 0.6)).toBe('#0000ff');
    expect(fold(pages[0]?.texts.map(({ text }) => text).join('') ?? '').toLowerCase()).toBe('second');
  });

  test('may be patterns, clips and ends of lines', async () => {
    for (const [built, first] of [
      [course, 2],
      [shaped, 1],
    ] as const) {
      const pages = await Promise.all([0, 1, 2].map((i) => built.painted('shapes.md', first + i)));
      expect(pages[0]?.colorAt(0.5, 0.5)).toBe('#00aa00');
      // Half of the disc is left, to the left of the middle.
      expect([0.45, 0.55].map((x) => pages[1]?.colorAt(x, 0.5))).toEqual(['#0000ff', '#ffffff']);
      expect(pages[2]?.colorAt(0.5, 0.5)).toBe('#ff8800');
    }
  });

  test('holds in a handout that skips the slide', async () => {
    const sheet = await course.painted('parts.md', 1, 'handout');
    const found = new Set<string>();
    for (let x = 0.02; x < 1; x += 0.01)
      for (let y = 0.02; y < 0.4; y += 0.005) found.add(sheet.colorAt(x, y));
    expect(found).toContain('#0000ff');
    expect(found).toContain('#ff00ff');
  });

  test('may be in a file, of which no script runs', async () => {
    expect(await color('parts.md', 3, 0.5, 0.6)).toBe('#ff00ff');
    expect(course.diagnostics('parts.md', 'RESOURCE_BLOCKED')).toEqual([]);
  });
});
