import fc from 'fast-check';
import { marked } from 'marked';
import { describe, expect, test } from 'vitest';
import { mayHoldCode } from '../../../../../src/pipeline/inputs/reveal-md/slides/code.ts';
import { randomCases } from '../../../../support/random-cases.ts';
import { sourceSlide } from '../../../../support/sample.ts';

describe('a slide may hold code', () => {
  test.each([
    ['with a fence', '```js\na\n```'],
    ['with a fence of tildes', '~~~\na\n~~~'],
    ['with an indented block', 'a\n\n    b'],
    ['with a block indented by a tab', 'a\n\n\tb'],
    ['with a block inside a quotation', '>     a'],
    ['with a block inside a list', '-     a'],
    ['with a block as HTML', '<PRE><code>a</code></PRE>'],
  ])('%s', (_, markdown) => {
    expect(mayHoldCode(sourceSlide(markdown))).toBe(true);
  });

  test('wherever Markdown makes a block of it', () => {
    const part = fc.constantFrom(
      '`',
      '``',
      '~',
      ' ',
      '  ',
      '\t',
      '\n',
      '> ',
      '- ',
      '1. ',
      'a',
      '<',
      'pre',
      '>',
    );
    const text = fc.array(part, { maxLength: 24 }).map((parts) => parts.join(''));
    fc.assert(
      fc.property(text, (markdown) => {
        fc.pre(marked.parse(markdown, { async: false }).search(/<pre\b/) >= 0);
        expect(mayHoldCode(sourceSlide(markdown))).toBe(true);
      }),
      randomCases(1_000, 20_000),
    );
  });
});

test('a slide of prose holds none', () => {
  expect(mayHoldCode(sourceSlide('some `words`, ``too``'))).toBe(false);
});

test('a slide that is hidden holds none', () => {
  expect(mayHoldCode(sourceSlide('```js\na\n```', { hidden: true }))).toBe(false);
});
