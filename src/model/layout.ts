import type { DeckMetadata } from './deck.ts';
import type { Diagnostic } from './diagnostics.ts';
import type { Box, Size } from './geometry.ts';
import type { OutputKind } from './output-kinds.ts';

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

/**
 * Where a slide is shown: on paper only, everywhere except in the handout, or everywhere; `large` has a row of its own. With
 * `blank`, the handout shows its headings and space to write in.
 */
export type HandoutMark = 'only' | 'skip' | 'large' | 'blank';

/** The outputs in which elements with `data-handout` differ from the screen. */
export type Paper = 'handout' | 'cheatsheet';

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
  /** Marks keep some of its content off paper. */
  readonly withholds?: true;
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
