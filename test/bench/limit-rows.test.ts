import { expect, test } from 'vitest';
import { limitRows } from '../../scripts/bench/limit-rows.ts';

const floor = { seconds: 2, peakMegabytes: 400, megabytes: 1 };
const slides = { seconds: 1, peakMegabytes: 300, megabytes: 1 };
const slidesAndHandout = { ...slides, seconds: 1.2, handoutMegabytes: 1.1 };
const all = { seconds: 1.5, peakMegabytes: 400, megabytes: 1 };

test('measures are parts of the floor, and of the slides alone', () => {
  expect(limitRows({ floor, slides, slidesAndHandout, all }, 'usual').slice(2)).toEqual([
    '| slides, handout and cheatsheet / floor | 0.75 | 0.8 | yes |',
    '| slides / floor | 0.50 | 0.6 | yes |',
    '| time that the handout adds / slides | 0.20 | 0.12 | no |',
    '| size of the handout / slides | 1.10 | 1.15 | yes |',
    '| peak memory of all three / floor | 1.00 | 0.8 | no |',
  ]);
});

test('a run of many decks is compared with as many floors, and a size with that of the original images', () => {
  const copies = { ...all, seconds: 13 };
  const originals = { ...slides, megabytes: 2 };
  expect(limitRows({ floor, slides, slidesAndHandout, all, originals, copies }, 'usual').slice(-2)).toEqual([
    '| slides / slides with the original images, size | 0.50 | 0.35 | no |',
    '| all three of 13 copies / 13 floors | 0.50 | 0.45 | no |',
  ]);
});

test('a long deck may take less of its floor, and a full Chromium more', () => {
  const first = (kind: 'long' | 'full browser') =>
    limitRows({ floor, slides, slidesAndHandout, all }, kind)[2];
  expect(first('long')).toBe('| slides, handout and cheatsheet / floor | 0.75 | 0.6 | no |');
  expect(first('full browser')).toBe('| slides, handout and cheatsheet / floor | 0.75 | 1 | yes |');
});
