import { describe, expect, test } from 'vitest';
import { setCover } from '../../../../src/pipeline/outputs/handout/cover.ts';
import { chooseGeometry } from '../../../../src/pipeline/outputs/handout/grid/geometry.ts';
import { laidOutSlide, layout, outputOptions } from '../../../support/sample.ts';

/** Every text is as high as its words are long; a smaller title is lower. */
const setTexts = async (texts: readonly { html: string }[]) =>
  texts.map(({ html }) => {
    const scale = Number(/--cover-scale:([\d.]+)/.exec(html)?.[1] ?? 1);
    return [{ html, heightPx: scale * html.replace(/<[^>]*>/g, '').length }];
  });

async function coverOf(title: string, count: number) {
  const slides = Array.from({ length: count }, (_, h) => laidOutSlide({ h, title: `Section ${h + 1}` }));
  const deck = layout({ slides, sections: slides.map((slide) => slide.title) });
  const named = { ...deck, metadata: { ...deck.metadata, title } };
  const geometry = chooseGeometry(deck.size, outputOptions({ perPage: 2 }));
  const cover = await setCover(named, slides, geometry, '', setTexts);
  return cover.render((h) => h + 2);
}

describe('the cover of a handout', () => {
  test('has a short table of contents in one column, and a long one in several', async () => {
    const columns = async (count: number) =>
      (await coverOf('Title', count))[0]?.split('contents-column').length;
    expect([await columns(5), await columns(200)]).toEqual([2, 3]);
  });

  test('has a smaller title if that is long', async () => {
    const scaleFor = async (length: number) => {
      const [page = ''] = await coverOf('x'.repeat(length), 1);
      return Number(/--cover-scale:([\d.]+)/.exec(page)?.[1]);
    };
    expect([await scaleFor(20), await scaleFor(600), await scaleFor(5_000)]).toEqual([1, 0.7, 0.5]);
  });
});
