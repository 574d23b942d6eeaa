import { expect, test } from 'vitest';
import type { Ink } from '../../../src/model/model.ts';
import { handout } from '../../../src/pipeline/outputs/handout/handout.ts';
import { inkFor } from '../../../src/pipeline/planning/ink.ts';
import { laidOutSlide, layout } from '../../support/sample.ts';

const layoutOf = (isDark: boolean) => {
  const slide = laidOutSlide({});
  return layout({ slides: [{ ...slide, pages: slide.pages.map((page) => ({ ...page, isDark })) }] });
};

test.each([
  ['auto', 'full', 'save'],
  ['full', 'full', 'full'],
  ['save', 'save', 'save'],
  ['gray', 'gray', 'save,gray'],
  ['save,gray', 'save,gray', 'save,gray'],
] as const)('--ink %s prints a light deck in %s, and a dark one in %s', (ink, light, dark) => {
  const inks: Ink[] = [false, true].map((isDark) => inkFor(handout, { ink }, layoutOf(isDark)));
  expect(inks).toEqual([light, dark]);
});
