import type { Layout, PrintedDocument } from '../../../src/model/model.ts';
import type { OutputKind } from '../../../src/model/output-kinds.ts';

/** What the browser gave for one deck; everything else of a build can be made again without a browser. */
export interface DeckRecording {
  /** As the deck was named. */
  readonly path: string;
  readonly layouts: readonly Layout[];
  readonly frames: readonly FramesRecording[];
  readonly prints: readonly PrintRecording[];
}

/** What the browser printed of a document. Its HTML is not kept: it is made anew from the layout. */
type DocumentRecording = Omit<PrintedDocument, 'html'>;

/** One print of slides. */
export interface FramesRecording extends DocumentRecording {
  /** The outputs that take their slides from it. */
  readonly kinds: readonly OutputKind[];
}

/** What the browser gave for one output besides. */
export interface PrintRecording {
  readonly kind: OutputKind;
  /** Which of the layouts it was planned from. */
  readonly layoutIndex: number;
  /** What the typesetter measured for the plan, in the order in which it was asked. */
  readonly typeset: readonly unknown[];
  readonly sheets?: DocumentRecording;
}
