import { describe, expect, test } from 'vitest';
import type { RenditionSpec } from '../../../src/images/model/model.ts';
import { renditionKey } from '../../../src/images/renditions/rendition-key.ts';

const STILL = { sha256: 'a'.repeat(64), frames: 1, widthPx: 300, heightPx: 200 };
const ANIMATION = { ...STILL, frames: 5 };
const SPEC: RenditionSpec = { maxWidthPx: 100, maxHeightPx: 100, frame: 1, mode: 'print' };

const keyOf = (spec: Partial<RenditionSpec>, original = ANIMATION): string =>
  renditionKey(original, { ...SPEC, ...spec }, 'pdf');

describe('the key of a rendition', () => {
  test.each<[string, Partial<RenditionSpec>]>([
    ['boxes', { maxHeightPx: 101 }],
    ['a box and none', { maxWidthPx: Number.POSITIVE_INFINITY }],
    ['frames', { frame: 2 }],
    ['modes', { mode: 'original' }],
    ['inks', { gray: true }],
  ])('tells %s apart', (_what, spec) => {
    expect(keyOf(spec)).not.toBe(keyOf({}));
  });

  test('tells what a browser shows from what a PDF holds', () => {
    expect(renditionKey(STILL, SPEC, 'file')).not.toBe(renditionKey(STILL, SPEC, 'pdf'));
  });

  test('tells contents apart', () => {
    expect(keyOf({}, { ...ANIMATION, sha256: 'b'.repeat(64) })).not.toBe(keyOf({}));
  });

  test('is the same for the last frame however it is named', () => {
    expect(new Set([keyOf({ frame: 'last' }), keyOf({ frame: 5 }), keyOf({ frame: 77 })]).size).toBe(1);
  });

  test('treats every frame of a still image as the first one', () => {
    expect(keyOf({ frame: 'last' }, STILL)).toBe(keyOf({}, STILL));
  });

  test.each<[string, Partial<RenditionSpec>, Partial<RenditionSpec>]>([
    ['used as it is', { mode: 'original', maxWidthPx: 1 }, { mode: 'original' }],
    [
      'smaller than its box',
      { maxWidthPx: 300, maxHeightPx: 200 },
      { maxWidthPx: Number.POSITIVE_INFINITY, maxHeightPx: 900 },
    ],
  ])('does not depend on the box of an image that is %s', (_what, one, other) => {
    expect(keyOf(one)).toBe(keyOf(other));
  });
});
