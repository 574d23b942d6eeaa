import { expect, test } from 'vitest';
import { sourceWithheld } from '../../../src/pipeline/localize/attachments.ts';
import { sitePath } from '../../../src/pipeline/site/site-path.ts';
import { sampleDeck } from '../../support/sample.ts';

const deckOf = (content: string) =>
  sampleDeck('/p', { sources: [{ file: '/p/deck.md', path: sitePath('/p', '/p/deck.md'), content }] });

test.each([
  ['<p data-handout="skip">answer</p>', 'handout', true],
  ["<p data-handout='blank'>answer</p>", 'cheatsheet', true],
  ['answer <!-- .element: data-handout="skip" -->', 'handout', true],
  ['<p data-handout="only">hint</p>', 'handout', false],
  ['no answer', 'handout', false],
  ['<p data-handout="skip">answer</p>', undefined, false],
] as const)('%s in the source of a deck, for the %s', (markdown, paper, isWithheld) => {
  expect(sourceWithheld(deckOf(markdown), {}, paper) !== undefined).toBe(isWithheld);
});

test('marks that only the presented deck has count, too', () => {
  const deck = deckOf('answer');
  expect(sourceWithheld(deck, { withholds: true }, 'handout')?.code).toBe('SOURCE_NOT_ATTACHED');
  expect(sourceWithheld(deck, { withholds: true }, undefined)).toBeUndefined();
});
