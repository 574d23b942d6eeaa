import { describe, expect, test } from 'vitest';
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

  test('has the package beside it that has more letters', () => {
    expect(found()[1]?.hint).toContain('fonts-noto-core');
  });

  test('is none of the letters, symbols and pictures that the bundled fonts have', () => {
    expect(found().some(({ slide }) => slide === '1')).toBe(false);
  });
});
