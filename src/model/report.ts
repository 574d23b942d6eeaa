import type { ExplainedSetting } from './deck.ts';
import type { Diagnostic } from './diagnostics.ts';
import type { BlockKind } from './layout.ts';
import type { OutputKind } from './output-kinds.ts';
import type { SparingInk } from './pdf-parts.ts';
import type { SlideCount } from './plan.ts';

/** By name: a hex SHA-256, or `missing` for what was requested and not found. */
export type Digests = Readonly<Record<string, string>>;

/** Everything that the files of a deck depend on: equal inputs give equal bytes. */
export interface BuildInputs {
  /** Files of the project, by their path from its root. */
  readonly files: Digests;
  /** Files from the web, by their URL. */
  readonly remote: Digests;
  /** Hash of the targets of the deck's links to other decks of the build. */
  readonly links: string;
  /** Options that change files, by name. */
  readonly settings: Readonly<Record<string, unknown>>;
  /** Versions of Deckhand, of its dependencies and of the browser. */
  readonly versions: Readonly<Record<string, string>>;
  /** Hash of the fonts that the browser chooses from. */
  readonly fonts: string;
  /** The date in the files. */
  readonly date: string;
  /** The deck's last commit. */
  readonly commit?: string;
}

/** One file of an output on disk. */
interface FileReport {
  /** The output that the file belongs to. */
  readonly kind: OutputKind;
  /** Path in the output folder, with `/`. */
  readonly file: string;
  /** Number of pages; missing for an archive. */
  readonly pages?: number;
  /** How many slides it shows, if not all. */
  readonly slides?: SlideCount;
  /** How it saves ink, if it does. */
  readonly ink?: SparingInk;
  /** Size of the file, in bytes. */
  readonly bytes: number;
  /** Hash of the file, in hexadecimal. */
  readonly sha256: string;
  /** Hash of everything that the file was made from. */
  readonly key: string;
}

/** A file that was written, without any known error. */
export interface CompleteOutput extends FileReport {
  /** Distinguishes this from other outputs. */
  readonly status: 'complete';
}

/** A file that was written, although an error affects some of its slides. */
export interface IncompleteOutput extends FileReport {
  /** Distinguishes this from other outputs. */
  readonly status: 'incomplete';
  /** Numbers of these slides, in the order of the deck. */
  readonly faultySlides: readonly string[];
}

/** An output that was made but not written. The file of an earlier build stays. */
export interface WithheldOutput {
  /** The output. */
  readonly kind: OutputKind;
  /** Distinguishes this from other outputs. */
  readonly status: 'withheld';
  /** `unsound`: pages are missing or changed, so it should not be used. `incomplete`: refused because of `--strict`. */
  readonly reason: 'unsound' | 'incomplete';
  /** Numbers of the slides that an error affects, in the order of the deck. */
  readonly faultySlides: readonly string[];
  /** Files of an earlier build that are still there, below the output folder. */
  readonly kept: readonly string[];
}

/** An output that could not be made; an error says why. The file of an earlier build stays. */
export interface FailedOutput {
  /** The output. */
  readonly kind: OutputKind;
  /** Distinguishes this from other outputs. */
  readonly status: 'failed';
  /** Files of an earlier build that are still there, below the output folder. */
  readonly kept: readonly string[];
}

/** A file that a build wrote. */
export type PublishedOutput = CompleteOutput | IncompleteOutput;

/** The result of an output: one entry for each file that was written, or one for the output if none was. */
export type OutputReport = PublishedOutput | WithheldOutput | FailedOutput;

/** Why a block of a deck is on its cheatsheet, or is not. */
export interface ExplainedBlock {
  /** Number of its slide, as reveal.js shows it. */
  readonly slide: string;
  /** Line of its slide in the deck's file, from 1; missing if lines are not known. */
  readonly line?: number | undefined;
  /** What it is. */
  readonly kind: BlockKind;
  /** Its first words, or the file name of an image. */
  readonly words: string;
  /** Whether it is on the cheatsheet. */
  readonly included: boolean;
  /** Why, for people. */
  readonly reason: string;
  /** Its score; above 0 it is kept. Missing if its author decides. */
  readonly score?: number;
}

/** The result of a deck. */
export interface DeckReport {
  /** Path of the deck, as it was named. */
  readonly path: string;
  /** Its title, or its file name if it could not be read. */
  readonly title: string;
  /** Number of its slides, without hidden ones. */
  readonly slides: number;
  /** Number of images that are marked as decoration by an empty alternative text. */
  readonly decorations: number;
  /** What was made of it. */
  readonly outputs: readonly OutputReport[];
  /** What is wrong with it. */
  readonly diagnostics: readonly Diagnostic[];
  /** With `--explain cheatsheet`: why each block is on the cheatsheet or not. */
  readonly explanation?: readonly ExplainedBlock[];
  /** With `--explain settings`: each setting, and where it comes from. */
  readonly settings?: readonly ExplainedSetting[];
  /** Everything that its files depend on; with `--explain inputs`. */
  readonly inputs?: BuildInputs;
}

/** The result of a run: the content of `report.json`. */
export interface RunReport {
  /** Version of Deckhand. */
  readonly version: string;
  /** What the command line exits with. */
  readonly exitCode: number;
  /** All decks of the run, in their order. */
  readonly decks: readonly DeckReport[];
  /** Paths of decks that were not finished when the run was interrupted; missing if it ended normally. */
  readonly unfinished?: readonly string[];
}

export interface DeckResult extends DeckReport {
  /** Nothing of the deck could be published. */
  readonly failed: boolean;
}
