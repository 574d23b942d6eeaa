import { describe, expect, test } from 'vitest';
import { courseBuiltOnce, fold } from '../support/course.ts';
import type { PdfLayout } from '../support/pdf-layout.ts';

const CODE = 'decks/code.md';
const WIDE = 'decks/wide.md';
const THINGS = 'decks/things.md';

const course = courseBuiltOnce(
  // What goes on on further pages has tests of its own.
  { only: 'slides', decks: [CODE, WIDE, THINGS, 'variants'], minScale: 0 },
  {
    'variants/nested.md': '# Before\n\n---\n\n## Torn\n\n<section>inner</section>\n\n---\n\n# Behind\n',
    'variants/film.md': '<!-- .slide: data-background-video="film.mp4" -->\n\n# Over a film\n',
    'variants/unclosed.md': '## Unclosed\n\n<div><b>bold\n\n---\n\n## Next\n\n</div></div></section>\n',
    'variants/address.md': `---\ntheme: white\n---\n\n## Addresses\n\n| where | what |\n|---|---|\n| https://example.org/${'part/'.repeat(40)} | x |\n`,
    'variants/fixed.md': '# First\n\n---\n\n# Second\n\n<p style="position:fixed;left:0;top:0">pinned</p>\n',
    'variants/top.md':
      '---\nrevealOptions:\n  center: false\n---\n\n## At the top\n\n---\n\n<!-- .slide: class="center" -->\n\n## In the middle\n',
    'variants/rtl.md':
      '---\nlang: ar\nrevealOptions:\n  rtl: true\n---\n\n## مرحبا\n\n- one\n- one that is longer\n',
  },
);

const numbered = (count: number, line: (i: number) => string): string[] =>
  Array.from({ length: count }, (_, i) => line(i + 1));

async function page(path: string, number: number): Promise<PdfLayout> {
  const found = (await course.layout(path))[number - 1];
  if (!found) throw new Error(`${path} has no page ${number}`);
  return found;
}

async function words(path: string, number: number): Promise<string> {
  return fold((await page(path, number)).texts.map(({ text }) => text).join(''));
}

/** Half a pixel is rounding, not loss. */
function outside({ texts, width, height }: PdfLayout): string[] {
  return texts
    .filter(
      (one) => one.left < -0.5 || one.top < -0.5 || one.right > width + 0.5 || one.bottom > height + 0.5,
    )
    .map(({ text }) => text);
}

describe('code', () => {
  test('of sixty lines shows every line, in order', async () => {
    const lines = numbered(60, (i) => {
      const n = String(i).padStart(2, '0');
      return fold(`step_${n} = lift(${n})  # row ${n}`);
    });
    expect(await words(CODE, 1)).toContain(lines.join(''));
  });

  test('with a long line wraps it and loses none of it', async () => {
    const name = numbered(40, (i) => `word${i}-`).join('');
    expect(await words(CODE, 2)).toContain(
      `dockerrun--rm--namebegin-${name}end--publish8080:80registry.example.org/kites/simulator:2.31`,
    );
  });

  test('that is walked through in steps is shown once and whole', async () => {
    const text = await words(CODE, 3);
    for (const line of ["const wind = 'steady';", 'const angle = 14;', 'const area = 0.8;'])
      expect(text.split(fold(line))).toHaveLength(2);
  });

  test.each(['FROM debian:12-slim', 'wind: { speed: 7, from: west }', 'plain words of no language'])(
    'in any language or none is printed: %s',
    async (line) => {
      expect(await words(CODE, 4)).toContain(fold(line));
    },
  );

  test('that is indented instead of fenced is printed', async () => {
    expect(await words(CODE, 4)).toContain('indentedbyfourblanks');
  });

  test('that looks like markup is text, character for character', async () => {
    const text = await words(CODE, 5);
    expect(text).toContain('<imgsrc="never-fetched.png"alt="onlytext">');
    expect(text).toContain('</textarea></section></script><!--notacomment-->');
    expect(text).toContain('<b>&amp;</b>');
  });

  test('that looks like a picture asks for none', () => {
    const codes = course.deck(CODE).diagnostics.map(({ code }) => code);
    expect(codes.filter((code) => code.startsWith('IMAGE_'))).toEqual([]);
  });

  test('in a box with a height and a scrollbar of its own shows every line', async () => {
    const rows = numbered(12, (i) => `scrollerrow${i}`).join('');
    expect(await words(CODE, 6)).toContain(`scrollerfirst${rows}scrollerlast`);
  });

  test('is coloured by the highlight style of the deck', async () => {
    const layout = await course.painted(CODE, 2);
    const command = layout.texts.find(({ text }) => text.includes('docker'));
    const x = (command?.right ?? 0) + 2;
    expect(layout.colorAt(x / layout.width, (command?.top ?? 0) / layout.height)).toBe('#272822');
  });
});

