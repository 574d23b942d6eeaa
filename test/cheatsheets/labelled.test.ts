import { beforeAll, describe, expect, test } from 'vitest';
import { SIGNALS } from '../../src/pipeline/outputs/cheatsheet/signals.ts';
import {
  judgeable,
  keyOf,
  type LabelledDeck,
  labelledFiles,
  readLabelled,
} from '../support/cheatsheets/labelled-deck.ts';
import { leaveOneOut, sharesOf, tallyOf } from '../support/cheatsheets/print-scores.ts';

let decks: readonly LabelledDeck[] = [];
beforeAll(async () => {
  decks = await Promise.all((await labelledFiles()).map(readLabelled));
});

describe('what the cheatsheet finds on labelled decks', () => {
  test('is useful at 85 of 100, and 70 of 100 useful blocks are found, with weights that the other decks taught', () => {
    const { precision, recall } = sharesOf(leaveOneOut(decks));
    expect(precision).toBeGreaterThanOrEqual(0.85);
    expect(recall).toBeGreaterThanOrEqual(0.7);
  });

  test('is as much with the weights of the table, on each deck', () => {
    const low = decks.filter((deck) => {
      const { precision, recall } = sharesOf([tallyOf(deck)]);
      return precision < 0.8 || recall < 0.7;
    });
    expect(low.map(({ name }) => name)).toEqual([]);
  });

  test('is nothing of a deck with nothing to look up', () => {
    const [history] = decks.filter(({ name }) => name === 'revolution');
    const { right, needless } = tallyOf(history as LabelledDeck);
    expect(right + needless).toBe(0);
  });
});

test('every block of the labelled decks has a label, and every label a block', () => {
  for (const { layout, labels } of decks) {
    const keys = judgeable(layout).map(({ slide, block }) => keyOf(slide, block));
    expect([...new Set(keys)].sort()).toEqual([...labels.keys()].sort());
  }
});

test('no weight of the table is on the other side of what its signal is meant to say', () => {
  const turned = Object.entries(SIGNALS).filter(([, { weight, meant }]) => weight * meant < 0);
  expect(turned.map(([name]) => name)).toEqual([]);
});
