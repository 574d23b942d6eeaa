import { expect, test } from 'vitest';
import { sourceLines } from '../../../src/pipeline/inputs/reveal-md/source-lines.ts';
import { handoutMarkDiagnostics } from '../../../src/pipeline/present/handout-marks.ts';
import { sampleDeck, sourceSlide } from '../../support/sample.ts';

const markdown =
  '## Two\n\n<p data-handout="hide">words</p>\n\n- `code`: words <!-- .element: data-handout="skip" -->';
const slides = [sourceSlide('# One'), sourceSlide(markdown, { index: 1, number: '2', line: 5 })];
const deck = sampleDeck('/p', { stacks: [slides] });
const found = (marks: Partial<Parameters<typeof handoutMarkDiagnostics>[2]>) =>
  handoutMarkDiagnostics(deck, slides, { invalid: [], narrow: [], ...marks }, sourceLines(deck));

test('an invalid value is reported with its line and the valid values', () => {
  expect(found({ invalid: [{ index: '1', value: 'hide', isSlide: false }] })).toMatchObject([
    {
      ...{ code: 'HANDOUT_MARK_INVALID', slide: '2', line: 7, hint: 'write skip, blank or only' },
      message: 'data-handout="hide" is ignored: for an element it is skip, blank or only',
    },
  ]);
});

test('a slide may also be large', () => {
  expect(found({ invalid: [{ index: '1', value: 'hide', isSlide: true }] })).toMatchObject([
    { hint: 'write skip, blank, only or large' },
  ]);
});

test('a comment that only applies to the code before the words is reported with both', () => {
  expect(
    found({ narrow: [{ index: '1', value: 'skip', words: 'code', others: ': words', side: 'after' }] }),
  ).toMatchObject([
    {
      ...{ code: 'HANDOUT_MARK_NARROW', slide: '2', line: 9 },
      message: 'data-handout="skip" only applies to “code”, not to “: words” after it',
    },
  ]);
});

test('a comment that only applies to the code after the words is reported, too', () => {
  const narrow = [{ index: '1', value: 'blank', words: 'code', others: 'Answer:', side: 'before' as const }];
  expect(found({ narrow })[0]?.message).toBe(
    'data-handout="blank" only applies to “code”, not to “Answer:” before it',
  );
});
