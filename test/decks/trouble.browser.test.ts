import { describe, expect, test } from 'vitest';
import { courseBuiltOnce } from '../support/course.ts';

const FINE = '# Fine\n\n---\n\n## Second\n';
const decks = { decks: ['variants/bad.md', 'variants/fine.md'], only: 'slides', jobs: 2 } as const;

describe('a deck whose script', () => {
  const course = courseBuiltOnce(
    { ...decks, decks: ['variants/bad.md', 'variants/rejects.md', 'variants/fine.md'] },
    {
      'variants/bad.md':
        '# Before\n\n<img src="../img/tile.png" alt="tile" onload="throw new Error(\'thrown on purpose\')">\n\n---\n\n# Behind\n',
      'variants/rejects.md':
        '# Before\n\n<img src="../img/tile.png" alt="tile" onload="document.body.innerHTML = \'\'">\n\n---\n\n# Behind\n',
      'variants/fine.md': FINE,
    },
  );

  test('throws is printed all the same', async () => {
    expect((await course.pages('variants/bad.md')).map(({ text }) => text)).toEqual([
      'BEFORE\n1',
      'BEHIND\n2',
    ]);
  });

  test('throws is a warning with the words of the error', () => {
    expect(course.diagnostics('variants/bad.md', 'PAGE_SCRIPT_ERROR')).toMatchObject([
      { severity: 'warning', deck: 'variants/bad.md', message: expect.stringContaining('thrown on purpose') },
    ]);
  });

  test('empties the page is an error, and hurts no other deck', async () => {
    expect(course.deck('variants/rejects.md').outputs).toEqual([
      { kind: 'slides', status: 'failed', kept: [] },
    ]);
    expect(course.deck('variants/rejects.md').diagnostics.map(({ severity }) => severity)).toContain('error');
    expect(await course.pages('variants/fine.md')).toHaveLength(2);
  });
});
