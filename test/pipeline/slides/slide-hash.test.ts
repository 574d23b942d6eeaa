import { describe, expect, test } from 'vitest';
import { parseSlideHash, slideHash } from '../../../src/pipeline/slides/slide-hash.ts';

describe('the hash of a link', () => {
  test.each([
    ['', { h: 0, v: 0 }],
    ['/', { h: 0, v: 0 }],
    ['/2', { h: 2, v: 0 }],
    ['2', { h: 2, v: 0 }],
    ['/2/1', { h: 2, v: 1 }],
    ['/2/1/3', { h: 2, v: 1 }],
    ['/intro', { id: 'intro' }],
    ['intro', { id: 'intro' }],
    ['/intro/2', { id: 'intro' }],
    ['/2nd', { id: '2nd' }],
    ['/%C3%BCber%20uns', { id: 'über uns' }],
    ['/100%', { id: '100%' }],
  ])('is read as reveal.js reads it: “%s”', (hash, target) => {
    expect(parseSlideHash(hash, 0)).toEqual(target);
  });

  test.each([
    ['/1', { h: 0, v: 0 }],
    ['/3/2', { h: 2, v: 1 }],
    ['', { h: 0, v: 0 }],
  ])('counts from one where the deck does: “%s”', (hash, target) => {
    expect(parseSlideHash(hash, 1)).toEqual(target);
  });

  test('of a slide leads back to it', () => {
    for (const base of [0, 1] as const)
      expect(parseSlideHash(slideHash({ h: 4, v: 2 }, base), base)).toEqual({ h: 4, v: 2 });
  });
});
