import type { Diagnostic, Outcome } from '../../model/diagnostics.ts';
import type { Highlights } from '../../model/highlights.ts';
import type { Deck, DeckFile, Size, SourceSlide } from '../../model/model.ts';
import type { DeckFlags } from '../../settings/deck-keys.ts';

/**
 * One reveal.js page, served at the address of the deck's site. It needs nothing but the mounts and the deck's own project.
 */
export interface Site {
  readonly html: string;
  /** Missing if an input knows no lines. */
  readonly lines?: SourceLines;
}

/** Finds content of the page in a slide's source; undefined if it is written there in another form. */
export interface SourceLines {
  /** @param text words, or the address of a link. */
  lineOf(slide: SourceSlide, text: string): number | undefined;
  /** @param code of a formula or a diagram; a repeated call finds the next one with the same code. */
  lineOfCode(slide: SourceSlide, code: string): number | undefined;
}

/** Data only, because it is sent to another process. */
export interface ParseOptions {
  /**
   * The working directory: reveal-md looks there for its configuration, themes, stylesheets and `_assets`. Undefined if the
   * caller has none.
   */
  readonly cwd?: string | undefined;
  /** Slide size set by the user, which replaces the deck's own. */
  readonly size?: Size | undefined;
  /** Prints slides without any content. */
  readonly blankSlides?: boolean | undefined;
  /** The language of decks that do not set their own. */
  readonly lang?: string | undefined;
  readonly author?: string | undefined;
  readonly revision?: string | undefined;
  /** Settings on the command line for all decks; they override those of decks. */
  readonly flags?: DeckFlags | undefined;
  /** A preprocessor gets only the variables that it needs to run. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Whether references contain the exact positions of their URLs. Default: true. */
  readonly exactPlaces?: boolean | undefined;
}

/** A deck from its source, before its date is determined. */
export type ParsedDeck<D extends Deck = Deck> = Omit<D, 'date' | 'commit'> & {
  /** The date in the deck itself. */
  readonly written?: Date;
};

/** Reads a deck, in this process or another one. */
export type ParseDeck = (source: DeckFile, options: ParseOptions) => Promise<Outcome<ParsedDeck>>;

export interface DiscoverOptions {
  readonly cwd: string;
  /** The folder whose structure outputs mirror; a deck outside of it is named after the folder it was found in. */
  readonly decksFolder: string;
  /** Glob pattern for the decks in a folder; default: that of the folder's configuration, or all files of the input's kind. */
  readonly glob?: string | undefined;
}

export interface Discovery {
  readonly decks: readonly DeckFile[];
  /** Problems that belong to no readable deck: a missing path, an unreadable folder, two decks with one output. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface PageOptions {
  /** Earlier results of highlighting the deck's code. */
  readonly highlights?: Highlights | undefined;
  /** Time limit for each condition; default: a minute. */
  readonly timeoutMs?: number | undefined;
  /**
   * `live`: reveal.js presents the deck. `source`: the plugins run, but reveal.js itself never starts, so that the page can
   * be the source of a live presentation. Default: `live`.
   */
  readonly view?: 'live' | 'source' | undefined;
}

/** A stylesheet by its address, or the content of a `<style>` element. */
export type PageSheet = ({ readonly url: string } | { readonly css: string }) & { readonly media?: string };

/** A marker in place of the slides; no text of a page contains it. */
export const SLIDES = '<!--deckhand:slides-->';

/** The page of a live presentation, without its scripts and slides. */
export interface PageAround {
  /** In document order. */
  readonly sheets: readonly PageSheet[];
  /** The body, with {@link SLIDES} in place of the slides. */
  readonly html: string;
  readonly htmlAttributes: readonly Attribute[];
  readonly bodyAttributes: readonly Attribute[];
  /** Options for reveal.js that every page must set for print. */
  readonly config: Readonly<Record<string, unknown>>;
}

export interface Attribute {
  readonly name: string;
  readonly value: string;
}

/** Options of reveal.js that every page must set for print, whatever its deck says. */
export const FOR_PRINT = {
  // Also if the window is so small that reveal.js would scroll: https://revealjs.com/scroll-view/
  view: null,
  scrollActivationWidth: null,
  // All slides are laid out at once, including content that is loaded lazily.
  viewDistance: 1e6,
  mobileViewDistance: 1e6,
  autoSlide: 0,
  controls: false,
  progress: false,
  hash: false,
  history: false,
  transition: 'none',
  backgroundTransition: 'none',
  autoAnimate: false,
  showNotes: false,
} as const;

/** Describes the file of a deck for people who do not have the program. */
export interface SourceFormat {
  readonly name: string;
  readonly mediaType: string;
  /** A sentence about the format of the slides. */
  readonly about: string;
  /** A sentence about how to read them. */
  readonly reading: string;
}

/** What the survey of a folder reports about the look of a deck. */
export interface DeckLooks {
  readonly theme: string;
  /** The deck itself sets something. */
  readonly isOwn: boolean;
}

/**
 * A kind of deck: how its decks are found, read and shown. Other code does not know the format of a deck.
 *
 * @typeParam D the decks of the input.
 */
export interface Input<D extends Deck = Deck> {
  readonly name: string;
  readonly format: SourceFormat;
  /** Extensions of its decks, without the dot. */
  readonly extensions: readonly string[];
  /** Whether a named file, folder or glob belongs to this kind. */
  takes(named: string): boolean;
  /** The decks that files, folders and globs name. Duplicates and equal output names are resolved elsewhere. */
  discover(named: readonly string[], options: DiscoverOptions): Promise<Discovery>;
  /**
   * Parses a deck. Time and memory depend on the deck: for untrusted decks see `deck-parser.ts`.
   *
   * @param onSlide called with the line of a slide before it is read, except for short slides.
   * @throws DeckError if the deck cannot be read or has no slide to show.
   */
  parse(
    source: DeckFile,
    options: ParseOptions,
    onSlide?: (line: number) => void,
  ): Promise<Outcome<ParsedDeck<D>>>;
  /**
   * The page that shows the deck. It is ready when the conditions of `await-page.ts` are met, which are the same for all
   * pages.
   */
  open(deck: D, options: PageOptions): Promise<Site>;
  /** The page from which an archive makes a live presentation. */
  around(deck: D): Promise<PageAround>;
  /** Former ids by which links may refer to a slide; undefined: there are none. */
  formerIds?(deck: ParsedDeck<D>, slide: SourceSlide): Promise<readonly string[]>;
  /** Undefined: nothing is known without a browser. */
  looks?(deck: D): DeckLooks;
}
