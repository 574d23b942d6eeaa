import type { Weights } from '../../../src/pipeline/outputs/cheatsheet/score.ts';
import { firstWords, judgeBlocks, type Verdict } from '../../../src/pipeline/outputs/cheatsheet/selection.ts';
import { keyOf, type LabelledDeck } from './labelled-deck.ts';
import { learnWeights } from './learn.ts';

export interface Tally {
  /** On the sheet, and useful; on it, and not; useful, and not on it. */
  readonly right: number;
  readonly needless: number;
  readonly missed: number;
  readonly wrong: readonly Verdict[];
}

/** How far the choice agrees with the labels. A block that is on the sheet already counts once. */
export function tallyOf({ layout, labels }: LabelledDeck, weights?: Weights): Tally {
  const verdicts = judgeBlocks(layout, weights).filter(
    ({ block, reason }) => block.kind !== 'heading' && !reason.startsWith('it is already included'),
  );
  const isUseful = ({ slide, block }: Verdict): boolean => labels.get(keyOf(slide, block)) ?? false;
  const kept = verdicts.filter(({ included }) => included);
  const needless = kept.filter((one) => !isUseful(one));
  const missed = verdicts.filter((one) => !one.included && isUseful(one));
  return {
    ...{ right: kept.length - needless.length, needless: needless.length, missed: missed.length },
    wrong: [...needless, ...missed],
  };
}

/** Of all decks together. */
export function sharesOf(tallies: readonly Tally[]): { readonly precision: number; readonly recall: number } {
  const sum = (of: (tally: Tally) => number): number => tallies.reduce((all, tally) => all + of(tally), 0);
  const right = sum((tally) => tally.right);
  const share = (all: number): number => (all === 0 ? 1 : right / all);
  return {
    precision: share(right + sum((tally) => tally.needless)),
    recall: share(right + sum((tally) => tally.missed)),
  };
}

/** Each deck is judged by what the others teach. */
export function leaveOneOut(decks: readonly LabelledDeck[]): Tally[] {
  return decks.map((deck) => tallyOf(deck, learnWeights(decks.filter((other) => other !== deck))));
}

export function printScores(
  decks: readonly LabelledDeck[],
  options: { readonly leaveOneOut: boolean; readonly errors: boolean },
): ReturnType<typeof sharesOf> {
  const tallies = decks.map((deck) => tallyOf(deck));
  const without = options.leaveOneOut ? leaveOneOut(decks) : undefined;
  console.log(
    `${'deck'.padEnd(24)} useful  precision  recall${without ? '   left out: precision  recall' : ''}`,
  );
  const line = (name: string, own: readonly Tally[], out: readonly Tally[] | undefined): void => {
    const useful = own.reduce((sum, { right, missed }) => sum + right + missed, 0);
    const shares = [own, ...(out ? [out] : [])].map((all) => {
      const { precision, recall } = sharesOf(all);
      return `${percent(precision).padStart(9)}  ${percent(recall).padStart(6)}`;
    });
    console.log(`${name.padEnd(24)} ${String(useful).padStart(6)}  ${shares.join('             ')}`);
  };
  for (const [i, deck] of decks.entries())
    line(deck.name, [tallies[i] as Tally], without && [without[i] as Tally]);
  line('all', tallies, without);
  const shares = sharesOf(without ?? tallies);
  if (!options.errors) return shares;
  decks.forEach((deck, i) => {
    for (const { slide, block, included, reason, score } of (without ?? tallies)[i]?.wrong ?? [])
      console.log(
        `${deck.name} ${slide.number} ${included ? 'needless' : 'missed'} ${block.kind} “${firstWords(block)}” (${score}): ${reason}`,
      );
  });
  return shares;
}

function percent(share: number): string {
  return `${(share * 100).toFixed(1)} %`;
}
