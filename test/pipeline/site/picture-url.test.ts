import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { ORIGIN } from '../../../src/pipeline/inputs/reveal-md/model/addresses.ts';
import { pictureUrl } from '../../../src/pipeline/site/picture-url.ts';
import { randomCases } from '../../support/random-cases.ts';

const BASE = `${ORIGIN}/decks/week%201/`;

describe('the canonical form of a URL', () => {
  test.each([
    ['a.png', 'SITE/decks/week%201/a.png'],
    ['a b.png#x', 'SITE/decks/week%201/a%20b.png'],
    ['../%61.png?x=[|]', 'SITE/decks/a.png?x=[|]'],
    ['/100%.png', 'SITE/100%25.png'],
    ['/a%2Fb.png', 'SITE/a%2Fb.png'],
    ['/%ff|.png', 'SITE/%ff%7C.png'],
    ['//EXAMPLE.com/a', 'https://example.com/a'],
    ['http://example.com/a|b^c[d].png?e|f^[g]', 'http://example.com/a%7Cb%5Ec%5Bd%5D.png?e|f^[g]'],
    ['https://example.com/%61%7e(b)%zz', 'https://example.com/%61%7e(b)%25zz'],
    ['https://example.com/a?b?c', 'https://example.com/a?b?c'],
    ['https://example.com/a?', 'https://example.com/a'],
    ['ftp://example.com/a|b', 'ftp://example.com/a|b'],
  ])('of %j is %j', (written, canonical) => {
    expect(pictureUrl(written, BASE)).toBe(canonical.replace('SITE', ORIGIN));
  });

  test.each([
    'data:image/png;base64,AA',
    ' DATA:,',
    'blob:x',
    'about:blank',
    'javascript:x',
    'https://',
    'http://[x]/',
  ])('is none for %j', (written) => {
    expect(pictureUrl(written, BASE)).toBeUndefined();
  });

  test('is its own canonical form', () => {
    const written = fc.oneof(fc.webUrl({ withFragments: true, withQueryParameters: true }), fc.string());
    fc.assert(
      fc.property(written, (url) => {
        const canonical = pictureUrl(url, BASE);
        if (canonical !== undefined) expect(pictureUrl(canonical, 'https://other.example')).toBe(canonical);
      }),
      randomCases(100, 1_000),
    );
  });

  test('names the file whose name was written', () => {
    fc.assert(
      fc.property(fc.string({ minLength: 1 }), (name) => {
        const file = name.replace(/[/\\?#\0-\x20]|^\.+$/g, '_').replace(/%(?=[\da-f]{2})/gi, '_');
        const canonical = pictureUrl(`./${file}`, `${ORIGIN}/`);
        expect(decodeURIComponent(new URL(canonical ?? '').pathname)).toBe(`/${file}`);
      }),
      randomCases(100, 1_000),
    );
  });
});
