import { describe, expect, test } from 'vitest';
import type { LaidOutSlide, Layout } from '../../../src/model/model.ts';
import { slides } from '../../../src/pipeline/outputs/slides.ts';
import { slideTitle } from '../../../src/pipeline/planning/bookmarks.ts';
import { framesDocumentOf } from '../../../src/pipeline/planning/slide-pages.ts';
import { laidOutSlide, layout, NO_TYPESETTER, outputOptions } from '../../support/sample.ts';

const plan = (changes: Partial<Layout>) => slides.plan(layout(changes), outputOptions(), NO_TYPESETTER);
const page = (html: string) => ({ html, pictures: [], painted: [], words: '', links: [] });
const titled = (h: number, title: string, steps = 1): LaidOutSlide =>
  laidOutSlide({ h, title, pages: Array.from({ length: steps }, (_, i) => page(`<p>${title} ${i}</p>`)) });

describe('bookmarks of slides', () => {
  const outline = async (all: readonly LaidOutSlide[], sections: readonly string[]) =>
    (await plan({ slides: all, sections }))?.bookmarks.map((one) => [
      one.title,
      one.page,
      ...one.children.map((child) => `${child.title} ${child.page}`),
    ]);

  test('have a chapter for each stack and its other slides below', async () => {
    expect(await outline([titled(0, 'A'), titled(0, 'B'), titled(1, 'C')], ['A', 'C'])).toEqual([
      ['A', 0, 'B 1'],
      ['C', 2],
    ]);
  });

  test('lead to the first step of a slide', async () => {
    expect(await outline([titled(0, 'A', 3), titled(1, 'B', 2), titled(1, 'C')], ['A', 'B'])).toEqual([
      ['A', 0],
      ['B', 3, 'C 5'],
    ]);
  });

  test('pass over a stack without slides', async () => {
    expect(await outline([titled(1, 'B')], ['A', 'B'])).toEqual([['B', 0]]);
  });
});

describe('the title of a slide', () => {
  test.each<[string, Partial<LaidOutSlide>, string]>([
    ['its heading', { title: 'A', name: 'b' }, 'A'],
    ['what it is known by without one', { name: 'first words' }, 'first words'],
    ['its number', { number: '4.3' }, 'Slide 4.3'],
  ])('is %s', (_what, changes, title) => {
    expect(slideTitle(laidOutSlide(changes))).toBe(title);
  });
});

describe('the plan of slides', () => {
  test('has a page for every step, in order', async () => {
    const planned = await plan({ slides: [titled(0, 'A', 2), titled(1, 'B')] });
    expect(planned?.pageCount).toBe(3);
    expect(planned?.frames.map(({ html }) => html)).toEqual(['<p>A 0</p>', '<p>A 1</p>', '<p>B 0</p>']);
  });

  test('is as large as the slides', async () => {
    const size = { widthPx: 1234, heightPx: 567 };
    expect((await plan({ size }))?.page).toEqual(size);
    expect(framesDocumentOf(layout({ size }), [], { style: 'slides' })).toContain(
      '@page { size: 1234px 567px; margin: 0 }',
    );
  });

  test('names each page after its slide, and further steps of one with their number', async () => {
    const all = [
      { ...titled(0, 'A', 2), label: '1' },
      { ...titled(1, 'B'), label: '2' },
    ];
    expect((await plan({ slides: all }))?.pageLabels).toEqual(['1', '1 (2)', '2']);
  });

  test('leaves out what is for paper only', async () => {
    const planned = await plan({
      slides: [titled(0, 'A'), { ...titled(0, 'B'), handout: 'only' }, titled(1, 'C')],
    });
    expect(planned?.frames.map(({ html }) => html)).toEqual(['<p>A 0</p>', '<p>C 0</p>']);
  });

  test('is none where all slides are for paper only', async () => {
    expect(await plan({ slides: [{ ...titled(0, 'A'), handout: 'only' }] })).toBeUndefined();
  });
});
