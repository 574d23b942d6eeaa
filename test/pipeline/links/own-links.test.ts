import { describe, expect, test } from 'vitest';
import type { OutputKind } from '../../../src/model/output-kinds.ts';
import { linkOwnSlides } from '../../../src/pipeline/links/own-links.ts';
import { laidOutSlide, layout } from '../../support/sample.ts';

const BOX = { x: 0, y: 0, width: 9, height: 9 };
const LINK = { href: '#skipped', text: '', box: BOX, near: [] };
const DECK = layout({
  metadata: { title: 'A & B', keywords: [] },
  slides: [
    laidOutSlide({
      ...{ id: 'first', names: ['/0', '/0/0', 'first'], number: '1', label: '1', line: 5 },
      pages: [{ html: '<p id="first"></p>', pictures: [], painted: [], words: '', links: [LINK] }],
    }),
    laidOutSlide({
      id: 'skipped',
      names: ['/1/0', 'skipped', 'a "b"'],
      number: '2',
      label: '2',
      handout: 'skip',
    }),
  ],
});
const ALL: readonly OutputKind[] = ['slides', 'handout', 'cheatsheet'];
const linked = (html: string, kind: OutputKind = 'handout', only = ALL) =>
  linkOwnSlides(html, { outputName: 'week 1/a' }, kind, DECK, only);

describe('a link to a slide of the deck', () => {
  test('stays where the document shows it', () => {
    const html = '<p id="first"></p><a class="x" href="#first">to it</a>';
    expect(linked(html)).toEqual({ html, links: [], elsewhere: new Map(), diagnostics: [] });
  });

  test('leads to another file that shows it, where the document does not', () => {
    const { html, links, diagnostics } = linked('<a href="#skipped">to it</a>');
    expect(html).toBe('<a href="http://deck.invalid/.deckhand/deck/week%201/a#skipped">to it</a>');
    expect(links).toMatchObject([{ destination: 'skipped', words: 'A & B, slide 2', kinds: ['slides'] }]);
    expect(diagnostics).toEqual([]);
  });

  test('is found by ids that are written in another way', () => {
    expect(linked('<a href="#a%20%22b%22">to it</a>').links).toMatchObject([{ destination: 'a "b"' }]);
  });

  test('is named where no file of the build shows it', () => {
    const { html, diagnostics } = linked('<a href="#skipped">to it</a>', 'handout', ['handout']);
    expect(html).toBe('<a href="#skipped">to it</a>');
    expect(diagnostics).toMatchObject([{ code: 'LINK_LEFT_OUT', severity: 'info', line: 5, slide: '1' }]);
    expect(diagnostics[0]?.message).toContain('slide 2, which is not in the handout');
  });

  test('is no link where it is only quoted', () => {
    const html = '<pre>&lt;a href="#skipped"&gt;</pre>';
    expect(linked(html).html).toBe(html);
  });
});
