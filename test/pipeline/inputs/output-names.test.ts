import { expect, test } from 'vitest';
import { withOwnOutputs } from '../../../src/pipeline/inputs/output-names.ts';

const deck = (file: string, outputName: string) => ({ path: file.slice(3), file, outputName });

test('decks of two inputs that would write the same files are not built, and both say so', () => {
  const { decks, diagnostics } = withOwnOutputs([
    deck('/p/decks/git.md', 'git'),
    deck('/p/decks/sql.md', 'sql'),
    deck('/p/decks/git.html', 'git'),
  ]);
  expect(decks.map(({ path }) => path)).toEqual(['decks/sql.md']);
  const message = 'decks/git.html and decks/git.md would both write git/git-*.pdf';
  expect(diagnostics).toMatchObject([
    { code: 'DECK_OUTPUT_CLASH', severity: 'error', deck: 'decks/git.html', message },
    { code: 'DECK_OUTPUT_CLASH', severity: 'error', deck: 'decks/git.md', message },
  ]);
});

test('decks of two inputs in different folders keep the folders where their names are the same', () => {
  const { decks, diagnostics } = withOwnOutputs([
    deck('/p/unit1/slides.md', 'slides'),
    deck('/p/unit2/slides.html', 'slides'),
  ]);
  expect(decks.map(({ outputName }) => outputName)).toEqual(['unit1/slides', 'unit2/slides']);
  expect(diagnostics).toEqual([]);
});
