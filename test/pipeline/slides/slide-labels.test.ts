import { describe, expect, test } from 'vitest';
import { splitSlides } from '../../../src/pipeline/inputs/reveal-md/slides/split.ts';
import { slideLabels } from '../../../src/pipeline/slides/slide-labels.ts';

const UNCOUNTED = '<!-- .slide: data-visibility="uncounted" -->';
const TWO_STACKS = '# A\n\n---\n\n# B\n\n----\n\n# C\n\n---\n\n# D';
const ONE_STACK = '# A\n\n----\n\n# B\n\n----\n\n# C';

function labels(markdown: string, slideNumber: string | boolean): string[] {
  const stacks = splitSlides(markdown, { bodyLine: 1, bodyOffset: 0, deck: 'a.md' });
  return [...slideLabels({ outline: stacks.flat(), reveal: { slideNumber } }).values()];
}

describe('slides are called what the deck calls them', () => {
  test.each([
    [true, ['1', '2.1', '2.2', '3']],
    ['h.v', ['1', '2.1', '2.2', '3']],
    ['h/v', ['1', '2/1', '2/2', '3']],
    ['c', ['1', '2', '3', '4']],
    ['c/t', ['1 / 4', '2 / 4', '3 / 4', '4 / 4']],
    [false, ['1', '2.1', '2.2', '3']],
  ])('with slideNumber: %s', (format, expected) => {
    expect(labels(TWO_STACKS, format)).toEqual(expected);
  });

  test('a deck that only goes down counts flatly where it shows numbers', () => {
    expect(labels(ONE_STACK, true)).toEqual(['1', '2', '3']);
    expect(labels(ONE_STACK, false)).toEqual(['1.1', '1.2', '1.3']);
  });

  test('uncounted slides have the number before them, where numbers are shown', () => {
    const markdown = `# A\n\n---\n\n# B\n\n---\n\n${UNCOUNTED}\n\n# C`;
    expect(labels(markdown, 'c/t')).toEqual(['1 / 2', '2 / 2', '2 / 2']);
    expect(labels(markdown, 'h.v')).toEqual(['1', '2', '2']);
    expect(labels(markdown, false)).toEqual(['1', '2', '3']);
  });
});
