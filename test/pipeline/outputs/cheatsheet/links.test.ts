import { describe, expect, test } from 'vitest';
import { mm } from '../../../../src/paper/paper.ts';
import { bandLinks } from '../../../../src/pipeline/outputs/cheatsheet/links.ts';
import { block, laidOutSlide } from '../../../support/sample.ts';

const link = (href: string, text = '') => ({ href, text });

/** A sheet with one block, whose slide has links of its own. */
function sheet(own: readonly string[], ofSlide: readonly string[] = []) {
  const links = ofSlide.map((href) => ({
    ...link(href),
    box: { x: 0, y: 0, width: 1, height: 1 },
    near: [],
  }));
  const slide = laidOutSlide({ pages: [{ html: '', pictures: [], painted: [], words: '', links }] });
  const chosen = { block: block({ links: own.map((href) => link(href)) }), slide };
  return [{ title: '', topics: [{ heading: '', blocks: [chosen] }] }];
}

const addresses = (sections: Parameters<typeof bandLinks>[0], widthPx: number) =>
  bandLinks(sections, widthPx, []).map(({ html }) => /href="([^"]*)"/.exec(html)?.[1]);

describe('the band of links', () => {
  test('has those of the blocks, then those of their slides, each once', () => {
    const [a, b, c] = ['https://a.example/', 'https://b.example/', 'https://c.example/'];
    expect(addresses(sheet([b, a], [a, c, b]), mm(400))).toEqual([b, a, c]);
  });

  test('has as many as stand side by side', () => {
    const many = Array.from({ length: 20 }, (_, i) => `https://example.org/${i}`);
    const found = bandLinks(sheet(many), mm(281), []);
    expect(found.length).toBeGreaterThan(3);
    expect(found.reduce((sum, { widthMm }) => sum + widthMm + 4, -4)).toBeLessThanOrEqual(281);
  });

  test('has no link within the deck, nor one whose code is too large to stand in it', () => {
    const hrefs = [
      '#slide-1-2',
      'mailto:a@b.example',
      `https://example.org/${'x'.repeat(400)}`,
      'https://a.example/',
    ];
    expect(addresses(sheet(hrefs), mm(281))).toEqual(['https://a.example/']);
  });

  test('shows no secrets of an address', () => {
    expect(addresses(sheet(['https://me:secret@a.example/']), mm(281))).toEqual(['https://a.example/']);
  });

  test('draws modules that a phone can tell apart on paper', () => {
    const [{ html = '' } = {}] = bandLinks(sheet(['https://example.org/a/rather/long/address']), mm(281), []);
    const [, width, modules] = /width:([\d.]+)mm.*viewBox="0 0 (\d+)/.exec(html) ?? [];
    expect(Number(width) / Number(modules)).toBeGreaterThanOrEqual(0.36);
  });

  test('has the words of a link as text, whatever is in them', () => {
    const [section] = sheet([]);
    const evil = {
      ...section,
      topics: [
        {
          heading: '',
          blocks: [{ block: block({ links: [link('https://a.example/', '<i>"&')] }), slide: laidOutSlide() }],
        },
      ],
    };
    expect(bandLinks([evil as never], mm(281), [])[0]?.html).toContain('&lt;i&gt;&quot;&amp;');
  });
});
