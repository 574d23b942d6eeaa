import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { nearest } from '../../src/text/nearest.ts';

describe('the nearest word', () => {
  test.each([
    ['biuld', ['build', 'doctor'], 'build'],
    ['docter', ['build', 'doctor'], 'doctor'],
    ['outptu', ['output', 'only'], 'output'],
    ['TITLE', ['title'], 'title'],
    ['fragmnets', ['fragments', 'title'], 'fragments'],
    ['highlighttheme', ['highlightTheme'], 'highlightTheme'],
    ['decks', ['build', 'doctor'], undefined],
    ['x', ['title'], undefined],
    ['anything', [], undefined],
  ])('to %s among %j is %s', (word, words, expected) => {
    expect(nearest(word, words)).toBe(expected);
  });

  test('to one of the words is that word', () => {
    const word = fc.stringMatching(/^[a-z]{1,9}$/);
    fc.assert(
      fc.property(fc.uniqueArray(word, { minLength: 1 }), fc.nat(), (words, i) => {
        const one = words[i % words.length] ?? '';
        expect(nearest(one, words)).toBe(one);
      }),
    );
  });

  test('is one of the words, as it is written there', () => {
    fc.assert(
      fc.property(fc.string(), fc.array(fc.string({ unit: 'grapheme' })), (word, words) => {
        expect([undefined, ...words]).toContain(nearest(word, words));
      }),
    );
  });
});
