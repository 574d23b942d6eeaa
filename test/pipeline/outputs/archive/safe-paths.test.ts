import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { safePaths } from '../../../../src/pipeline/outputs/archive/safe-paths.ts';
import { randomCases } from '../../../support/random-cases.ts';

const safe = (...paths: string[]): (string | undefined)[] => {
  const found = safePaths(paths);
  return paths.map((path) => found.get(path));
};

describe('a path in an archive', () => {
  test.each([
    ['decks/week 1/intro (2).md', 'decks/week 1/intro (2).md'],
    ['img/größe–日本.png', 'img/größe–日本.png'],
    ['img/u\u0308ber.png', 'img/über.png'],
    ['img/a:b?.png', 'img/a_b_.png'],
    ['img/line\nend.png', 'img/line_end.png'],
    ['img/50%25.png', 'img/50_25.png'],
    ['img/aux.png', 'img/_aux.png'],
    ['CON/COM1.tar.gz', '_CON/_COM1.tar.gz'],
    ['img/console.png', 'img/console.png'],
    ['img/dots...', 'img/dots_'],
    ['img /a.png', 'img_/a.png'],
    ['img/half\ud800.png', 'img/half_.png'],
  ])('of %j is %j', (path, expected) => {
    expect(safe(path)).toEqual([expected]);
  });

  test('differs from others in more than capitals', () => {
    expect(safe('img/A.png', 'img/a.png')).toEqual(['img/A.png', 'img/a-2.png']);
  });

  test('differs from others in more than the form of its letters', () => {
    expect(safe('u\u0308.png', '\u00fc.png')).toEqual(['\u00fc.png', '\u00fc-2.png']);
  });

  test('is in a folder that differs from others, too', () => {
    expect(safe('IMG/a.png', 'img/a.png', 'img/b.png')).toEqual(['IMG/a.png', 'img-2/a.png', 'img-2/b.png']);
  });

  test('is not the same as that of a folder', () => {
    expect(safe('img', 'img/a.png')).toEqual(['img', 'img-2/a.png']);
  });

  test('does not depend on the order in which files are found', () => {
    const paths = ['b/A.png', 'b/a.png', 'B/a.png', 'aux', 'AUX'];
    const sorted = (map: Map<string, string>) => [...map].sort(([a], [b]) => (a < b ? -1 : 1));
    expect(sorted(safePaths(paths.toReversed()))).toEqual(sorted(safePaths(paths)));
  });

  test('can be unpacked next to all others on every system', () => {
    const name = fc
      .array(fc.constantFrom('a', 'A', 'ü', 'u\u0308', 'nul', '.', ' ', ':', '-2', '\t', '%'), {
        minLength: 1,
        maxLength: 4,
      })
      .map((parts) => parts.join(''))
      .filter((one) => one !== '.' && one !== '..');
    const path = fc.array(name, { minLength: 1, maxLength: 3 }).map((parts) => parts.join('/'));
    fc.assert(
      fc.property(fc.uniqueArray(path, { maxLength: 12 }), (paths) => {
        const unpacked = [...safePaths(paths).values()];
        const folded = unpacked.map((one) => one.normalize('NFD').toUpperCase());
        expect(new Set(folded).size).toBe(paths.length);
        for (const one of unpacked.flatMap((path) => path.split('/'))) {
          expect(one).not.toMatch(/[<>:"|?*%\\\p{Cc}]|[. ]$|^(?:con|nul|aux)(?:\.|$)/iu);
        }
      }),
      randomCases(100, 1_000),
    );
  });
});
