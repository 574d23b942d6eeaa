import type { BuildInputs } from './build-inputs.ts';
import type { Diagnostic } from './diagnostics.ts';
import type { OutputKind } from './output-kinds.ts';
import type { SitePath } from './paths.ts';
import type { BookmarkTree, Destination, FileLink, PdfImage, SparingInk, Stub } from './pdf-parts.ts';

/** The file of a deck, and the name of its outputs. */
export interface DeckFile {
  /** As users would write it: relative to the working directory if that is shorter. */
  readonly path: string;
  readonly file: string;
  /** Folder and name of its outputs below the output folder, with `/`: `week1/intro`. */
  readonly outputName: string;
}

export interface Size {
  readonly widthPx: number;
  readonly heightPx: number;
}

/** CSS pixels; `x` to the right, `y` down. */
export interface Box {
  readonly x: number;
  readonly y: number;
  readonly width: number;
  readonly height: number;
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

/** What a page or an image is, for the code that serves it. */
export interface Resource {
  readonly type: string;
  readonly bytes: Uint8Array | string;
}

/** An image on a slide, as the browser laid it out. */
export interface PlacedPicture {
  /** The address in the finished page: the image's absolute URL without its fragment, or that of one of its frames. */
  readonly url: string;
  /** Set if `url` is not the image's own. */
  readonly frame?: PictureFrame;
  /** Its visible part on its page, after scaling. */
  readonly box: Box;
  /** The largest size at which its pixels are shown. */
  readonly size: Size;
}

/** One frame of an animation, selected by `data-frame`. */
export interface PictureFrame {
  /** Absolute URL of the animation, without its fragment. */
  readonly of: string;
  /** From 1, or the last one. */
  readonly frame: number | 'last';
}

/** An image that CSS paints: behind a slide, or as an element's background. */
export interface PaintedPicture {
  readonly url: string;
  /** The size at which the whole image is painted; missing if it is its natural size. */
  readonly size?: Size;
}

/** The kind of a block of a slide. */
export type BlockKind =
  | 'heading'
  | 'code'
  | 'table'
  | 'list'
  | 'definition'
  | 'formula'
  | 'quote'
  | 'picture'
  | 'text';

/**
 * The value of `data-cheatsheet` on a slide or an element: it is added to the sheet, it is removed, or the sheet has only
 * elements with that value.
 */
export type CheatsheetMark = 'keep' | 'skip' | 'only';

/** Countable properties of a block, from which its usefulness is estimated. */
export interface BlockFacts {
  /** Items of a list, rows of a table without its header, lines of code; otherwise 1. */
  readonly rows: number;
  /** Shares of its letters, from 0 to 1. */
  readonly inCode: number;
  readonly inLinks: number;
  /** Number of its items or rows that contain code or a formula. */
  readonly codeRows: number;
  readonly formulaRows: number;
  /** Number of a table's cells that contain only a number. */
  readonly numberCells: number;
  readonly columns: number;
  /** The header of a table. */
  readonly head: string;
  /** The language of code, as its author names it. */
  readonly language: string;
  /** Number of commands after a prompt; their output is omitted. */
  readonly isSession: boolean;
  /** Each of its lines or items is a command or a term with its meaning. */
  readonly isPaired: boolean;
  /** A drawing that contains words. */
  readonly isDrawing: boolean;
  /** Size of the smallest of these words, relative to the drawing's width: tells whether they are legible in a column. */
  readonly wordSize: number;
  readonly isOrdered: boolean;
  /** It begins with words in bold. */
  readonly isBoldFirst: boolean;
}

/** A piece of a slide that makes sense by itself on a cheatsheet. */
export interface Block {
  readonly kind: BlockKind;
  readonly html: string;
  /** Its text with collapsed white space, or an image's address; blocks with the same text are the same block. */
  readonly text: string;
  /** The nearest heading before it on its slide. */
  readonly heading: string;
  /** Missing if its author has not marked it. */
  readonly mark?: CheatsheetMark;
  /** The lead sentence before it: part of its HTML, but not of its text. */
  readonly lead: string;
  readonly facts: BlockFacts;
  readonly links: readonly Pick<SlideLink, 'href' | 'text'>[];
  /** The same HTML, divided where it may be broken; missing if it must not be broken. */
  readonly parts?: BlockParts;
}

/** Lines of code, items of a list or rows of a table, and the elements around them. */
export interface BlockParts {
  readonly open: string;
  /** At least one; each has the class `deckhand-part`. */
  readonly rows: readonly string[];
  readonly close: string;
}

export interface SlideLink {
  /** Absolute, or `#id` of an element of the deck. */
  readonly href: string;
  readonly text: string;
  /** On its last line of its page. */
  readonly box: Box;
  /** The text color of its letters and of those around it. */
  readonly near: readonly Box[];
}

/** A slide of another deck of the same build, or that whole deck, as the target of links. */
export interface DeckLink {
  /** Its placeholder in the pages of the deck, until the target file is known. */
  readonly url: string;
  /** Of the other deck. */
  readonly outputName: string;
  /** The name of the place in its files; missing: their beginning. */
  readonly destination?: string;
  /** The other deck's title, and the number of the slide there. */
  readonly words: string;
  /** The files of the other deck that show it; at least one. */
  readonly kinds: readonly [OutputKind, ...OutputKind[]];
}

/** One slide as the browser shows it. */
export interface LaidOutSlide {
  readonly index: number;
  readonly h: number;
  readonly v: number;
  readonly number: string;
  /** Its number as the deck shows it on the screen: `12 / 57` if the deck counts like this. */
  readonly label: string;
  readonly line?: number | undefined;
  /** Element id, target of links inside the file. */
  readonly id: string;
  /** Names for links from elsewhere, each unique in the deck: its hashes (`/2/1`), its id and those of its elements. */
  readonly names: readonly string[];
  /** Its first heading as written; empty if it has none. */
  readonly title: string;
  /** Its name without a title: its first words as written, or the description of its first image. */
  readonly name: string;
  /** The words it shows. */
  readonly text: string;
  readonly notesHtml: string;
  /** Its pages: one, one per fragment step, or several if it is too large for one. */
  readonly pages: readonly LaidOutPage[];
  /** 1, or the scale with which it was fitted. */
  readonly scale: number;
  readonly mark?: CheatsheetMark;
  readonly blocks: readonly Block[];
  readonly handout?: HandoutMark;
  /** From its `data-fragments`: whether its steps have pages of their own, whatever applies to the other slides. */
  readonly fragments?: FragmentsMode;
}

/** `final`: one page per slide, in its final state; `steps`: one per step. */
export type FragmentsMode = 'final' | 'steps';

/** Where a slide is shown: on paper only, everywhere except in the handout, or everywhere; `large` has a row of its own. */
export type HandoutMark = 'only' | 'skip' | 'large';

export interface LaidOutPage {
  /** The `.deckhand-frame` element, self-contained except for stylesheets and images. */
  readonly html: string;
  readonly pictures: readonly PlacedPicture[];
  readonly painted: readonly PaintedPicture[];
  readonly links: readonly SlideLink[];
  /** Its visible text, with white space between words, without formulas and cards. */
  readonly words: string;
  /** Size of its smallest type as printed on the page; missing without words. */
  readonly smallestTextPx?: number;
  /** White is easier to read on its background than black. */
  readonly isDark?: boolean;
}

/** The deck as the browser laid it out: everything that outputs need to plan their pages. */
export interface Layout extends LayoutHead {
  /** As in the `DeckFile` of the deck. */
  readonly path: string;
  readonly metadata: DeckMetadata;
  /** As in `Deck`. */
  readonly date: Date;
  readonly commit?: string;
  readonly size: Size;
  /** Page of the slides PDF; default: as large as a slide. */
  readonly printSize?: Size;
  readonly slides: readonly LaidOutSlide[];
  /** Title of each stack, by `h`. */
  readonly sections: readonly string[];
  /** The targets of its links to other decks. */
  readonly deckLinks: readonly DeckLink[];
  readonly diagnostics: readonly Diagnostic[];
}

/** The elements around frames in every document that shows them. */
export interface LayoutHead {
  /** `<link>` and `<style>` elements that the frames need, in order. */
  readonly headHtml: string;
  /** Attributes of the root element. */
  readonly htmlAttributes: string;
  readonly isRightToLeft: boolean;
  /** Parts of drawings that one slide defines and others use. */
  readonly definitions: string;
  /** Fonts in the deck's styles, by the absolute URLs that replace them. */
  readonly fonts: ReadonlyMap<string, Resource>;
}

/** What an output plans: data only, so that one executor handles all outputs. */
export type Plan = BrowserPlan | TextPlan;

/** What the browser makes. */
export type BrowserPlan = PrintPlan | ShotPlan;

/** A text file, in UTF-8. */
export interface TextPlan {
  readonly text: string;
  readonly diagnostics?: readonly Diagnostic[];
}

/** How the colors of a print are changed: not at all, or to save ink. */
export type Ink = 'full' | SparingInk;

/** A file to be printed: slides alone, or sheets. */
export type PrintPlan = SlidesPlan | SheetsPlan;

/** Slides as they are, one on each page. */
export interface SlidesPlan extends FilePlan {
  readonly frames: readonly LaidOutPage[];
  /** Its position on its page; missing: the page is as large as the slide. */
  readonly paper?: OnPaper | undefined;
}

/** The position of a slide on a page of another size, in CSS pixels. */
export interface OnPaper {
  /** Of its upper left corner. */
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** Something that is placed on a sheet. */
export interface Thing {
  readonly selector: string;
  /** Its name for messages. */
  readonly name: string;
}

/** Two things on one sheet that overlap. */
export interface Meeting {
  /** From 0. */
  readonly sheet: number;
  readonly names: readonly [one: string, other: string];
}

/** A document into which slides may be placed. */
export interface SheetsPlan extends FilePlan {
  readonly html: string;
  /** Things that must not overlap on any of its sheets. */
  readonly apart?: readonly Thing[];
  /** The slides on each of its pages. */
  readonly cells?: readonly (readonly PlannedCell[])[];
}

/** A place for a slide on a sheet. */
export interface PlannedCell {
  readonly frame: LaidOutPage;
  /** Alternative text of the placeholder figure in the document. */
  readonly placeholder: string;
  /** Its upper left corner in CSS pixels, from that of the sheet. */
  readonly x: number;
  readonly y: number;
  /** The scale of the slide. */
  readonly scale: number;
}

interface FilePlan {
  /** Paper size, in CSS pixels of 1/96 inch. */
  readonly page: Size;
  /** Number of pages that it must have, if the plan knows. */
  readonly pageCount?: number;
  /** Page labels for viewers; missing: page numbers. */
  readonly pageLabels?: readonly string[];
  readonly slides?: SlideCount;
  /** How to save ink; missing: print it unchanged. */
  readonly ink?: SparingInk;
  /** Bookmarks of the printed file. */
  readonly bookmarks: readonly BookmarkTree[];
  /** Places in the printed file that links from elsewhere can name. */
  readonly destinations?: readonly Destination[];
  /** Targets of links with internal addresses. */
  readonly fileLinks?: readonly FileLink[];
  /** The internal address for each linked id that the file does not show. */
  readonly elsewhere?: ReadonlyMap<string, string>;
  /** Settings that could not be applied. */
  readonly diagnostics?: readonly Diagnostic[];
}

/** How many slides a file shows and omits. */
export interface SlideCount {
  /** Number of slides in the file. */
  readonly shown: number;
  /** Number of the deck's other slides. */
  readonly skipped: number;
}

/** The result of a {@link PrintPlan}. */
export interface Print {
  readonly plan: PrintPlan;
  /** Missing if the file has no document of its own. */
  readonly sheets?: PrintedDocument | undefined;
  /** Missing if the file shows no slides. */
  readonly frames?: PrintedFrames | undefined;
}

export interface PrintedDocument {
  readonly html: string;
  readonly pdf: Uint8Array;
  /** Everything that the document loaded, by URL. */
  readonly served: ReadonlyMap<string, { readonly type: string; readonly sha256: string }>;
  /** URLs of vector images in which nothing is visible. */
  readonly blank: ReadonlySet<string>;
  /** The images that replace its stubs. */
  readonly images: readonly PlacedImage[];
  /** Things that overlap in the print. */
  readonly meetings: readonly Meeting[];
}

/** An image for which the print has a stub. */
export interface PlacedImage {
  readonly url: string;
  readonly stub: Stub;
  readonly image: PdfImage;
  /** Packed bytes of the image. */
  readonly sha256: string;
}

/** One print of all slides that the files of a deck show in one ink, one page each. */
export interface PrintedFrames extends PrintedDocument {
  readonly pages: readonly LaidOutPage[];
  /** Of a slide. */
  readonly page: Size;
}

/** A document of which a screenshot of each page is taken. */
export interface ShotPlan {
  readonly html: string;
  /** Size of each page, in CSS pixels. */
  readonly page: Size;
  /** Pixels of a screenshot per CSS pixel. */
  readonly scale: number;
  readonly format: ShotFormat;
  /** For each `.deckhand-frame` of the document, in order. */
  readonly shots: readonly PlannedShot[];
  readonly diagnostics?: readonly Diagnostic[];
}

export type ShotFormat = 'png' | 'jpeg' | 'webp';

export interface PlannedShot {
  /** Name of its file, without the extension. */
  readonly name: string;
  /** Number and line of its slide. */
  readonly slide: string;
  readonly line?: number | undefined;
}

/** The result of a {@link ShotPlan}. */
export interface Shots {
  readonly plan: ShotPlan;
  readonly shots: readonly Shot[];
  readonly served: PrintedDocument['served'];
}

export interface Shot {
  /** In the format of the plan. */
  readonly bytes: Uint8Array;
  /** Size of the image, in its own pixels. */
  readonly size: Size;
  /** Position of the page in the image. */
  readonly box: Box;
  /** Addresses of images on its page that the browser could not show. */
  readonly lost: readonly string[];
}

/** A finished file, still in memory. */
export interface Artifact {
  readonly kind: OutputKind;
  /** Below the output folder, with `/`. */
  readonly file: string;
  readonly bytes: Uint8Array;
  /** Missing for an archive. */
  readonly pages?: number;
  readonly slides?: SlideCount;
  /** How it saves ink, if it does. */
  readonly ink?: SparingInk;
  /** Hash of everything that it was made from. */
  readonly key: string;
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

/** A setting of a deck. */
export interface ExplainedSetting {
  /** Its name. */
  readonly key: string;
  /** Its value, as text. */
  readonly value: string;
  /** Where it was set: file and line, or the command line. */
  readonly from: string;
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
