import type { BuildInputs } from './build-inputs.ts';
import type { Diagnostic } from './diagnostics.ts';
import type { OutputKind } from './output-kinds.ts';
import type { BookmarkTree, Destination, FileLink, PdfImage, SparingInk, Stub } from './pdf-parts.ts';

/** A deck's file and the name its outputs get. */
export interface DeckFile {
  /** As the user would name it: relative to the working directory where that is shorter. */
  readonly path: string;
  readonly file: string;
  /** Folder and stem of its outputs below the output folder, with `/`: `week1/intro`. */
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

/** One slide as its source has it: what is known of it before a browser shows it. */
export interface SourceSlide {
  /** Position in the deck from 0, hidden slides included. */
  readonly index: number;
  /** Position of its stack among the shown stacks, from 0. */
  readonly h: number;
  /** Position in its stack among the shown slides, from 0. */
  readonly v: number;
  /**
   * As reveal.js shows it with `slideNumber: true`: `4.3`, or `4` where the stack has one slide. What is on paper only has
   * that of the slide before it, and a `+`.
   */
  readonly number: string;
  /** Line of its first text in the deck's file, from 1; none where its input knows no lines. */
  readonly line?: number | undefined;
  /** In the source, but on no page: `data-visibility="hidden"`, or nothing in it. */
  readonly hidden: boolean;
  /** Counted by reveal.js: shown, or blank. `data-handout="only"` keeps for paper what is hidden on the screen. */
  readonly onScreen: boolean;
  /** Attributes of its `<section>`. */
  readonly attributes: Readonly<Record<string, string>>;
  /** Every id in it, the slide's own first. */
  readonly ids: readonly string[];
}

/** A picture, stylesheet or font that a deck or its styles ask for, and where. */
export interface Reference {
  readonly kind: 'image' | 'stylesheet' | 'font';
  /** As written, entities and escapes undone; relative to the deck, or to `via`. */
  readonly url: string;
  /** None where its input knows no lines. */
  readonly line?: number | undefined;
  /** Path of the file that the line is in, where that is not the deck's. */
  readonly file?: string;
  /** Number of the slide; none for what the whole deck, or one of its stylesheets, asks for. */
  readonly slide?: string;
  /** The stylesheet that asks for it, as an absolute URL of the site. */
  readonly via?: string;
  /**
   * From and to in the text of the deck's file (with `\n` for every line end, and no byte order mark), where the URL stands
   * and nothing else; none where it does not stand there in one piece, or not in the deck itself.
   */
  readonly span?: readonly [from: number, to: number];
}

export interface DeckMetadata {
  readonly title: string;
  readonly author?: string;
  readonly lang?: string;
  readonly subtitle?: string;
  /** Where the deck is to be found on the web. */
  readonly url?: string;
  /** As its author counts; its last commit where there is none. */
  readonly revision?: string;
  readonly description?: string;
  readonly keywords: readonly string[];
  readonly cheatsheet?: SectionChoice;
}

/** Sections that an author wants on the cheatsheet, or not. */
export interface SectionChoice {
  /** None where all are wanted that are not left. */
  readonly take?: readonly NamedSection[];
  readonly leave: readonly NamedSection[];
}

export interface NamedSection {
  readonly title: string;
  /** Where the deck names it. */
  readonly line?: number | undefined;
}

/**
 * A deck, read: what its source says, and nothing that had to be fetched or rendered. This is what every input has; an input
 * may keep more in its decks (see `MarkdownDeck`), which nobody else reads. Data only: it comes from another process.
 */
export interface Deck {
  readonly source: DeckFile;
  /** Nothing outside this folder is ever read for the deck. */
  readonly root: string;
  readonly site: DeckSite;
  /** The files that it was read from: its own, then those that say something of it besides. */
  readonly sources: readonly [SourceFile, ...SourceFile[]];
  readonly metadata: DeckMetadata;
  readonly size: Size;
  /** Page of the slides PDF; none: as large as a slide. */
  readonly printSize?: Size;
  /** Every slide, hidden ones included, in order. */
  readonly outline: readonly SourceSlide[];
  readonly references: readonly Reference[];
  /** Pictures whose authors say that they are decoration. */
  readonly decorations: number;
  readonly reveal: RevealOptions;
  /** What its files and the command line say of it, and where. */
  readonly settings?: readonly ExplainedSetting[];
  /** The date its files carry: `SOURCE_DATE_EPOCH`, else the deck's last commit or change. */
  readonly date: Date;
  /** Its last commit, as git shortens it; none for what is not committed as it is. */
  readonly commit?: string;
}

/** Where a deck is presented, and which files the addresses there mean. */
export interface DeckSite {
  /**
   * Of the page that presents it, which its own addresses are relative to: on an origin that its input invented (see
   * `urls.ts`), in the deck's folder as it lies below the root.
   */
  readonly url: string;
  /** Folders that an address may be meant from, besides the deck's own and the root, likeliest first. */
  readonly folders: readonly string[];
  /** Names that stand in addresses for folders, each with those to look in. */
  readonly aliases?: Readonly<Record<string, readonly string[]>>;
}

/** A file that a deck was read from. */
export interface SourceFile {
  readonly file: string;
  /** Where a project of its own, such as an archive, must have it: below the root, with `/`. */
  readonly path: string;
  /** As it was read: a text has `\n` for every line end, and no byte order mark. */
  readonly content: string | Uint8Array;
}

/** A stylesheet on disk, or on the web. */
export type Stylesheet =
  | { readonly name: string; readonly file: string }
  | { readonly name: string; readonly url: string };

/** The options of reveal.js that matter to what is made of a presentation, whatever page presents it. */
export interface RevealOptions {
  /** None: slides are centred. */
  readonly center?: boolean;
  /** As on the screen; none: not shown. */
  readonly slideNumber?: boolean | string;
  /** Whether its own print gives each step a page. */
  readonly pdfSeparateFragments?: boolean;
  /** Links count slides from 1. */
  readonly hashOneBasedIndex?: boolean;
  /** 1: a slide is never continued on a further page. */
  readonly pdfMaxPagesPerSlide?: number;
}

/** What a page or an image is, to the code that serves it. */
export interface Resource {
  readonly type: string;
  readonly bytes: Uint8Array | string;
}

/** A picture on a slide, as the browser laid it out. */
export interface PlacedPicture {
  /** What the finished page asks for: the picture's absolute URL without its fragment, or that of one of its frames. */
  readonly url: string;
  /** Set where `url` is not the picture's own. */
  readonly frame?: PictureFrame;
  /** What is seen of it, on its page, after scaling. */
  readonly box: Box;
  /** The largest size its pixels are shown at. */
  readonly size: Size;
}

/** One picture of an animation, as `data-frame` names it. */
export interface PictureFrame {
  /** Absolute URL of the animation, without its fragment. */
  readonly of: string;
  /** From 1 as authors count, or the last one. */
  readonly frame: number | 'last';
}

/** A picture that CSS paints: behind a slide, or as an element's background. */
export interface PaintedPicture {
  readonly url: string;
  /** The size it is painted at, over all of it; none where it is painted at its natural size. */
  readonly size?: Size;
}

/** What a block of a slide is. */
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
 * What an author says of a slide or an element with `data-cheatsheet`: it is on the sheet besides what is chosen, it is
 * not on it, or it and its like are all there is to the sheet.
 */
export type CheatsheetMark = 'keep' | 'skip' | 'only';

/** What of a block can be counted in the page, for who judges whether it is worth looking up. */
export interface BlockFacts {
  /** Items of a list, rows of a table without its head, lines of code; of anything else 1. */
  readonly rows: number;
  /** Shares of its letters, from 0 to 1. */
  readonly inCode: number;
  readonly inLinks: number;
  /** Of its items or rows, those that have code or a formula in them. */
  readonly codeRows: number;
  readonly formulaRows: number;
  /** Of a table's cells, those that are a number and nothing else. */
  readonly numberCells: number;
  readonly columns: number;
  /** The head of a table. */
  readonly head: string;
  /** Of code, as its author names it. */
  readonly language: string;
  /** Commands that stood behind a prompt; their output is left out. */
  readonly isSession: boolean;
  /** Its lines or points are a command or a term each, with what it means. */
  readonly isPaired: boolean;
  /** A drawing with words in it. */
  readonly isDrawing: boolean;
  /** Of the least of these words, by the drawing's width: what is left of it in a column says whether it can be read. */
  readonly wordSize: number;
  readonly isOrdered: boolean;
  /** It begins with words in bold. */
  readonly isBoldFirst: boolean;
}

/** A piece of a slide that can stand on its own on a cheatsheet. */
export interface Block {
  readonly kind: BlockKind;
  readonly html: string;
  /** With white space folded, or a picture's address; two blocks with one text are the same block. */
  readonly text: string;
  /** The nearest heading before it on its slide. */
  readonly heading: string;
  /** None where its author says nothing of it. */
  readonly mark?: CheatsheetMark;
  /** The words that stand before it and belong to it: they are in its HTML, but not in its text. */
  readonly lead: string;
  readonly facts: BlockFacts;
  readonly links: readonly Pick<SlideLink, 'href' | 'text'>[];
  /** The same HTML taken apart where it may be broken; none where it has to stay whole. */
  readonly parts?: BlockParts;
}

/** Lines of code, points of a list or rows of a table, and what is around them. */
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
  /** Its last line on its page. */
  readonly box: Box;
  /** The ink of each letter around it, and of its own. */
  readonly near: readonly Box[];
}

