import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { courseBuiltOnce } from '../support/course.ts';
import { ODD_ADDRESSES, oddAddress, slideWithAddress } from '../support/odd-addresses.ts';
import { volume } from '../support/volume.ts';

const seed = volume(1, Date.now());
const random = fc.sample(oddAddress, { numRuns: volume(6, 200), seed });
const slides = (addresses: readonly string[]): string => addresses.map(slideWithAddress).join('\n\n---\n\n');

const course = courseBuiltOnce(
  {
    decks: ['picture.md', 'style.md', 'listed.md', 'random.md', 'good.md'],
    only: ['slides', 'handout', 'archive'],
    timeout: 60,
    offline: true,
  },
  {
    'picture.md': '## A\n\n---\n\n# B\n\n![a](/.deckhand/%E0%A4)',
    'style.md': '## A\n\n---\n\n# B\n\n<link rel="stylesheet" href="/.deckhand/%E0%A4">',
    'listed.md': slides(ODD_ADDRESSES),
    'random.md': slides(random),
    'good.md': '# Good',
  },
);

const aboutFiles = (path: string) =>
  course.deck(path).diagnostics.filter(({ severity }) => severity !== 'info');

describe('an address that cannot be decoded', () => {
  test('of a picture is one diagnostic with its line', () => {
    const diagnostics = aboutFiles('picture.md');
    expect(diagnostics.map(({ code, line, slide }) => [code, line, slide])).toEqual([
      ['IMAGE_NOT_FOUND', 7, '2'],
    ]);
  });

  test('of a stylesheet is one diagnostic with its line', () => {
    const diagnostics = aboutFiles('style.md');
    expect(diagnostics.map(({ code, line, slide }) => [code, line, slide])).toEqual([
      ['STYLE_NOT_FOUND', 7, '2'],
    ]);
  });

  test.each(['picture.md', 'style.md', 'listed.md', 'random.md', 'good.md'])(
    'costs no file of the run: %s',
    (path) => {
      const { outputs, diagnostics } = course.deck(path);
      const bugs = diagnostics.filter(({ code }) => /_FAILED$|CRASHED/.test(code));
      expect(bugs, `seed ${seed}`).toEqual([]);
      expect(outputs.map(({ kind }) => kind)).toEqual(['slides', 'handout', 'archive']);
    },
  );
});
