import type { Diagnostic, Outcome } from '../../model/diagnostics.ts';
import type { Highlights } from '../../model/highlights.ts';
import type { Deck, DeckFile, Size, SourceSlide } from '../../model/model.ts';
import type { DeckFlags } from '../../settings/deck-keys.ts';

/** One reveal.js page, served at the address of the deck's site; it needs nothing but the mounts and the deck's own project. */
export interface Site {
  readonly html: string;
  /** None where an input knows no lines. */
  readonly lines?: SourceLines;
}

/** Where a slide's source has what its page shows; none where it is written there in another way. */
export interface SourceLines {
  /** @param text words, or the address of a link. */
  lineOf(slide: SourceSlide, text: string): number | undefined;
  /** @param code of a formula or a diagram; asked for again, the next one with the same code is meant. */
  lineOfCode(slide: SourceSlide, code: string): number | undefined;
}

/** Data only: it goes to another process. */
export interface ParseOptions {
  /**
   * Where the command was started: reveal-md looks there for its configuration, themes, stylesheets and `_assets`. None for
   * a caller that has no such place.
   */
  readonly cwd?: string | undefined;
  /** Slide size that the user asked for, instead of the deck's own. */
  readonly size?: Size | undefined;
  /** Gives paper to slides with nothing on them. */
  readonly blankSlides?: boolean | undefined;
  /** Of a deck that does not say its own. */
  readonly lang?: string | undefined;
  readonly author?: string | undefined;
  readonly revision?: string | undefined;
  /** What the command line says of all decks; it counts more than what they say themselves. */
  readonly flags?: DeckFlags | undefined;
  /** What a preprocessor gets of it is what it needs to run. */
  readonly env?: Readonly<Record<string, string | undefined>> | undefined;
  /** Whether references say exactly where their URLs are. Default: true. */
  readonly exactPlaces?: boolean | undefined;
}

/** A deck as its source has it, before it is known from when that is. */
export type ParsedDeck<D extends Deck = Deck> = Omit<D, 'date' | 'commit'> & {
  /** The date that it says itself. */
  readonly written?: Date;
};

/** Reads a deck, here or in another process. */
export type ParseDeck = (source: DeckFile, options: ParseOptions) => Promise<Outcome<ParsedDeck>>;

export interface DiscoverOptions {
  readonly cwd: string;
  /** The folder whose structure outputs mirror; a deck outside it is named after the folder it was found through. */
  readonly decksFolder: string;
  /** Which files of a folder are decks; none: what the folder's reveal-md.json says, else all Markdown. */
  readonly glob?: string | undefined;
}

export interface Discovery {
  readonly decks: readonly DeckFile[];
  /** Trouble that belongs to no deck that could be read: a missing path, an unreadable folder, two decks with one output. */
  readonly diagnostics: readonly Diagnostic[];
}

export interface PageOptions {
  /** What highlighting made of the deck's code before. */
  readonly highlights?: Highlights | undefined;
  /** For each thing that is waited for; none: a minute. */
  readonly timeoutMs?: number | undefined;
  /**
   * `live`: reveal.js presents the deck. `source`: its plugins do their work, and reveal.js itself never starts: what is
   * there then is what a live presentation can start from. None: `live`.
   */
  readonly view?: 'live' | 'source' | undefined;
}

/** A stylesheet by its address, or as it stands in a page. */
export type PageSheet = ({ readonly url: string } | { readonly css: string }) & { readonly media?: string };

/** Stands where the slides are; no text of a page has it. */
export const SLIDES = '<!--deckhand:slides-->';

/** The page of a live presentation, without its scripts and slides. */
export interface PageAround {
  /** In their order. */
  readonly sheets: readonly PageSheet[];
  /** Of the body, with {@link SLIDES} in the place of the slides. */
  readonly html: string;
  readonly htmlAttributes: readonly Attribute[];
  readonly bodyAttributes: readonly Attribute[];
  /** For reveal.js, but for what is decided where it is presented. */
  readonly config: Readonly<Record<string, unknown>>;
}

export interface Attribute {
  readonly name: string;
  readonly value: string;
}

/** Options of reveal.js that every page has to set for print, whatever its deck says. */
export const FOR_PRINT = {
  // Also where the window is so small that reveal.js would scroll: https://revealjs.com/scroll-view/
  view: null,
  scrollActivationWidth: null,
  // Every slide is laid out at once, and what it loads late is loaded.
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

/** What the file of a deck is, for who has it without the program. */
export interface SourceFormat {
  readonly name: string;
  readonly mediaType: string;
  /** A sentence that says what the slides are written in. */
  readonly about: string;
  /** A sentence that says how to read them. */
  readonly reading: string;
}

/** What a folder's survey says of how a deck looks. */
export interface DeckLooks {
  readonly theme: string;
  /** The deck itself says something of it. */
  readonly isOwn: boolean;
}

/**
 * A kind of deck: how its decks are found, read and shown. Nothing else knows in which form a deck comes.
 *
 * @typeParam D what the input has in its decks.
 */
export interface Input<D extends Deck = Deck> {
  readonly name: string;
  readonly format: SourceFormat;
  /** What the names of its decks end in, without the dot. */
  readonly extensions: readonly string[];
  /** Whether a file, folder or glob that was named belongs to it. */
  takes(named: string): boolean;
  /** The decks that files, folders and globs name. Those found twice, or with one output name, are nothing to care about. */
  discover(named: readonly string[], options: DiscoverOptions): Promise<Discovery>;
  /**
   * Parses a deck. What the deck holds decides how long that takes and how much memory: for decks of strangers see
   * `deck-parser.ts`.
   *
   * @param onSlide hears the line of a slide before it is read, unless it is a short one.
   * @throws DeckError where the deck can't be read or has no slide to show.
   */
  parse(
    source: DeckFile,
    options: ParseOptions,
    onSlide?: (line: number) => void,
  ): Promise<Outcome<ParsedDeck<D>>>;
  /** The page that shows it. It is ready when the conditions of `await-page.ts` hold, which all pages share. */
  open(deck: D, options: PageOptions): Site;
  /** What an archive makes a live presentation of. */
  around(deck: D): PageAround;
  /** Ids by which links may know a slide although it has them no more; none: there are no such ids. */
  formerIds?(deck: ParsedDeck<D>, slide: SourceSlide): readonly string[];
  /** None: nothing is known of it without a browser. */
  looks?(deck: D): DeckLooks;
}
