import type { LaidOutSlide } from '../../../model/model.ts';
import type { PlacedEntry } from './grid/cells.ts';
import type { LinkBand } from './links.ts';
import type { SetNotes } from './notes.ts';
import type { SetColumn } from './text/text-columns.ts';

/** One page of a handout, in reading order. */
export type ComposedPage =
  | { readonly kind: 'cover'; readonly part: number }
  /** With lines to write on, if slides have some. */
  | { readonly kind: 'blank' }
  | {
      readonly kind: 'slides';
      readonly slides: readonly LaidOutSlide[];
      readonly cells: readonly PlacedEntry[];
      readonly notes: SetNotes['beside'];
      readonly links?: LinkBand;
    }
  | TextPage
  | { readonly kind: 'links'; readonly links: LinkBand };

/** Text in columns. */
export interface TextPage {
  readonly kind: 'text';
  /** The sections for its header. */
  readonly slides: readonly LaidOutSlide[];
  /** The slides whose text begins on this page, and only here. */
  readonly begins: readonly LaidOutSlide[];
  readonly className: 'notes' | 'notes article';
  readonly columns: readonly SetColumn[];
  /** Space that the text leaves free gets lines to write on. */
  readonly isRuled: boolean;
}
