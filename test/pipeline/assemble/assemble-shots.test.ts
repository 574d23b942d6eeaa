import { describe, expect, test } from 'vitest';
import type { Shot, ShotPlan } from '../../../src/model/model.ts';
import { assembleShots } from '../../../src/pipeline/assemble/assemble-shots.ts';
import { images } from '../../../src/pipeline/outputs/images.ts';
import { sampleDeck } from '../../support/sample.ts';

const SHOT: Shot = {
  bytes: Buffer.from('picture'),
  size: { widthPx: 1442, heightPx: 812 },
  box: { x: 0, y: 0, width: 961, height: 541 },
  lost: [],
};

function assembled(shots: readonly Shot[], changes: Partial<ShotPlan> = {}) {
  const plan: ShotPlan = {
    html: '',
    page: { widthPx: 961, heightPx: 541 },
    scale: 1.5,
    format: 'jpeg',
    shots: [
      { name: '001-1', slide: '1', line: 3 },
      { name: '002-2', slide: '2', line: 9 },
    ],
    ...changes,
  };
  const place = { folder: 'a/a-slides', holds: () => true };
  return assembleShots(sampleDeck('/'), images, place, { plan, shots, served: new Map() }, 'k');
}

describe('the images of slides', () => {
  test('go into their folder', () => {
    const { value, diagnostics } = assembled([SHOT, SHOT]);
    expect(value.map(({ file, pages, key }) => [file, pages, key])).toEqual([
      ['a/a-slides/001-1.jpg', 1, 'k'],
      ['a/a-slides/002-2.jpg', 1, 'k'],
    ]);
    expect(diagnostics).toEqual([]);
  });

  test.each([1, 3])('are not handed out where %i were taken instead of two', (count) => {
    const { value, diagnostics } = assembled(Array.from({ length: count }, () => SHOT));
    expect(value).toEqual([]);
    expect(diagnostics).toMatchObject([
      { code: 'PAGE_COUNT_MISMATCH', severity: 'error', message: `there are ${count} images instead of 2` },
    ]);
  });

  test.each<[string, Partial<Shot>]>([
    ['begins beside its slide', { box: { ...SHOT.box, x: 1 } }],
    ['begins below its slide', { box: { ...SHOT.box, y: -1 } }],
    ['is of a slide with another size', { box: { ...SHOT.box, height: 540 } }],
    ['has fewer pixels than it should', { size: { widthPx: 1441, heightPx: 812 } }],
    ['has more pixels than it should', { size: { widthPx: 1442, heightPx: 813 } }],
  ])('are named where one %s', (_what, changes) => {
    expect(assembled([SHOT, { ...SHOT, ...changes }]).diagnostics).toMatchObject([
      { code: 'SLIDE_IMAGE_INCOMPLETE', severity: 'error', slide: '2', line: 9 },
    ]);
  });

  test('are named where the browser lost a picture', () => {
    const { diagnostics } = assembled([{ ...SHOT, lost: ['https://example.org/a.png'] }, SHOT]);
    expect(diagnostics).toMatchObject([
      { code: 'PICTURE_NOT_DRAWN', slide: '1', line: 3, url: 'https://example.org/a.png' },
    ]);
  });
});
