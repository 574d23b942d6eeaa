import { expect, test } from 'vitest';
import { limitRows } from '../../scripts/bench/limit-rows.ts';

const floor = { seconds: 2, peakMegabytes: 400, megabytes: 1 };
const slides = { seconds: 1, peakMegabytes: 300, megabytes: 1 };

test('measures are parts of the floor, and of the slides alone', () => {
  const slidesAndHandout = { ...slides, seconds: 1.2, handoutMegabytes: 1.1 };
  const all = { seconds: 1.5, peakMegabytes: 400, megabytes: 1 };
  expect(limitRows({ floor, slides, slidesAndHandout, all }).slice(2)).toEqual([
    '| slides, handout and cheatsheet / floor | 0.75 | 0.8 | yes |',
    '| slides / floor | 0.50 | 0.6 | yes |',
    '| time that the handout adds / slides | 0.20 | 0.12 | no |',
    '| size of the handout / slides | 1.10 | 1.15 | yes |',
    '| peak memory of all three / floor | 1.00 | 0.8 | no |',
  ]);
});
