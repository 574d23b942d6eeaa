import { describe, expect, test } from 'vitest';
import { cardTemplate } from '../../src/paper/card.ts';

const SITE = 'http://deck.invalid';
const words = (html: string): string => html.replace(/<svg.*<\/svg>/, '').replace(/<[^>]*>/g, ' ');

describe('the card for an address on the web', () => {
  const card = cardTemplate('https://me:pass@example.org/a%20b/map.png?token=c2VjcmV0');

  test('leads there, with its query and without credentials', () => {
    expect(card.href).toBe('https://example.org/a%20b/map.png?token=c2VjcmV0');
  });

  test('shows neither query nor credentials', () => {
    expect(words(card.html)).toContain('https://example.org/a b/map.png');
    expect(words(card.html)).not.toMatch(/token|pass/);
  });

  test('has a QR code', () => {
    expect(card.html).toContain('<svg ');
  });

  test('is known by the last part of its path', () => {
    expect(card.name).toBe('map.png');
  });
});

describe('the card for a file of the deck', () => {
  const card = cardTemplate(`${SITE}/img/50%25%20<b>.png?v=2`);

  test('has no link and no QR code', () => {
    expect(card.href).toBe('');
    expect(card.html).not.toContain('<svg');
  });

  test('shows its path as text', () => {
    expect(card.html).toContain('img/50% &lt;b&gt;.png');
  });
});

test.each(['', 'data:text/html,<b>', 'blob:x', 'javascript:alert(1)'])(
  'the card for what has no address leads nowhere: “%s”',
  (url) => {
    expect(cardTemplate(url)).toMatchObject({ href: '', name: '' });
  },
);