describe('what is too large for its page', () => {
  test.each([
    ['of code', CODE, 6],
    ['of wide and tall things', WIDE, 6],
    ['of all sorts of things', THINGS, 15],
  ])('leaves no text outside any page %s', async (_, path, count) => {
    const pages = await course.layout(path);
    expect(pages).toHaveLength(count);
    expect(pages.flatMap(outside)).toEqual([]);
  });

  test('as a wide table keeps its words in one piece', async () => {
    const texts = (await page(WIDE, 1)).texts.map(({ text }) => text.trim()).join(' ');
    for (const word of ['Wednesday', 'Gustiness', 'extraordinary', 'unobstructed', '19.125'])
      expect(texts).toContain(word);
  });

  test('as a long address in a table breaks the address rather than shrink the slide', async () => {
    expect(await words('variants/address.md', 1)).toContain(`https://example.org/${'part/'.repeat(40)}`);
    expect(course.diagnostics('variants/address.md', 'SLIDE_TINY')).toEqual([]);
  });

  test('as a long address shows all of it', async () => {
    const segments = numbered(24, (i) => `segment-${i}/`).join('');
    expect(await words(WIDE, 2)).toContain(`https://measurements.example.org/${segments}final.html`);
  });

  test('as a list of thirty points shows all of them', async () => {
    const points = numbered(30, (i) => `pointnumber${i}ofthirty`).join('');
    expect(await words(WIDE, 3)).toContain(points);
  });

  test('is reported with line, slide and scale', () => {
    const overflows = course.diagnostics(WIDE, 'SLIDE_OVERFLOW');
    expect(overflows.map(({ slide }) => slide)).toEqual(['1', '3', '5', '6']);
    expect(overflows[1]).toMatchObject({
      deck: WIDE,
      line: 23,
      severity: 'info',
      message: expect.stringMatching(/scaled to \d\d% \(0\.\d\d\)/),
    });
  });

  test('and hard to read then is a warning', () => {
    expect(course.diagnostics(WIDE, 'SLIDE_TINY')).toContainEqual(
      expect.objectContaining({ slide: '3', line: 23, severity: 'warning' }),
    );
  });

  test('because content outside of the slide is drawn, too', async () => {
    expect(await words(WIDE, 5)).toBe('leftofthepagerightofthepage5');
  });

  test('as a box with a scrollbar shows all that it holds', async () => {
    expect(await words(WIDE, 6)).toContain(numbered(12, (i) => `boxedline${i}`).join(''));
  });

  test('is not scaled where it fits', async () => {
    const heading = (await page(WIDE, 4)).texts.find(({ text }) => text === 'JUST ENOUGH');
    const scaled = (await page(WIDE, 3)).texts.find(({ text }) => text === 'TOO MUCH FOR ONE PAGE');
    const height = (box: typeof heading): number => (box?.bottom ?? 0) - (box?.top ?? 0);
    expect(height(heading)).toBeGreaterThan(2 * height(scaled));
  });
});

describe('math', () => {
  test('is set, with no dollar signs or backslashes left', async () => {
    const text = await words(THINGS, 1);
    expect(text).not.toMatch(/\$[^51]|\\|frac|int_/);
  });

  test('leaves sums of money alone', async () => {
    expect((await course.pages(THINGS))[0]?.text).toContain('$5 or $10 a metre');
  });

  test('keeps its symbols as text', async () => {
    const text = await words(THINGS, 1);
    for (const symbol of ['ρ', '∫', 'α', 'E=m']) expect(text).toContain(symbol);
  });
});

describe('reveal.js’s helpers', () => {
  test('r-stack lays its sheets over each other', async () => {
    const { texts } = await page(THINGS, 2);
    const [lower, upper] = ['lower sheet', 'upper sheet'].map((words) =>
      texts.find(({ text }) => text === words),
    );
    expect(lower).toBeDefined();
    expect(upper?.top).toBeCloseTo(lower?.top ?? Number.NaN, 0);
  });

  test('r-fit-text fills the width of the slide', async () => {
    const layout = await page(THINGS, 3);
    const big = layout.texts.find(({ text }) => text === 'BIG WORDS');
    expect((big?.right ?? 0) - (big?.left ?? 0)).toBeGreaterThan(layout.width * 0.6);
  });

  test('r-stretch gives a picture the room that is left, and keeps the caption on the page', async () => {
    const layout = await page(THINGS, 4);
    const [picture] = layout.pictures;
    const caption = layout.texts.find(({ text }) => text === 'caption below');
    expect((picture?.bottom ?? 0) - (picture?.top ?? 0)).toBeGreaterThan(layout.height * 0.5);
    expect(caption?.top).toBeGreaterThan(picture?.bottom ?? Number.NaN);
  });
});

