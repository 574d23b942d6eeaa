import type { Layout, OutputKind, Print } from '../../../src/pipeline/model.ts';

/** What the browser gave for one deck; everything else of a build can be made again without a browser. */
export interface DeckRecording {
  /** As the deck was named. */
  readonly path: string;
  readonly layouts: readonly Layout[];
  readonly prints: readonly PrintRecording[];
}

/** What the browser gave for one output. The plan is not kept: it is made anew from the layout. */
export interface PrintRecording extends Omit<Print, 'plan'> {
  readonly kind: OutputKind;
  /** Which of the layouts it was planned from. */
  readonly layoutIndex: number;
  /** What the typesetter measured for the plan, in the order in which it was asked. */
  readonly typeset: readonly unknown[];
}
