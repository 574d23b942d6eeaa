import { describe, expect, test } from 'vitest';
import { courseBuiltOnce } from '../support/course.ts';
import { withProgram } from '../support/with-program.ts';

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

  test('throws is printed nevertheless', async () => {
    expect((await course.pages('variants/bad.md')).map(({ text }) => text)).toEqual([
      'BEFORE\n1',
      'BEHIND\n2',
    ]);
  });

  test('would throw does not run, which is a note', () => {
    expect(course.deck('variants/bad.md').diagnostics).toMatchObject([
      { code: 'ACTIVE_CONTENT_IGNORED', severity: 'info', deck: 'variants/bad.md', line: 3 },
    ]);
  });

  test('would empty the page does not', async () => {
    expect(await course.pages('variants/rejects.md')).toHaveLength(2);
    expect(await course.pages('variants/fine.md')).toHaveLength(2);
  });
});

describe('a page whose program', () => {
  const course = courseBuiltOnce(
    { ...decks, decks: ['variants/throws.md', 'variants/empties.md', 'variants/fine.md'] },
    {
      'variants/throws.md': '# Before\n\n<p id="throws">text</p>\n\n---\n\n# Behind\n',
      'variants/empties.md': '# Before\n\n<p id="empties">text</p>\n\n---\n\n# Behind\n',
      'variants/fine.md': FINE,
    },
    {
      session: withProgram(`
        live('#throws', () => setTimeout(() => { throw new Error('thrown on purpose'); }));
        live('#empties', () => setTimeout(() => { document.body.innerHTML = ''; }));
      `),
    },
  );

  test('throws is printed nevertheless', async () => {
    expect(await course.pages('variants/throws.md')).toHaveLength(2);
  });

  test('throws is a warning with the words of the error', () => {
    expect(course.diagnostics('variants/throws.md', 'PAGE_SCRIPT_ERROR')).toMatchObject([
      {
        severity: 'warning',
        deck: 'variants/throws.md',
        message: expect.stringContaining('thrown on purpose'),
      },
    ]);
  });

  test('empties the page is an error, and hurts no other deck', async () => {
    expect(course.deck('variants/empties.md').outputs).toEqual([
      { kind: 'slides', status: 'failed', kept: [] },
    ]);
    expect(course.deck('variants/empties.md').diagnostics.map(({ severity }) => severity)).toContain('error');
    expect(await course.pages('variants/fine.md')).toHaveLength(2);
  });
});
