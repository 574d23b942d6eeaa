import { describe, expect, test } from 'vitest';
import type { DeckReport, OutputReport } from '../../../src/model/model.ts';
import { formatShortfalls, publishedOutputs } from '../../../src/pipeline/report/outputs.ts';

const FILE = { bytes: 1, sha256: '', key: '' };
const COMPLETE: OutputReport = { kind: 'slides', status: 'complete', file: 'a-slides.pdf', ...FILE };
const image = (file: string): OutputReport => ({
  ...{ kind: 'images', status: 'incomplete', file, ...FILE },
  faultySlides: ['2', '3.1'],
});
const WITHHELD: OutputReport = {
  ...{ kind: 'handout', status: 'withheld', reason: 'unsound' },
  ...{ faultySlides: ['2'], kept: ['a-handout.pdf'] },
};
const FAILED: OutputReport = { kind: 'cheatsheet', status: 'failed', kept: [] };
const deck = (...outputs: OutputReport[]): DeckReport => ({
  ...{ path: 'a.md', title: 'A', slides: 1, decorations: 0, diagnostics: [] },
  outputs,
});

describe('the lines that end a run', () => {
  test('are silent about what is complete', () => {
    expect(formatShortfalls(deck(COMPLETE))).toEqual([]);
  });

  test('name each other output once, with its slides and what stays', () => {
    expect(formatShortfalls(deck(COMPLETE, WITHHELD, FAILED, image('1.png'), image('2.png')))).toEqual([
      'a.md: handout withheld (slide 2), because it is unsound; a-handout.pdf of an earlier build is kept',
      'a.md: cheatsheet failed; there is none of an earlier build',
      'a.md: images incomplete (slides 2, 3.1): see the errors above before you use it',
    ]);
  });

  test('count the files that stay of many', () => {
    const [line] = formatShortfalls(
      deck({ kind: 'images', status: 'failed', kept: ['1.png', '2.png', '3.png'] }),
    );
    expect(line).toBe('a.md: images failed; 1.png and 2 more of an earlier build are kept');
  });

  test('name --strict where that is why', () => {
    const [line] = formatShortfalls(deck({ ...WITHHELD, reason: 'incomplete', kept: [] }));
    expect(line).toBe(
      'a.md: handout withheld (slide 2), because it is incomplete (--strict); there is none of an earlier build',
    );
  });

  test('let the name of a deck not command a terminal', () => {
    expect(formatShortfalls({ ...deck(FAILED), path: 'a\u001b[2J\n.md' }).join()).not.toMatch(/\p{Cc}/u);
  });
});

test('what was published is what is complete or incomplete', () => {
  expect(publishedOutputs(deck(COMPLETE, WITHHELD, FAILED, image('1.png')))).toEqual([
    COMPLETE,
    image('1.png'),
  ]);
});
