import type { Block } from '../../../model/model.ts';

/** Everything that the score of a block depends on. */
export interface Judged {
  readonly block: Block;
  /** The nearest heading before it. */
  readonly heading: string;
  /** Facts about its section. */
  readonly section: string;
  readonly isOnFirstSlide: boolean;
  /** The last fifth of the deck. */
  readonly isInLastPart: boolean;
  /** The block before it on its slide. */
  readonly before: Block | undefined;
  /** Blocks between the heading and it. */
  readonly earlier: readonly Block[];
  /** All others on its slide. */
  readonly beside: readonly Block[];
  /** Of what it says, the share that blocks of its kind have said before. */
  readonly saidBefore: number;
}