/** A slide of another deck of the same build, or all of that deck, as links lead to it. */
export interface DeckLink {
  /** What stands for it in the pages of the deck, until it is known which file it leads to. */
  readonly url: string;
  /** Of the other deck. */
  readonly outputName: string;
  /** What its files call the place; none: where they begin. */
  readonly destination?: string;
  /** The other deck's title, and the slide as that deck numbers it. */
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
  /** Its number as the deck shows it on the screen: `12 / 57` where it counts so. */
  readonly label: string;
  readonly line?: number | undefined;
  /** Element id, target of links inside the file. */
  readonly id: string;
  /** What links from elsewhere may call it, each once in a deck: its hashes (`/2/1`), its id and those of its elements. */
  readonly names: readonly string[];
  /** Its first heading as written; empty without one. */
  readonly title: string;
  /** What it is known by without a title: its first words as written, or those that stand for its first picture. */
  readonly name: string;
  /** The words it shows. */
  readonly text: string;
  readonly notesHtml: string;
  /** Its pages: one, or one per fragment step, or several where it is too much for one. */
  readonly pages: readonly LaidOutPage[];
  /** 1, or what the slide was scaled by to fit. */
  readonly scale: number;
  readonly mark?: CheatsheetMark;
  readonly blocks: readonly Block[];
  readonly handout?: HandoutMark;
  /** Of its `data-fragments`: whether its steps have pages of their own, whatever the other slides do. */
  readonly fragments?: FragmentsMode;
}

