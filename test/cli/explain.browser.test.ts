import { expect, test } from 'vitest';
import { deckhand } from '../support/project.ts';

const CODE = `\`\`\`sh\n${Array.from({ length: 20 }, (_, i) => `rope ${i}  # makes a rope`).join('\n')}\n\`\`\`\n`;
const DECK = `# Ropes\n\n---\n\n## Making\n\nMany people have made many ropes.\n\n- fine\n\n> Ropes hold.\n\n${CODE}\n---\n\n## Again\n\n${CODE}\n---\n\n## Kept\n\nkept <!-- .element: data-cheatsheet="keep" -->\n`;
const ARGS = ['build', 'decks/ropes.md', '--only', 'cheatsheet', '--explain', 'cheatsheet'];

test('--explain cheatsheet says of each block, with its slide, whether it is on the sheet and why', async () => {
  const { code, stdout } = await deckhand(ARGS, { 'decks/ropes.md': DECK });
  expect(code).toBe(0);
  expect(stdout.trimEnd().split('\n')).toEqual([
    'decks/ropes.md: 2 of 10 blocks on the cheatsheet',
    '- slide 1 (line 1) heading “Ropes”: a heading is included with the blocks below it',
    '- slide 2 (line 5) heading “Making”: a heading is included with the blocks below it',
    expect.stringMatching(/^- slide 2 \(line 5\) text “Many people.*”, -[\d.]+: it is prose, it tells/),
    expect.stringMatching(/^- slide 2 \(line 5\) list “fine”, -\d.*: it has only one item/),
    expect.stringMatching(/^- slide 2 \(line 5\) quote “Ropes hold.”, -\d.*: it is a quotation/),
    expect.stringMatching(/^\+ slide 2 \(line 5\) code “rope 0 makes.*”, \d\.\d+: it is code/),
    expect.stringContaining('heading “Again”'),
    expect.stringMatching(/^- slide 3 .* code “rope 0 .*: it is already included from slide 2$/),
    expect.stringContaining('heading “Kept”'),
    '+ slide 4 (line 65) text “kept”: it is marked',
  ]);
});

test('--explain of a deck with nothing for its cheatsheet says why it has none', async () => {
  const { stdout } = await deckhand(ARGS, { 'decks/ropes.md': '# Ropes\n\nSome words.\n' });
  expect(stdout).toContain('0 of 2 blocks');
});

test('--explain with --json is in the report', async () => {
  const { stdout } = await deckhand([...ARGS, '--json'], { 'decks/ropes.md': DECK });
  const [deck] = JSON.parse(stdout).decks;
  expect(deck.explanation[5]).toEqual({
    ...{ slide: '2', line: 5, kind: 'code', words: expect.stringContaining('rope 0') },
    ...{ included: true, reason: expect.stringContaining('it is code'), score: expect.any(Number) },
  });
});

test('without --explain a report has no explanation', async () => {
  const { report } = await deckhand(['build', 'decks/ropes.md', '--only', 'cheatsheet'], {
    'decks/ropes.md': DECK,
  });
  expect((await report()).decks[0]).not.toHaveProperty('explanation');
});
