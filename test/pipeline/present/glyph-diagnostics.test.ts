import { expect, test } from 'vitest';
import { glyphDiagnostics } from '../../../src/pipeline/present/glyph-diagnostics.ts';
import { sampleDeck, sourceSlide } from '../../support/sample.ts';

const deck = sampleDeck('/p');
const slides = [sourceSlide('a'), sourceSlide('b', { index: 1, number: '2', line: 9 })];
const found = (...missing: readonly (readonly [index: string, characters: string])[]) =>
  glyphDiagnostics(
    deck,
    slides,
    missing.map(([index, characters]) => ({ index, characters: [...characters] })),
  );

test.each([
  ['漢', 'fonts-noto-cjk'],
  ['ー', 'fonts-noto-cjk'],
  ['한', 'fonts-noto-cjk'],
  ['。', 'fonts-noto-cjk'],
  ['ท', 'fonts-noto-core'],
  ['🪁', 'fonts-noto-color-emoji'],
  ['⏣', 'fonts-symbola'],
])('for a missing %s the package %s is suggested', (character, fonts) => {
  expect(found(['0', character]).map(({ hint }) => hint?.includes(fonts))).toEqual([true]);
});

test('each script is reported once, at the first slide that has it, with some of its characters', () => {
  expect(
    found(['0', 'ท'], ['1', '漢字仮名交文漢']).map(({ slide, line, message }) => [slide, line, message]),
  ).toEqual([
    [
      '2',
      9,
      'no font has 漢 U+6F22, 字 U+5B57, 仮 U+4EEE, 名 U+540D, 交 U+4EA4 and 1 more (Chinese, Japanese or Korean); a box is printed instead',
    ],
    ['1', 1, 'no font has ท U+0E17 (another script); a box is printed instead'],
  ]);
});