/** `final`: one page a slide, when all has been shown; `steps`: one a step. */
export type FragmentsMode = 'final' | 'steps';

/** Where a slide is shown: on paper only, everywhere but in the handout, or everywhere; `large` has a row for itself. */
export type HandoutMark = 'only' | 'skip' | 'large';

export interface LaidOutPage {
  /** The `.deckhand-frame` element, self-contained but for stylesheets and pictures. */
  readonly html: string;
  readonly pictures: readonly PlacedPicture[];
  readonly painted: readonly PaintedPicture[];
  readonly links: readonly SlideLink[];
  /** What it shows, with white space between words; formulas and cards are left out. */
  readonly words: string;
  /** Size of its smallest type, as it is on the page; none without words. */
  readonly smallestTextPx?: number;
  /** White on its ground is easier to read than black. */
  readonly isDark?: boolean;
}

/** The deck as the browser laid it out; everything an output needs to plan its pages. */
export interface Layout extends LayoutHead {
  /** Of the deck's file, as `DeckFile` has it. */
  readonly path: string;
  readonly metadata: DeckMetadata;
  /** As `Deck` has them. */
  readonly date: Date;
  readonly commit?: string;
  readonly size: Size;
  /** Page of the slides PDF; none: as large as a slide. */
  readonly printSize?: Size;
  readonly slides: readonly LaidOutSlide[];
  /** Title of each stack, by `h`. */
  readonly sections: readonly string[];
  /** Where its links to other decks lead. */
  readonly deckLinks: readonly DeckLink[];
  readonly diagnostics: readonly Diagnostic[];
}

