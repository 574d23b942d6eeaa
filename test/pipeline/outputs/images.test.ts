import { describe, expect, test } from 'vitest';
import type { LaidOutSlide, Layout } from '../../../src/model/model.ts';
import type { OutputOptions } from '../../../src/pipeline/contract/output.ts';
import { images } from '../../../src/pipeline/outputs/images.ts';
import { laidOutSlide, layout, NO_TYPESETTER, outputOptions } from '../../support/sample.ts';

const plan = (changes: Partial<Layout>, options: Partial<OutputOptions> = {}) =>
  images.plan(layout(changes), outputOptions(options), NO_TYPESETTER);
const numbered = (number: string, steps = 1): LaidOutSlide =>
  laidOutSlide({
    number,
    label: '7 / 9',
    pages: Array.from({ length: steps }, (_, i) => ({
      html: `<p>${number} ${i}</p>`,
      pictures: [],
      painted: [],
      words: '',
      links: [],
    })),
  });
const names = async (slides: readonly LaidOutSlide[]) =>
  (await plan({ slides }))?.shots.map(({ name }) => name);

describe('the names of slide images', () => {
  test('are their place, the number of their slide, and that of a further step', async () => {
    expect(await names([numbered('1'), numbered('2.1', 2), numbered('2.2')])).toEqual([
      '001-1',
      '002-2.1',
      '003-2.1-2',
      '004-2.2',
    ]);
  });

  test('sort in the order of the deck, however many there are', async () => {
    const all = (await names(Array.from({ length: 1200 }, (_, i) => numbered(`${i + 1}`)))) ?? [];
    expect(all.slice(0, 2)).toEqual(['0001-1', '0002-2']);
    expect(all.toSorted()).toEqual(all);
  });

  test('are those that an earlier build’s files are known by', async () => {
    const place = images.place?.({ path: '', file: '', outputName: 'week 1/intro' });
    const all = (await names([numbered('1'), numbered('12.10', 12)])) ?? [];
    const files = all.flatMap((name) => ['png', 'jpg', 'webp'].map((ending) => `${name}.${ending}`));
    expect(place?.folder).toBe('week 1/intro/intro-slides');
    expect(files.filter((file) => !place?.holds(file))).toEqual([]);
    expect(
      ['001.png', '01-1.png', '001-1.gif', 'x001-1.png', '001-1.png.txt', '001-a.png'].filter((file) =>
        place?.holds(file),
      ),
    ).toEqual([]);
  });
});

describe('the plan of slide images', () => {
  test('has a page for every step, in order, without what is for paper only', async () => {
    const slides = [numbered('1', 2), { ...numbered('2'), handout: 'only' as const }, numbered('3')];
    expect((await plan({ slides }))?.html.match(/<p>.*?<\/p>/g)).toEqual([
      '<p>1 0</p>',
      '<p>1 1</p>',
      '<p>3 0</p>',
    ]);
  });

  test('is none where all slides are for paper only', async () => {
    expect(await plan({ slides: [{ ...numbered('1'), handout: 'only' }] })).toBeUndefined();
  });

  test.each([
    [700, 0.01],
    [541, 1.37],
    [99, 0.55],
    [1080, 3.33],
  ])('puts pages of %i pixels where a scale of %d has whole pixels', async (heightPx, scale) => {
    const planned = await plan({ size: { widthPx: 100, heightPx } }, { scale });
    const gapPx = Number(/margin: 0 0 (\d+)px/.exec(planned?.html ?? '')?.[1]);
    const stepPx = (heightPx + gapPx) * scale;
    expect(gapPx).toBeGreaterThan(0);
    expect(stepPx).toBeCloseTo(Math.round(stepPx), 9);
  });

  test.each([
    [{ widthPx: 10_000, heightPx: 100 }, 1.7],
    [{ widthPx: 100, heightPx: 10_000 }, 1.7],
    [{ widthPx: 5000, heightPx: 5000 }, 1.5],
  ])('is refused for slides of %j at a scale of %d', async (size, scale) => {
    await expect(plan({ size }, { scale })).rejects.toThrow(
      /^slide images of \d+ × \d+ pixels are too large$/,
    );
  });

  test('is made for 4K at the largest scale', async () => {
    expect((await plan({ size: { widthPx: 1920, heightPx: 1080 } }, { scale: 4 }))?.scale).toBe(4);
  });
});
