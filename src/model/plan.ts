import type { Diagnostic } from './diagnostics.ts';
import type { Size } from './geometry.ts';
import type { LaidOutPage } from './layout.ts';
import type { BookmarkTree, Destination, FileLink, SparingInk } from './pdf-parts.ts';

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
