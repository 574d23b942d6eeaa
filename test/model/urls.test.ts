import { expect, test } from 'vitest';
import { isSiteUrl, withoutSite } from '../../src/model/urls.ts';

test.each([
  ['http://deck.invalid/a.png', true],
  ['https://outline.deck.invalid/', true],
  ['http://example.invalid/a.png', false],
  ['http://deck.invalid.example/a.png', false],
  ['https://example.org/?at=http://deck.invalid/a.png', false],
])('%s is on the site of a deck: %s', (url, expected) => {
  expect(isSiteUrl(url)).toBe(expected);
});

test('a text for people has paths in place of the addresses of sites', () => {
  expect(withoutSite('http://deck.invalid/a.png, http://html.deck.invalid/b/c.png')).toBe('a.png, b/c.png');
});
