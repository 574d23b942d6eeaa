import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scopeOf } from '../../../src/pipeline/outputs/cheatsheet/scope.ts';
import { signalsOf, type Weights } from '../../../src/pipeline/outputs/cheatsheet/score.ts';
import { judgedBlocks } from '../../../src/pipeline/outputs/cheatsheet/selection.ts';
import { SIGNALS } from '../../../src/pipeline/outputs/cheatsheet/signals.ts';
import { keyOf, type LabelledDeck } from './labelled-deck.ts';

/** How hard it is to move a weight from there. */
const STIFFNESS = 0.6;
const ROUNDS = 2000;
const RATE = 0.02;

interface Example {
  readonly signals: readonly string[];
  readonly isUseful: boolean;
}

/**
 * The weights that agree best with the labels: a logistic regression from the signals, which is held to what each signal is
 * meant to say: what is rare in the decks keeps that, and none changes sides. What is meant is no result of the labels, so
 * that a deck that is left out has no say in it.
 */
export function learnWeights(decks: readonly LabelledDeck[]): Weights {
  const names = Object.keys(SIGNALS);
  const examples = decks.flatMap(examplesOf).map(({ signals, isUseful }) => ({
    signals: signals.map((name) => names.indexOf(name)),
    goal: isUseful ? 1 : 0,
  }));
  const meant = names.map((name) => SIGNALS[name]?.meant ?? 0);
  const weights = Float64Array.from(meant);
  const slope = new Float64Array(names.length);
  for (let round = 0; round < ROUNDS; round++) {
    for (const [i, weight] of weights.entries()) slope[i] = STIFFNESS * (weight - (meant[i] ?? 0));
    for (const { signals, goal } of examples) {
      let sum = 0;
      for (const i of signals) sum += weights[i] ?? 0;
      const error = 1 / (1 + Math.exp(-sum)) - goal;
      for (const i of signals) slope[i] = (slope[i] ?? 0) + error;
    }
    for (const [i, weight] of weights.entries()) {
      const next = weight - RATE * (slope[i] ?? 0);
      weights[i] = next * (meant[i] ?? 0) < 0 ? 0 : next;
    }
  }
  return Object.fromEntries(names.map((name, i) => [name, Math.round((weights[i] ?? 0) * 10) / 10]));
}

/** Where the author's own cheatsheet decides there is nothing to learn. */
function examplesOf({ layout, labels }: LabelledDeck): Example[] {
  if (scopeOf(layout).own.size > 0) return [];
  return judgedBlocks(layout).flatMap((judged): Example[] => {
    const isUseful = labels.get(keyOf(judged.slide, judged.block));
    return isUseful === undefined ? [] : [{ signals: signalsOf(judged), isUseful }];
  });
}

const TABLE = join(import.meta.dirname, '../../../src/pipeline/outputs/cheatsheet/signals.ts');

/** Puts what was learned into the table of signals. */
export async function writeWeights(weights: Weights): Promise<void> {
  let text = await readFile(TABLE, 'utf8');
  for (const [name, weight] of Object.entries(weights)) {
    const entry = new RegExp(`(\\n  ${name}: \\{[^}]*?\\.\\.\\.meant\\([^,]+, )-?[\\d.]+\\)`);
    if (!entry.test(text)) throw new Error(`there is no weight of ${name} in the table`);
    text = text.replace(entry, `$1${weight})`);
  }
  await writeFile(TABLE, text);
}
