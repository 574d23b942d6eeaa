import { describe, expect, test } from 'vitest';
import { deadLinks } from '../../scripts/docs/dead-links.ts';

const check = (documents: Record<string, string>): string[] =>
  deadLinks(new Map(Object.entries(documents)), process.cwd());

describe('links of documents', () => {
  test('to files and headings that exist are fine', () => {
    const readme = '# Top\n\n[a](docs/decks.md#a-code-b) [b](#top) [c](LICENSE) [d](https://example.org/x)';
    expect(check({ 'README.md': readme, 'docs/decks.md': '## A `code` – b?' })).toEqual([
      'README.md: docs/decks.md#a-code-b has no such heading',
    ]);
    expect(check({ 'README.md': readme, 'docs/decks.md': '## A `code` b?' })).toEqual([]);
  });

  test('to files that do not exist are named, and so are images', () => {
    expect(check({ 'docs/a.md': '[x](gone.md) ![y](../gone.png)' })).toEqual([
      'docs/a.md: gone.md does not exist',
      'docs/a.md: ../gone.png does not exist',
    ]);
  });

  test('to a second heading of the same words have a number', () => {
    expect(check({ 'a.md': '# Twice\n\n# Twice\n\n[x](#twice-1) [y](#twice-2)' })).toEqual([
      'a.md: #twice-2 has no such heading',
    ]);
  });

  test('in code are not links', () => {
    expect(check({ 'a.md': '`[x](gone.md)`\n\n    [y](gone.md)\n' })).toEqual([]);
  });
});
