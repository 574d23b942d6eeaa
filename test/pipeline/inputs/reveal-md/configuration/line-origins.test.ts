import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { lineOrigins } from '../../../../../src/pipeline/inputs/reveal-md/configuration/line-origins.ts';
import { randomCases } from '../../../../support/random-cases.ts';

describe('the lines that a text was made of', () => {
  test.each([
    ['a\nb\nc', 'a\nb\nc', [1, 2, 3]],
    ['a\nFILE\nc', 'a\nx\ny\nz\nc', [1, 1, 1, 1, 3]],
    ['# A\n\ntext\n\n# B\n', '# A\n\ntext\n\n---\n\n# B\n', [1, 2, 3, 4, 4, 4, 5, 6]],
    ['a\nb\na', 'a\nb\na', [1, 2, 3]],
    ['a', 'x\ny', [1, 1]],
    ['', 'x', [1]],
    ['a\nb\nc', 'c\nb\na', [3, 3, 3]],
  ])('%j → %j', (original, changed, expected) => {
    expect(lineOrigins(original, changed)).toEqual(expected);
  });

  test('never go back, and are lines of the original', () => {
    const texts = fc.array(fc.constantFrom('a', 'b', '', '---', 'c')).map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(texts, texts, (original, changed) => {
        const origins = lineOrigins(original, changed);
        expect(origins).toHaveLength(changed.split('\n').length);
        expect(origins).toEqual([...origins].sort((a, b) => a - b));
        for (const line of origins) expect(line).toBeLessThanOrEqual(original.split('\n').length);
      }),
      randomCases(200, 2_000),
    );
  });
});
