import type { Highlights } from '../../model/deck-settings.ts';
import type { Diagnostic, Outcome } from '../../model/diagnostics.ts';
import type { Deck, DeckFile, DeckTemplate, Size } from '../../model/model.ts';
import type { DeckFlags } from '../../settings/deck-keys.ts';

/** One reveal.js page, which needs nothing but this HTML, the mounts and the deck's own project. */
export interface Site {
  /** URL of the page: in the deck's folder, so that relative paths mean what they mean there. */
  readonly url: string;
  readonly html: string;
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

/** A deck as its text and its styles have it. */
export interface ParsedDeck extends Omit<Deck, 'date' | 'commit'> {
  /** The date of its front matter. */
  readonly written?: Date;
}

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
  readonly htmlAttributes: DeckTemplate['htmlAttributes'];
  readonly bodyAttributes: DeckTemplate['bodyAttributes'];
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

/** A kind of deck: how its decks are found, read and shown. Nothing else knows in which form a deck comes. */
export interface Input {
  readonly name: string;
  /** Whether a file, folder or glob that was named belongs to it. */
  takes(named: string): boolean;
  /** The decks that files, folders and globs name, each once, in a stable order. */
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
  ): Promise<Outcome<ParsedDeck>>;
  /** The page that shows it. It is ready when the conditions of `await-page.ts` hold, which all pages share. */
  open(deck: Deck, options: PageOptions): Site;
  /** What an archive makes a live presentation of. */
  around(deck: Deck): PageAround;
}
