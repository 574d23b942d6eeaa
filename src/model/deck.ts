import type { Size } from './geometry.ts';
import type { SitePath } from './paths.ts';

/** The file of a deck, and the name of its outputs. */
export interface DeckFile {
  /** As users would write it: relative to the working directory if that is shorter. */
  readonly path: string;
  readonly file: string;
  /** Folder and name of its outputs below the output folder, with `/`: `week1/intro`. */
  readonly outputName: string;
}

/** One slide in its source: everything that is known about it without a browser. */
export interface SourceSlide {
  /** Position in the deck from 0, hidden slides included. */
  readonly index: number;
  /** Position of its stack among the shown stacks, from 0. */
  readonly h: number;
  /** Position in its stack among the shown slides, from 0. */
  readonly v: number;
  /**
   * As reveal.js shows it with `slideNumber: true`: `4.3`, or `4` if the stack has one slide. A slide that is only on paper
   * has the number of the slide before it, and a `+`.
   */
  readonly number: string;
  /** Line of its first text in the deck's file, from 1; missing if its input knows no lines. */
  readonly line?: number | undefined;
  /** In the source, but on no page: it has `data-visibility="hidden"`, or is empty. */
  readonly hidden: boolean;
  /**
   * Counted by reveal.js: shown, or blank. With `data-handout="only"`, a slide is printed although it is hidden on the
   * screen.
   */
  readonly onScreen: boolean;
  /** Attributes of its `<section>`. */
  readonly attributes: Readonly<Record<string, string>>;
  /** All ids in it, the slide's own first. */
  readonly ids: readonly string[];
}

/** A reference of a deck or its styles to an image, stylesheet or font. */
export interface Reference {
  readonly kind: 'image' | 'stylesheet' | 'font';
  /** As written, with entities and escapes resolved; relative to the deck, or to `via`. */
  readonly url: string;
  /** Missing if its input knows no lines. */
  readonly line?: number | undefined;
  /** Path of the file that contains the line, if it is not the deck's. */
  readonly file?: string;
  /** Number of the slide; missing for references of the whole deck, or of one of its stylesheets. */
  readonly slide?: string;
  /** The stylesheet with the reference, as an absolute URL of the site. */
  readonly via?: string;
  /**
   * Start and end of the URL in the text of the deck's file (with `\n` for every line end, and no byte order mark); missing
   * if it is not there in one piece, or not in the deck itself.
   */
  readonly span?: readonly [from: number, to: number];
}

export interface DeckMetadata {
  readonly title: string;
  readonly author?: string;
  readonly lang?: string;
  readonly subtitle?: string;
  /** The address of the deck on the web. */
  readonly url?: string;
  /** Set by its author; otherwise its last commit. */
  readonly revision?: string;
  readonly description?: string;
  readonly keywords: readonly string[];
  readonly cheatsheet?: SectionChoice;
}

/** Sections that the author includes in the cheatsheet, or excludes. */
export interface SectionChoice {
  /** Missing if all sections are included that are not excluded. */
  readonly take?: readonly NamedSection[];
  readonly leave: readonly NamedSection[];
}

export interface NamedSection {
  readonly title: string;
  /** Where the deck names it. */
  readonly line?: number | undefined;
}

/**
 * A deck after it was read: what its source says, without anything that has to be fetched or rendered. All inputs have this;
 * an input may keep more in its decks (see `MarkdownDeck`), which no other code reads. Data only, because it comes from
 * another process.
 */
export interface Deck {
  readonly source: DeckFile;
  /** Nothing outside of this folder is read for the deck. */
  readonly root: string;
  readonly site: DeckSite;
  /** The files that it was read from: its own, then those with settings for it. */
  readonly sources: readonly [SourceFile, ...SourceFile[]];
  readonly metadata: DeckMetadata;
  readonly size: Size;
  /** Page of the slides PDF; default: as large as a slide. */
  readonly printSize?: Size;
  /** Every slide, hidden ones included, in order. */
  readonly outline: readonly SourceSlide[];
  readonly references: readonly Reference[];
  /** Number of images marked as decoration. */
  readonly decorations: number;
  readonly reveal: RevealOptions;
  /** Its settings from its files and the command line, and where each is set. */
  readonly settings?: readonly ExplainedSetting[];
  /** The date in its files: `SOURCE_DATE_EPOCH`, otherwise that of the deck's last commit or change. */
  readonly date: Date;
  /** Its last commit, abbreviated by git; missing if the deck is not committed, or has changed. */
  readonly commit?: string;
}

/** The address at which a deck is presented, and the files that addresses there refer to. */
export interface DeckSite {
  /**
   * Address of the page that presents it, the base of relative addresses: on an origin of its input (see `urls.ts`), in the
   * deck's folder below the root.
   */
  readonly url: string;
  /** Further folders that an address may be relative to, besides the deck's own and the root, most likely first. */
  readonly folders: readonly string[];
  /** Prefixes for folders in addresses, each with the folders to look in. */
  readonly aliases?: Readonly<Record<string, readonly string[]>>;
}

/** A file that a deck was read from. */
export interface SourceFile {
  readonly file: string;
  /** Its path in a project of its own, such as an archive. */
  readonly path: SitePath;
  /** As it was read: a text has `\n` for every line end, and no byte order mark. */
  readonly content: string | Uint8Array;
}

/** A stylesheet on disk, or on the web. */
export type Stylesheet =
  | { readonly name: string; readonly file: string }
  | { readonly name: string; readonly url: string };

/** The options of reveal.js that matter for outputs, whatever page presents the deck. */
export interface RevealOptions {
  /** None: slides are centered. */
  readonly center?: boolean;
  /** As on the screen; missing: not shown. */
  readonly slideNumber?: boolean | string;
  /** Whether reveal.js's own print gives each step a page. */
  readonly pdfSeparateFragments?: boolean;
  /** Links count slides from 1. */
  readonly hashOneBasedIndex?: boolean;
  /** 1: a slide is never continued on another page. */
  readonly pdfMaxPagesPerSlide?: number;
}

/** A setting of a deck. */
export interface ExplainedSetting {
  /** Its name. */
  readonly key: string;
  /** Its value, as text. */
  readonly value: string;
  /** Where it was set: file and line, or the command line. */
  readonly from: string;
}
