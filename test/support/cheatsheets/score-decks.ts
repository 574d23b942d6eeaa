import { withPinnedBrowser } from '../recorded/pinned-browser.ts';
import { LABELLED, labelledFiles, readLabelled, recordBlocks, writeLabels } from './labelled-deck.ts';
import { learnWeights, writeWeights } from './learn.ts';
import { measureBlocks } from './measure-blocks.ts';
import { printScores } from './print-scores.ts';

export interface ScoreOptions {
  /** Ask the browser anew. */
  readonly record: boolean;
  /** Put the weights that the labels ask for into the table. */
  readonly learn: boolean;
  /** Of other labelled decks; none: of those of the tests. Weights are learned from all of them. */
  readonly folders: readonly string[];
  /** List every decision that goes against its label. */
  readonly errors: boolean;
}

/** @returns whether the choice is as good as it has to be. */
export async function scoreDecks({ record, learn, folders, errors }: ScoreOptions): Promise<boolean> {
  const searched = folders.length > 0 && !learn ? folders : [LABELLED, ...folders];
  const files = (await Promise.all(searched.map(labelledFiles))).flat();
  if (record)
    await withPinnedBrowser(async (session) => {
      for (const file of files) {
        const layout = await measureBlocks(file, session);
        await recordBlocks(file, layout);
        const open = await writeLabels(file, layout);
        if (open > 0) console.log(`${file}: ${open} blocks without a label`);
      }
    });
  const decks = await Promise.all(files.map(readLabelled));
  if (learn) await writeWeights(learnWeights(decks));
  // What was learned is read from the table the next time.
  if (learn) return true;
  const { precision, recall } = printScores(decks, { leaveOneOut: folders.length === 0, errors });
  return folders.length > 0 || (precision >= 0.85 && recall >= 0.7);
}