/** What every document that shows frames of a deck has around them. */
export interface LayoutHead {
  /** `<link>` and `<style>` elements that the frames need, in order. */
  readonly headHtml: string;
  /** Of the root element. */
  readonly htmlAttributes: string;
  readonly isRightToLeft: boolean;
  /** Parts of drawings that one slide defines and others use. */
  readonly definitions: string;
  /** Fonts that the deck's styles carry, by the absolute URL that stands for them. */
  readonly fonts: ReadonlyMap<string, Resource>;
}

/** What is to be made for an output: data only, so that one executor makes them all. */
export type Plan = BrowserPlan | TextPlan;

/** What the browser makes. */
export type BrowserPlan = PrintPlan | ShotPlan;

/** A text file, in UTF-8. */
export interface TextPlan {
  readonly text: string;
  readonly diagnostics?: readonly Diagnostic[];
}

/** How the colours of a print are changed: not at all, or to spare ink. */
export type Ink = 'full' | SparingInk;

/** A file to be printed: slides alone, or sheets. */
export type PrintPlan = SlidesPlan | SheetsPlan;

/** Slides as they are, one on each page. */
export interface SlidesPlan extends FilePlan {
  readonly frames: readonly LaidOutPage[];
  /** Where each is on its page; none: the page is as large as a slide. */
  readonly paper?: OnPaper | undefined;
}

/** Where a slide is on a page that is larger or smaller than it, in CSS pixels. */
export interface OnPaper {
  /** Of its upper left corner. */
  readonly x: number;
  readonly y: number;
  readonly scale: number;
}

/** Something that stands on a sheet by itself. */
export interface Thing {
  readonly selector: string;
  /** What people call it. */
  readonly name: string;
}

/** Two things on one sheet that are printed over each other. */
export interface Meeting {
  /** From 0. */
  readonly sheet: number;
  readonly names: readonly [one: string, other: string];
}

/** A document of its own, into which slides may be placed. */
export interface SheetsPlan extends FilePlan {
  readonly html: string;
  /** What must not meet on any of them. */
  readonly apart?: readonly Thing[];
  /** The slides on each of its pages. */
  readonly cells?: readonly (readonly PlannedCell[])[];
}

/** A place for a slide on a sheet. */
export interface PlannedCell {
  readonly frame: LaidOutPage;
  /** Alternative text of the figure that keeps the place in the document. */
  readonly placeholder: string;
  /** Where its upper left corner goes. CSS pixels from that of the sheet. */
  readonly x: number;
  readonly y: number;
  /** What the slide is scaled by. */
  readonly scale: number;
}

interface FilePlan {
  /** Paper, in CSS pixels of 1/96 inch. */
  readonly page: Size;
  /** How many pages it must have, where the plan knows. */
  readonly pageCount?: number;
  /** What viewers call each page; none: its number. */
  readonly pageLabels?: readonly string[];
  readonly slides?: SlideCount;
  /** How to spare ink; none: print it as it is. */
  readonly ink?: SparingInk;
  /** Bookmarks of the printed file. */
  readonly bookmarks: readonly BookmarkTree[];
  /** Places in the printed file that links from elsewhere can name. */
  readonly destinations?: readonly Destination[];
  /** Where links lead that have an address of ours. */
  readonly fileLinks?: readonly FileLink[];
  /** That address, for each id that links lead to and the file does not show. */
  readonly elsewhere?: ReadonlyMap<string, string>;
  /** What could not be done as it was asked for. */
  readonly diagnostics?: readonly Diagnostic[];
}

/** How many slides a file shows and omits. */
export interface SlideCount {
  /** Number of slides in the file. */
  readonly shown: number;
  /** Number of the deck's other slides. */
  readonly skipped: number;
}

/** What became of a {@link PrintPlan}. */
export interface Print {
  readonly plan: PrintPlan;
  /** None of a file that has no document of its own. */
  readonly sheets?: PrintedDocument | undefined;
  /** None of a file that shows no slides. */
  readonly frames?: PrintedFrames | undefined;
}

export interface PrintedDocument {
  readonly html: string;
  readonly pdf: Uint8Array;
  /** Everything that the document loaded, by URL. */
  readonly served: ReadonlyMap<string, { readonly type: string; readonly sha256: string }>;
  /** URLs of the vector pictures that have nothing to be seen. */
  readonly blank: ReadonlySet<string>;
  /** What is to be put in the place of its stubs. */
  readonly images: readonly PlacedImage[];
  /** What is printed over each other. */
  readonly meetings: readonly Meeting[];
}

