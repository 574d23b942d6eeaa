import type { BookmarkTree } from '../../pdf/outline.ts';
import type { Paper } from '../../print/paper.ts';
import type { Layout, OutputKind, PrintPlan } from '../model.ts';

export interface OutputOptions {
  readonly paper: Paper;
  readonly perPage: number;
}

/** A kind of file that a deck becomes. */
export interface Output {
  readonly kind: OutputKind;
  /** Whether it follows `--fragments`; paper is always final. */
  readonly followsFragments: boolean;
  /** By how much it prints slides larger than they are, or smaller: what pictures have to be good for. */
  printScale(layout: Layout, options: OutputOptions): number;
  /** What to print; nothing, where the deck has nothing for it. */
  plan(layout: Layout, options: OutputOptions): PrintPlan | undefined;
  /** Bookmarks of the printed file. */
  bookmarks(layout: Layout, options: OutputOptions): readonly BookmarkTree[];
}
