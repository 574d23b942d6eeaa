import { expect, test } from 'vitest';
import { deckhand } from '../support/project.ts';

const ONE = { 'package.json': '{}', 'decks/one.md': '# One\n' };
const LOOPS = {
  'package.json': '{}',
  // The parser of Markdown is at it for minutes, in the page.
  'decks/loops.md': '*a **a '.repeat(30_000),
};

test('a page that never answers fails its deck after --timeout, and the other deck is built', async () => {
  const run = await deckhand(['--only=slides', '--timeout', '6'], { ...ONE, ...LOOPS });
  expect(run.code).toBe(1);
  expect(run.stderr).toMatch(/decks\/loops\.md: error: .*6 s.* \[BROWSER_CRASHED\]/);
  expect(run.stderr).toContain('decks/one.md: 1 slide → slides 1 page');
});
