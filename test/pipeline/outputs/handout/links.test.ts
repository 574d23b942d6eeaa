import { describe, expect, test } from 'vitest';
import type { DeckLink } from '../../../../src/model/model.ts';
import { linkPages, linkSetter, linksOf, listLinks } from '../../../../src/pipeline/outputs/handout/links.ts';
import { laidOutSlide } from '../../../support/sample.ts';

const deckLink = (url: string, words: string): DeckLink => ({
  ...{ url, words, outputName: 'other', kinds: ['slides'] },
});
const box = { x: 0, y: 0, width: 9, height: 9 };
const slide = (...hrefs: string[]) => {
  const links = hrefs.map((href) => ({ href, text: '', box, near: [] }));
  return laidOutSlide({ pages: [{ html: '', pictures: [], painted: [], words: '', links }] });
};

/** The heights of texts of characters that are 4 pixels wide. */
const asWideAs = async (texts: readonly { html: string; widthPx: number }[]) =>
  texts.map(({ html, widthPx }) => [
    { html: '', heightPx: 12 * Math.ceil((4 * html.replace(/<[^>]*>/g, '').length) / widthPx) },
  ]);

/** Every text is as high as a line. */
const oneLineEach = async (texts: readonly unknown[]) => texts.map(() => [{ html: '', heightPx: 12 }]);

describe('the list of links', () => {
  const decks = [
    deckLink('http://deck.invalid/a', 'Other, slide 3'),
    deckLink('http://deck.invalid/b', 'Other, slide 3'),
    deckLink('http://deck.invalid/c', 'Other'),
  ];
  const slides = [
    slide('http://deck.invalid/a', 'https://example.org/'),
    slide('http://deck.invalid/b', 'http://deck.invalid/c'),
  ];
  const listed = listLinks(slides, false, decks);

  test('has a slide of another deck once, however it is named', () => {
    expect([...listed].map(([url, { number }]) => `${number} ${url}`)).toEqual([
      '1 http://deck.invalid/a',
      '2 https://example.org/',
      '1 http://deck.invalid/b',
      '3 http://deck.invalid/c',
    ]);
    expect(linksOf(slides, listed, false).map(({ number }) => number)).toEqual([1, 2, 3]);
  });

  test('describes another deck in words, without a QR code, which would be useless on paper', async () => {
    const setter = await linkSetter(new Set(listed.values()), { widthPx: 300, heightPx: 0 }, oneLineEach);
    const html = setter.pages(linksOf(slides, listed, false), 1000)[0]?.html ?? '';
    const entries = html.split('<div class="link-entry">').slice(1);
    expect(entries.map((entry) => entry.includes('<svg'))).toEqual([false, true, false]);
    expect(entries[0]).toContain('<a href="http://deck.invalid/a">Other, slide 3</a>');
  });

  test('has wider columns where an address would be taller than a page, and cuts what nobody would type', async () => {
    const area = { widthPx: 700, heightPx: 200 };
    const heightOf = async (length: number): Promise<number> => {
      const url = `https://example.org/${'x'.repeat(length)}`;
      const pages = await linkPages([{ number: 1, url }], area, asWideAs);
      return Math.max(...pages.map(({ heightPx }) => heightPx));
    };
    expect(await heightOf(1_800)).toBeLessThanOrEqual(200);
    expect(await heightOf(30_000)).toBeLessThanOrEqual(200);
  });
});
