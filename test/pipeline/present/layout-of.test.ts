import { describe, expect, test } from 'vitest';
import { type Diagnostic, diagnostic } from '../../../src/model/diagnostics.ts';
import type { LaidOutSlide } from '../../../src/model/model.ts';
import { layoutOf, layoutOnPaper } from '../../../src/pipeline/present/layout-of.ts';
import { laidOutSlide, layout, sampleDeck } from '../../support/sample.ts';

const slides = [
  laidOutSlide({ index: 0, h: 0, title: 'One', names: ['a', 'b'] }),
  laidOutSlide({ index: 1, h: 1, title: 'The answer', names: ['b', 'c'] }),
  laidOutSlide({ index: 2, h: 1, title: 'Three', names: ['d'] }),
];
const NOTHING_WRONG = { content: [], fit: [] };
const presented = { slides, deckLinks: [], diagnostics: NOTHING_WRONG };
const whole = layout(layoutOf(sampleDeck('/p'), presented, []));
const onPaper = (marked: readonly LaidOutSlide[]) =>
  layoutOnPaper('handout', whole, presented, { ...presented, slides: marked });
const wrong = (code: Diagnostic['code'], message: string): Diagnostic =>
  diagnostic(code, message, { deck: 'a.md', slide: '2' });

test('if two slides have the same name, the first one keeps it', () => {
  expect(whole.slides.map(({ names }) => names)).toEqual([['a', 'b'], ['c'], ['d']]);
});

describe('the layout of a deck on paper', () => {
  test('replaces the slides that differ, and keeps the others', () => {
    const { slides: shown } = onPaper([laidOutSlide({ index: 1, h: 1, title: 'A gap', names: ['d'] })]);
    expect(shown.map(({ title, names }) => [title, names])).toEqual([
      ['One', ['a', 'b']],
      ['A gap', ['d']],
      ['Three', []],
    ]);
  });

  test('does not name a section after an omitted title', () => {
    expect(onPaper([laidOutSlide({ index: 1, h: 1, title: '' })]).sections).toEqual(['One', 'Three']);
  });

  test('adds diagnostics that only apply to paper, and reports sizes once', () => {
    const link = wrong('LINK_TARGET_MISSING', 'the link #x leads to no slide');
    const size = wrong('SLIDE_OVERFLOW', 'the slide needs 960 × 800 px');
    const smaller = wrong('SLIDE_OVERFLOW', 'the slide needs 960 × 750 px');
    const other = wrong('LINK_TARGET_MISSING', 'the link #y leads to no slide');
    const told = layoutOnPaper(
      'handout',
      whole,
      { slides, diagnostics: { content: [link], fit: [size] } },
      { slides: [], deckLinks: [], diagnostics: { content: [link, other], fit: [smaller] } },
    );
    expect(told.diagnostics.map(({ message }) => message)).toEqual([
      'in the handout, the link #y leads to no slide',
    ]);
  });
});