describe('a background', () => {
  test('of one colour fills the page to its corners', async () => {
    const layout = await course.painted(THINGS, 5);
    const corners = [0, 1].flatMap((x) => [0, 1].map((y) => layout.colorAt(x, y)));
    expect(new Set(corners)).toEqual(new Set(['#0b7285']));
  });

  test('in the short form is a colour', async () => {
    expect((await course.painted(THINGS, 8)).colorAt(0, 0)).toBe('#5f3dc4');
  });

  test('with a picture covers the page', async () => {
    const layout = await course.painted(THINGS, 6);
    // Further out than the number of the slide.
    const corners = [0.005, 0.995].flatMap((x) => [0.005, 0.995].map((y) => layout.colorAt(x, y)));
    expect(new Set(corners)).toEqual(new Set(['#d9480f']));
  });

  test('with a gradient goes from colour to colour', async () => {
    const layout = await course.painted(THINGS, 7);
    expect([layout.colorAt(0.002, 0.9), layout.colorAt(0.998, 0.9)]).toEqual([
      expect.stringMatching(/^#c[89a-d]/),
      expect.stringMatching(/^#2[a-d]/),
    ]);
  });

  test('with a film has its card, and nothing of a player, on the slide', async () => {
    expect(await words('variants/film.md', 1)).toBe('OVERAFILMVideobehindtheslidevariants/film.mp41');
  });
});

describe('HTML in a slide', () => {
  test('is printed as it looks', async () => {
    const text = await words(THINGS, 10);
    expect(text).toContain('leftboldrightitalicKeelthefinbelowCtrl+lowhighé€“çaœuvre”Ångström');
  });

  test('with folded details shows them open', async () => {
    expect(await words(THINGS, 11)).toBe('FoldedquestionUnfoldedanswer11');
  });

  test('with a page or a film inside shows a card with the address, which is a link', async () => {
    const layout = await page(THINGS, 12);
    const text = layout.texts.map((one) => one.text).join(' ');
    expect(text).toContain('A map of winds');
    for (const url of ['https://example.org/embedded', 'https://example.org/film.mp4']) {
      expect(text).toContain(url);
      expect(layout.links.map((link) => link.url)).toContain(url);
    }
  });

  test('with a style and a drawing of its own shows both', async () => {
    const layout = await page(THINGS, 14);
    expect(layout.texts.map(({ text }) => text)).toEqual(['styled by the slide', 'drawn in', '14']);
  });

  test('left unclosed hurts no other slide', async () => {
    const texts = (await course.pages('variants/unclosed.md')).map(({ text }) => text.split('\n')[0]);
    expect(texts).toEqual(['UNCLOSED', 'NEXT']);
  });

  test('pinned to the window stays on its own page', async () => {
    const texts = (await course.pages('variants/fixed.md')).map(({ text }) => text.includes('pinned'));
    expect(texts).toEqual([false, true]);
  });

  test('with a section inside it is a stack of one, with all it holds', async () => {
    const [, torn = { text: '' }] = await course.pages('variants/nested.md');
    expect(torn.text.split('\n')).toEqual(['TORN', 'inner', '2 . 1']);
  });
});

describe('text', () => {
  test('with emoji keeps them, joined ones and flags too', async () => {
    const text = await words(THINGS, 13);
    for (const emoji of ['🪁', '🚢', '👩‍🚀', '🇫🇷', '✅']) expect(text).toContain(fold(emoji));
  });

  test('with emoji paints them in colour', async () => {
    const layout = await course.painted(THINGS, 13);
    const check = layout.texts.find(({ text }) => text.includes('🪁'));
    const colors = Array.from({ length: 60 }, (_, i) => {
      const x = (check?.left ?? 0) + (((check?.right ?? 0) - (check?.left ?? 0)) * i) / 60;
      return layout.colorAt(x / layout.width, ((check?.top ?? 0) + (check?.bottom ?? 0)) / 2 / layout.height);
    });
    const saturated = colors.filter((color) => {
      const [r = 0, g = 0, b = 0] = [1, 3, 5].map((at) => Number.parseInt(color.slice(at, at + 2), 16));
      return Math.max(r, g, b) - Math.min(r, g, b) > 60;
    });
    expect(saturated.length).toBeGreaterThan(0);
  });

  test('keeps lists, quotes, task lists and line breaks in order', async () => {
    const text = (await course.pages(THINGS))[14]?.text ?? '';
    for (const part of [
      '1. nested',
      'done',
      'struck bold slanted line with two blanks\nbroken',
      'quoted wisdom',
    ])
      expect(text).toContain(part);
  });

  test('of a deck that is not centred begins at the top, except where a slide asks for the middle', async () => {
    const [top, middle] = await course.layout('variants/top.md');
    expect(top?.texts[0]?.bottom).toBeLessThan(100);
    expect(middle?.texts[0]?.top).toBeGreaterThan(250);
  });

  test('from right to left is set from right to left', async () => {
    const layout = await page('variants/rtl.md', 1);
    const [short, long] = layout.texts.filter(({ text }) => text.startsWith('one'));
    expect(short?.right).toBeCloseTo(long?.right ?? Number.NaN, 0);
    expect(short?.left).toBeGreaterThan(long?.left ?? Number.NaN);
  });
});