/** A picture that a print has a stub of. */
export interface PlacedImage {
  readonly url: string;
  readonly stub: Stub;
  readonly image: PdfImage;
  /** Of the image, packed. */
  readonly sha256: string;
}

/** One print of all slides that the files of a deck show in one ink, a page each. */
export interface PrintedFrames extends PrintedDocument {
  readonly pages: readonly LaidOutPage[];
  /** Of a slide. */
  readonly page: Size;
}

/** A document for the browser to show, and to take a picture of each of its pages. */
export interface ShotPlan {
  readonly html: string;
  /** Of each page, in CSS pixels. */
  readonly page: Size;
  /** Pixels of a picture for each CSS pixel. */
  readonly scale: number;
  readonly format: ShotFormat;
  /** Of each `.deckhand-frame` of the document, in order. */
  readonly shots: readonly PlannedShot[];
  readonly diagnostics?: readonly Diagnostic[];
}

export type ShotFormat = 'png' | 'jpeg' | 'webp';

export interface PlannedShot {
  /** Of its file, without the ending. */
  readonly name: string;
  /** Number and line of its slide. */
  readonly slide: string;
  readonly line?: number | undefined;
}

/** What became of a {@link ShotPlan}. */
export interface Shots {
  readonly plan: ShotPlan;
  readonly shots: readonly Shot[];
  readonly served: PrintedDocument['served'];
}

export interface Shot {
  /** In the format of the plan. */
  readonly bytes: Uint8Array;
  /** Of the picture, in its own pixels. */
  readonly size: Size;
  /** Where its page was in what the picture shows. */
  readonly box: Box;
  /** Addresses of pictures on its page that the browser could not show. */
  readonly lost: readonly string[];
}

/** A finished file, still in memory. */
export interface Artifact {
  readonly kind: OutputKind;
  /** Below the output folder, with `/`. */
  readonly file: string;
  readonly bytes: Uint8Array;
  /** None of an archive. */
  readonly pages?: number;
  readonly slides?: SlideCount;
  /** How it spares ink, if it does. */
  readonly ink?: SparingInk;
  /** Hash of everything it was made from. */
  readonly key: string;
}

/** One file of an output, as it is on the disk. */
interface FileReport {
  /** The output that the file belongs to. */
  readonly kind: OutputKind;
  /** Path in the output folder, with `/`. */
  readonly file: string;
  /** Number of pages; none for an archive. */
  readonly pages?: number;
  /** How many slides it shows, where it does not show all. */
  readonly slides?: SlideCount;
  /** How it spares ink, if it does. */
  readonly ink?: SparingInk;
  /** Size of the file, in bytes. */
  readonly bytes: number;
  /** Hash of the file, in hexadecimal. */
  readonly sha256: string;
  /** Hash of everything that the file was made from. */
  readonly key: string;
}

/** A file that was written, and that no error is known of. */
export interface CompleteOutput extends FileReport {
  /** Tells this from other outputs. */
  readonly status: 'complete';
}

/** A file that was written, although an error affects some of its slides. */
export interface IncompleteOutput extends FileReport {
  /** Tells this from other outputs. */
  readonly status: 'incomplete';
  /** Numbers of these slides, in the order of the deck. */
  readonly faultySlides: readonly string[];
}

/** An output that was made but not written. The file of an earlier build stays. */
export interface WithheldOutput {
  /** The output. */
  readonly kind: OutputKind;
  /** Tells this from other outputs. */
  readonly status: 'withheld';
  /** `unsound`: pages are missing or changed, so nobody should use it. `incomplete`: `--strict` refuses it. */
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
  /** Tells this from other outputs. */
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
  /** Line of its slide in the deck's file, from 1; none where lines are not known. */
  readonly line?: number | undefined;
  /** What it is. */
  readonly kind: BlockKind;
  /** Its first words, or the file name of an image. */
  readonly words: string;
  /** Whether it is on the cheatsheet. */
  readonly included: boolean;
  /** Why, for people. */
  readonly reason: string;
  /** How much of what one looks up it has; above 0 it is kept. None where its author decides. */
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
