import { readFile, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import { scopeOf } from '../../../src/pipeline/outputs/cheatsheet/scope.ts';
import { signalsOf, type Weights } from '../../../src/pipeline/outputs/cheatsheet/score.ts';
import { judgedBlocks } from '../../../src/pipeline/outputs/cheatsheet/selection.ts';
import { SIGNALS } from '../../../src/pipeline/outputs/cheatsheet/signals.ts';
import { keyOf, type LabelledDeck } from './labelled-deck.ts';

/** How hard it is to move a weight from its initial value; the stronger that is, the harder. */
const STIFFNESS = 4;
/** A needless block costs more than a missing one: it takes the space of others, and the reader's time. */
const NEEDLESS = 1.6;
const ROUNDS = 40;
const LONGEST_STEP = 1;

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
  const examples = decks.flatMap(examplesOf);
  const scores = new Float64Array(examples.length);
  const weights = Object.entries(SIGNALS).map(([name, { meant }]) => ({
    ...{ name, meant, value: 0 },
    at: examples.flatMap(({ signals }, i) => (signals.includes(name) ? [i] : [])),
  }));
  for (const weight of weights) move(weight, weight.meant);
  // Newton's method, one weight after the other.
  for (let round = 0; round < ROUNDS; round++)
    for (const weight of weights) {
      const stiffness = STIFFNESS * Math.abs(weight.meant);
      let [slope, curvature] = [stiffness * (weight.value - weight.meant), stiffness];
      for (const i of weight.at) {
        const { isUseful } = examples[i] as Example;
        const chance = 1 / (1 + Math.exp(-(scores[i] ?? 0)));
        const cost = isUseful ? 1 : NEEDLESS;
        slope += cost * (chance - (isUseful ? 1 : 0));
        curvature += cost * chance * (1 - chance);
      }
      const step = Math.max(-LONGEST_STEP, Math.min(LONGEST_STEP, slope / curvature));
      const next = weight.value - step;
      move(weight, next * weight.meant < 0 ? 0 : next);
    }
  return Object.fromEntries(weights.map(({ name, value }) => [name, Math.round(value * 10) / 10]));

  function move(weight: (typeof weights)[number], value: number): void {
    for (const i of weight.at) scores[i] = (scores[i] ?? 0) + value - weight.value;
    weight.value = value;
  }
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
    const entry = new RegExp(`(\\n  ${name}: \\{[^}]*?\\.\\.\\.meant\\([^,]+, )-?[\\w.]+\\)`);
    if (!entry.test(text)) throw new Error(`there is no weight of ${name} in the table`);
    text = text.replace(entry, `$1${weight})`);
  }
  await writeFile(TABLE, text);
}
