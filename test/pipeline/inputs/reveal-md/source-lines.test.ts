import { describe, expect, test } from 'vitest';
import { sourceLines } from '../../../../src/pipeline/inputs/reveal-md/source-lines.ts';
import { sitePath } from '../../../../src/pipeline/site/site-path.ts';
import { sourceSlide } from '../../../support/sample.ts';

const TEXT = '---\ntitle: A\n---\n# A\n\n[b](b%20c.md)\n\n$x$ and\n> $x$\n';
const FRONT = TEXT.indexOf('# A');
const slide = sourceSlide(TEXT.slice(FRONT).trim(), { line: 4, offset: FRONT });
const lines = () =>
  sourceLines({
    sources: [{ file: '/p/a.md', path: sitePath('/p', '/p/a.md'), content: TEXT }],
    stacks: [[slide]],
  });

describe('the line in the Markdown', () => {
  test.each([
    ['b%20c.md', 6],
    ['and', 8],
    ['nowhere', undefined],
  ])('of %s is %s', (text, line) => {
    expect(lines().lineOf(slide, text)).toBe(line);
  });

  test('of a formula that a slide has twice is that of each in turn', () => {
    const { lineOfCode } = lines();
    expect([lineOfCode(slide, 'x'), lineOfCode(slide, '$x$'), lineOfCode(slide, 'y')]).toEqual([
      8,
      9,
      undefined,
    ]);
  });
});
