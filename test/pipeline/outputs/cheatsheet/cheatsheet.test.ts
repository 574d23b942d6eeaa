import { describe, expect, test } from 'vitest';
import { cheatsheet } from '../../../../src/pipeline/outputs/cheatsheet/cheatsheet.ts';
import { fittedHtml, sheetItems } from '../../../../src/pipeline/outputs/cheatsheet/sheet-html.ts';
import { block, laidOutSlide, layout, outputOptions } from '../../../support/sample.ts';

const pictured = (...widths: readonly number[]) => {
  const box = { x: 0, y: 0, width: 1, height: 1 };
  const pictures = widths.map((widthPx) => ({ url: 'u', box, size: { widthPx, heightPx: 1 } }));
  return layout({
    slides: [laidOutSlide({ pages: [{ html: '', pictures, painted: [], words: '', links: [] }] })],
  });
};

describe('the pictures of a cheatsheet', () => {
  test('are as wide as a column at most', () => {
    // A column of three on A4 across is a good 90 mm.
    expect(cheatsheet.printScale(pictured(3400, 1000), outputOptions())).toBeCloseTo(0.34, 1);
  });

  test('are never larger than on their slides', () => {
    expect(cheatsheet.printScale(pictured(3400, 100), outputOptions())).toBe(1);
  });
});

describe('a box', () => {
  const slideAt = (number: string) => laidOutSlide({ number, id: `slide-${number}` });
  const chosen = (number: string) => ({ block: block(), slide: slideAt(number) });
  const furniture = {
    layout: layout(),
    page: { widthPx: 1, heightPx: 1 },
    options: outputOptions(),
    links: [],
  };

  test('has a link to the slide that it is from', () => {
    const items = sheetItems([{ title: 'A', topics: [{ heading: '', blocks: [chosen('3'), chosen('5')] }] }]);
    expect(items[0]?.open).toContain('<a class="slide" href="#slide-3">3–5</a>');
  });

  test('that continues in another column repeats its heading, but not as a heading', () => {
    const items = sheetItems([
      { title: 'Ropes', topics: [{ heading: '', blocks: [chosen('3'), chosen('4')] }] },
    ]);
    const spans = items.map((_, item) => ({ item, from: 0, to: 1 }));
    const pages = [[spans.slice(0, 2), spans.slice(2)]];
    const fit = { typeSize: 8, pages, shrunk: new Map(), left: new Set<number>() };
    const html = fittedHtml(items, fit, { size: 8, wrappedShare: 0, items: [] }, furniture);
    expect(html.match(/<h2/g)).toHaveLength(1);
    expect(html).toContain('<p class="again" dir="auto">Ropes …</p>');
  });
});

describe('a cheatsheet', () => {
  const noBrowser = { evaluate: () => Promise.reject(new Error('nothing to lay out')) };

  test('is not planned where nothing belongs on it', async () => {
    expect(await cheatsheet.plan(layout(), outputOptions(), noBrowser)).toBeUndefined();
  });

  test('names titles and headings as text, whatever is in them', () => {
    const evil = '<script>"&';
    const chosen = { block: block(), slide: laidOutSlide() };
    const items = sheetItems([{ title: evil, topics: [{ heading: `${evil}2`, blocks: [chosen] }] }]);
    const metadata = { title: evil, author: evil, subtitle: evil, keywords: [] };
    const furniture = {
      layout: layout({ metadata }),
      page: { widthPx: 1, heightPx: 1 },
      options: outputOptions({ stamp: evil }),
      links: [],
    };
    const spans = items.map((_, item) => ({ item, from: 0, to: 1 }));
    const fit = { typeSize: 8, pages: [[spans]], shrunk: new Map(), left: new Set<number>() };
    expect(fittedHtml(items, fit, { size: 8, wrappedShare: 0, items: [] }, furniture)).not.toContain(
      '<script>',
    );
  });

  test('gives each section a colour, and each topic where all of it is one section', () => {
    const topic = (heading: string) => ({ heading, blocks: [{ block: block(), slide: laidOutSlide() }] });
    const several = sheetItems([
      { title: 'A', topics: [topic('a'), topic('b')] },
      { title: 'B', topics: [topic('')] },
    ]);
    expect(several.map(({ kind, accent }) => `${kind} ${accent}`)).toEqual([
      'section 1',
      'topic 1',
      'block 1',
      'topic 1',
      'block 1',
      'section 2',
      'block 2',
    ]);
    const one = sheetItems([{ title: '', topics: [topic('a'), topic('b')] }]);
    expect(one.map(({ kind, accent }) => `${kind} ${accent}`)).toEqual([
      'section 1',
      'block 1',
      'section 2',
      'block 2',
    ]);
  });
});
