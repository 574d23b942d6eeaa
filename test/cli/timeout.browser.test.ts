import { expect, test } from 'vitest';
import { deckhand } from '../support/project.ts';

const ONE = { 'package.json': '{}', 'decks/one.md': '# One\n' };
const LOOPS = {
  'package.json': '{}',
  'decks/loops.md': '# Loops\n\n<img src="a.svg" alt="a" onload="for (;;);">\n',
  'decks/a.svg': '<svg xmlns="http://www.w3.org/2000/svg" width="9" height="9"/>',
};

test('a page that never answers fails its deck after --timeout, and the other deck is built', async () => {
  const run = await deckhand(['--only=slides', '--timeout', '10'], { ...ONE, ...LOOPS });
  expect(run.code).toBe(1);
  expect(run.stderr).toMatch(/decks\/loops\.md: error: .*10 s.* \[BROWSER_CRASHED\]/);
  expect(run.stderr).toContain('decks/one.md: 1 slide → slides 1 page');
});
