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

/** Lays out HTML in the browser, for outputs that need to know its size. */
export interface Typesetter {
  /**
   * Runs a function inside a page that contains only the document, its styles and fonts.
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

/** A kind of file, or of several files, that is created from a deck. */
export interface Output<P extends Plan = Plan> {
  readonly kind: PlannedKind;
  /** Whether it follows `--fragments`; printed outputs always show the final state. */
  readonly followsFragments: boolean;
  /** Whether it follows `--ink`. */
  readonly sparesInk: boolean;
  /** The ink that is used by default; undefined: full color. */
  usualInk?(layout: Layout): Ink;
  /** Whether an archive includes it. */
  readonly isArchived: boolean;
  /** Whether it shows images as published, regardless of `--images`. */
  readonly showsOriginals?: boolean;
  /** Extension of its file; default: `pdf`. */
  readonly extension?: string;
  /** Paths of its files; default: one file, named after the deck and the kind. */
  place?(deck: DeckFile): Place;
  /** The slides that it shows as they were presented, in order; undefined if it lays out their content itself. */
  frames?(layout: Layout, options: Pick<OutputOptions, 'notes' | 'handout'>): readonly LaidOutPage[];
  /** The scale at which it prints slides, which determines the resolution of images. */
  printScale(layout: Layout, options: OutputOptions): number;
  /** The diagnostic for a deck that has no content for it. */
  whenEmpty(path: string): Diagnostic;
  /** What to create; undefined if the deck has no content for it. */
  plan(layout: Layout, options: OutputOptions, typesetter: Typesetter): Promise<P | undefined>;
  /** Explains its selection, if it selects content. */
  explain?(layout: Layout): readonly ExplainedBlock[];
}
