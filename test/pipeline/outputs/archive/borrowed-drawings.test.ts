import { describe, expect, test } from 'vitest';
import {
  type BorrowedDrawings,
  borrowDrawings,
} from '../../../../src/pipeline/outputs/archive/borrowed-drawings.ts';

const BASE = 'http://deck.invalid/decks/';
const SIGNS = `<?xml version="1.0"?>
<svg xmlns="http://www.w3.org/2000/svg" xmlns:xlink="http://www.w3.org/1999/xlink"><style>rect, .dark::before, #buoy > path { fill: url(#dusk) } @keyframes sway { from { x: 0 } }</style><linearGradient id="dusk"/><symbol id="buoy"><rect class="dark" fill="url('#dusk')"/><use xlink:href="#pole"/></symbol></svg>`;

const borrowed = (html: string): Promise<BorrowedDrawings> =>
  borrowDrawings(html, BASE, async (url) => (url === `${BASE}signs.svg` ? SIGNS : undefined));

describe('a part of a drawing in a file', () => {
  test('is one of the page, under a name of its own', async () => {
    const { html, definitions } = await borrowed('<svg><use href="signs.svg#buoy" x="1"></use></svg>');
    expect(html).toBe('<svg><use href="#deckhand-drawing-1-buoy" x="1"></use></svg>');
    expect(definitions).toContain('<symbol id="deckhand-drawing-1-buoy"');
    expect(definitions).toContain('xlink:href="#deckhand-drawing-1-pole"');
    expect(definitions).toContain('fill="url(\'#deckhand-drawing-1-dusk\')"');
  });

  test('has the styles of its drawing, which hold for nothing else', async () => {
    const { definitions } = await borrowed('<svg><use xlink:href="./signs.svg#buoy"></use></svg>');
    const [, css = ''] = /<style[^>]*>([^<]*)<\/style>/.exec(definitions) ?? [];
    expect(css.replaceAll('&gt;', '>')).toBe(
      'rect[data-deckhand-drawing-1],.dark[data-deckhand-drawing-1]::before,#deckhand-drawing-1-buoy>path[data-deckhand-drawing-1]{fill:url(#deckhand-drawing-1-dusk)}@keyframes sway{from{x:0}}',
    );
  });

  test('contains its drawing once, however often it is used', async () => {
    const { definitions } = await borrowed(
      '<svg><use href="signs.svg#buoy"></use></svg><svg><use href="../decks/signs.svg#dusk"></use></svg>',
    );
    expect(definitions.match(/<symbol/g)).toHaveLength(1);
  });

  test.each([
    ['of the page itself', '<svg><use href="#mast"></use></svg>'],
    ['that cannot be had', '<svg><use href="gone.svg#mast"></use></svg>'],
    ['of a whole file', '<svg><use href="signs.svg"></use></svg>'],
  ])('%s stays as it is', async (_what, slides) => {
    expect(await borrowed(slides)).toEqual({ html: slides, definitions: '' });
  });
});
