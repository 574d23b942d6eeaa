import type { Diagnostic } from '../../model/diagnostics.ts';
import type { DeckFile, ExplainedBlock, Ink, LaidOutPage, Layout, Plan, Size } from '../../model/model.ts';
import type { PlannedKind } from '../../model/output-kinds.ts';
import type { ProjectStyles } from '../../paper/project-styles.ts';
import type { Settings } from '../../settings/options.ts';
import type { Place } from './places.ts';

/** The settings that outputs may use. */
export type OutputOptions = Pick<
  Settings,
  | 'paper'
  | 'orientation'
  | 'margin'
  | 'perPage'
  | 'notes'
  | 'minType'
  | 'links'
  | 'binding'
  | 'gutter'
  | 'sectionStart'
  | 'booklet'
  | 'cover'
  | 'stamp'
  | 'ink'
  | 'handout'
  | 'cheatsheet'
  | 'imageFormat'
  | 'scale'
> & {
  /** Stylesheets of the project. */
  readonly styles?: ProjectStyles;
};

/** Lays out HTML in the browser, for who has to know how much room it takes. */
export interface Typesetter {
  /**
   * Runs a function inside a page that holds the document, its styles and fonts, and nothing else.
   *
   * @param inPage must stay self-contained.
   * @throws PageLostError
   */
  evaluate<A, R>(
    document: { readonly html: string; readonly page: Size },
    inPage: (argument: A) => R,
    argument: A,
  ): Promise<Awaited<R>>;
}

/** A kind of file, or of files, that a deck becomes. */
export interface Output<P extends Plan = Plan> {
  readonly kind: PlannedKind;
  /** Whether it follows `--fragments`; paper is always final. */
  readonly followsFragments: boolean;
  /** Whether it follows `--ink`. */
  readonly sparesInk: boolean;
  /** How it spares ink where nobody asks; none: not at all. */
  usualInk?(layout: Layout): Ink;
  /** Whether an archive holds it. */
  readonly isArchived: boolean;
  /** Whether it shows pictures as their authors published them, whatever `--images` says. */
  readonly showsOriginals?: boolean;
  /** Extension of its file; none: `pdf`. */
  readonly extension?: string;
  /** Where its files go; none: one file, named after the deck and the kind. */
  place?(deck: DeckFile): Place;
  /** The slides that it shows as they were presented, in order; none if it lays out their content itself. */
  frames?(layout: Layout, options: Pick<OutputOptions, 'notes' | 'handout'>): readonly LaidOutPage[];
  /** By how much it prints slides larger than they are, or smaller: what pictures have to be good for. */
  printScale(layout: Layout, options: OutputOptions): number;
  /** What is said where there is nothing to print. */
  whenEmpty(path: string): Diagnostic;
  /** What to make; nothing, where the deck has nothing for it. */
  plan(layout: Layout, options: OutputOptions, typesetter: Typesetter): Promise<P | undefined>;
  /** Why it shows what it shows, where it chooses. */
  explain?(layout: Layout): readonly ExplainedBlock[];
}
