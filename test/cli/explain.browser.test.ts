import { expect, test } from 'vitest';
import { deckhand } from '../support/project.ts';

const DECK = '# Ropes\n\nSome words.\n\n```sh\nrope make\n```\n\n---\n\n## Again\n\n```sh\nrope make\n```\n';
const ARGS = ['build', 'decks/ropes.md', '--only', 'cheatsheet', '--explain', 'cheatsheet'];

test('--explain cheatsheet says of each block, with its slide, whether it is on the sheet and why', async () => {
  const { code, stdout } = await deckhand(ARGS, { 'decks/ropes.md': DECK });
  expect(code).toBe(0);
  expect(stdout.trimEnd().split('\n')).toEqual([
    'decks/ropes.md: 1 of 5 blocks on the cheatsheet',
    '- slide 1 (line 1) heading “Ropes”: a heading is there with what stands below it',
    '- slide 1 (line 1) text “Some words.”: it is prose',
    '+ slide 1 (line 1) code “rope make”: it is code',
    '- slide 2 (line 11) heading “Again”: a heading is there with what stands below it',
    '- slide 2 (line 11) code “rope make”: it is there already, from slide 1',
  ]);
});

test('--explain of a deck with nothing for its cheatsheet says why it has none', async () => {
  const { stdout } = await deckhand(ARGS, { 'decks/ropes.md': '# Ropes\n\nSome words.\n' });
  expect(stdout).toContain('0 of 2 blocks');
});

test('--explain with --json is in the report', async () => {
  const { stdout } = await deckhand([...ARGS, '--json'], { 'decks/ropes.md': DECK });
  const [deck] = JSON.parse(stdout).decks;
  expect(deck.explanation[2]).toEqual({
    ...{ slide: '1', line: 1, kind: 'code', words: 'rope make' },
    ...{ included: true, reason: 'it is code' },
  });
});

test('without --explain a report has no explanation', async () => {
  const { report } = await deckhand(['build', 'decks/ropes.md', '--only', 'cheatsheet'], {
    'decks/ropes.md': DECK,
  });
  expect((await report()).decks[0]).not.toHaveProperty('explanation');
});
