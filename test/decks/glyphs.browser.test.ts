import { describe, expect, test } from 'vitest';
import { conformanceFaults } from '../support/conformance/index.ts';
import { courseBuiltOnce } from '../support/course.ts';

const DECK = 'variants/letters.md';
/** Of two scripts that no font will have for a while, and a code point that each deck may use as it likes. */
const LETTERS = `# Plain

Ærøskøbing, Жук, Ωμέγα, שלום, سلام, → ∀ ½ ★, 🪁 ✅

---

# Odd

x\u{16d40}\u{16d41} and \u{11bc0} and again \u{11bc0}

---

# Private

\u{f4242}
`;

describe('a character without a glyph', () => {
  const course = courseBuiltOnce({ decks: [DECK], only: ['slides'] }, { [DECK]: LETTERS });
  const found = () => course.diagnostics(DECK, 'GLYPH_MISSING');

  test('is named once, with its slide and line', () => {
    expect(found().map(({ slide, line }) => [slide, line])).toEqual([
      ['3', 13],
      ['2', 7],
    ]);
  });

  test('is shown with its code point', () => {
    expect(found()[1]?.message).toContain('\u{16d40} U+16D40, \u{16d41} U+16D41, \u{11bc0} U+11BC0');
  });

  test('is reported with the package that has more of the characters', () => {
    expect(found()[1]?.hint).toContain('fonts-noto-core');
  });

  test('is none of the letters, symbols and pictures that the bundled fonts have', () => {
    expect(found().some(({ slide }) => slide === '1')).toBe(false);
  });
});

describe('a title without glyphs', () => {
  const course = courseBuiltOnce(
    { decks: [DECK], only: ['slides', 'handout'], cover: true },
    { [DECK]: '---\ntitle: A \u{16d40}\n---\n# On \u{16d41} and on\n\nwords' },
  );

  test('is whole among the bookmarks, for viewers that have the font', async () => {
    expect(await course.outline(DECK)).toEqual(['On \u{16d41} and on']);
  });

  test('is printed with a box in place of the character', async () => {
    const [slide] = await course.pages(DECK);
    expect(slide?.text).toContain('ON □ AND ON');
    const [cover] = await course.pages(DECK, 'handout');
    expect(cover?.text).toContain('A □');
  });

  test('leaves no glyph without a meaning in the furniture of a handout', async () => {
    expect(await conformanceFaults(await course.bytes(DECK, 'handout'))).toEqual([]);
  });
});
