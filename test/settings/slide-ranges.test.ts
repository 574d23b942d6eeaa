import { describe, expect, test } from 'vitest';
import { DeckError } from '../../src/model/diagnostics.ts';
import { parseSlideRanges, selectSlides } from '../../src/settings/slide-ranges.ts';
import { laidOutSlide, layout } from '../support/sample.ts';

/** Stacks of one, three and two slides; the last one is called `end`. */
const PLACES = [
  [0, 0],
  [1, 0],
  [1, 1],
  [1, 2],
  [2, 0],
  [2, 1],
] as const;
const DECK = layout({
  sections: ['One', 'Two', 'Three'],
  slides: PLACES.map(([h, v], index) =>
    laidOutSlide({
      index,
      h,
      v,
      number: `${h + 1}.${v + 1}`,
      id: index === 5 ? 'end' : `slide-${h + 1}-${v + 1}`,
    }),
  ),
});

const selected = (ranges: string): string[] =>
  selectSlides(DECK, parseSlideRanges(ranges)).slides.map(({ number }) => number);

describe('ranges of slides', () => {
  test.each([
    ['2', ['2.1', '2.2', '2.3']],
    ['2.2', ['2.2']],
    ['1-2', ['1.1', '2.1', '2.2', '2.3']],
    ['2.2-2.3', ['2.2', '2.3']],
    ['2.3-3', ['2.3', '3.1', '3.2']],
    ['1-2.1', ['1.1', '2.1']],
    ['#end', ['3.2']],
    ['#/end', ['3.2']],
    ['3.1, 1', ['1.1', '3.1']],
    ['2,2.1,#end,', ['2.1', '2.2', '2.3', '3.2']],
    ['', ['1.1', '2.1', '2.2', '2.3', '3.1', '3.2']],
  ])('%s are slides of the deck, each once and in its order', (ranges, numbers) => {
    expect(selected(ranges)).toEqual(numbers);
  });

  test.each(['3-1', '2.3-2.1', 'a', '1-', '-1', '1.2.3', '#', '1;2', '0x1'])(
    'like %s are refused',
    (ranges) => {
      expect(() => parseSlideRanges(ranges)).toThrow('“');
    },
  );

  test('that name no slide are a warning, and the others count', () => {
    const { slides, diagnostics } = selectSlides(DECK, parseSlideRanges('1,9,#nobody'));
    expect(slides).toHaveLength(1);
    expect(diagnostics.map(({ code, message }) => [code, message])).toEqual([
      ['SLIDES_UNKNOWN', 'the deck has no slide 9'],
      ['SLIDES_UNKNOWN', 'the deck has no slide #nobody'],
    ]);
  });

  test('that leave nothing are an error of the deck', () => {
    expect(() => selectSlides(DECK, parseSlideRanges('9'))).toThrow(DeckError);
  });
});
