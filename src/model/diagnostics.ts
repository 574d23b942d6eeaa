import type { OutputKind } from './model.ts';

export type Severity = 'error' | 'warning' | 'info';

/**
 * Every code there is, with its usual severity and what it means. A code is a promise to those who filter on it:
 * add new ones, never rename. An image's begin with `IMAGE_`.
 */
export const DIAGNOSTICS = {
  DECK_NOT_FOUND: ['error', 'a deck named on the command line does not exist'],
  DECK_UNREADABLE: ['error', 'a deck, or a folder of decks, can not be read'],
  DECK_TOO_COMPLEX: ['error', 'reading a deck takes more time or memory than a deck may have'],
  DECK_EMPTY: ['error', 'a deck has no slide to show'],
  SLIDES_UNKNOWN: ['warning', 'a deck has no slide that --slides names'],
  DECK_LEFT_OUT: ['info', 'a README.md, or the like, in a folder of decks looks like a deck'],
  DECK_OUTPUT_CLASH: ['error', 'two decks would write the same file'],
  DECK_FAILED: ['error', 'a deck failed in a way nobody foresaw; the message keeps the reason'],
  OUTPUT_FAILED: [
    'error',
    'one output of a deck failed in a way nobody foresaw; the message keeps the reason, and the other outputs are made',
  ],
  FRONT_MATTER_INVALID: [
    'error',
    'the front matter is not valid YAML; a warning where it can be read all the same, or without a value of the wrong form',
  ],
  FRONT_MATTER_UNKNOWN_KEY: [
    'warning',
    'front matter or reveal-md.json has a key that is misspelt or at the wrong level; a note for all that change nothing on paper',
  ],
  FRONT_MATTER_IGNORED_KEY: [
    'warning',
    'front matter or reveal-md.json names a program or page of the project, which is not run',
  ],
  REVEAL_MD_CONFIG_INVALID: [
    'error',
    'reveal-md.json or reveal.json can not be read, or a value in it has the wrong form',
  ],
  TEMPLATE_UNUSABLE: [
    'warning',
    'the template of a deck is not in its project, or has no place for slides; reveal-md’s own is used',
  ],
  TEMPLATE_SCRIPTS_LEFT_OUT: [
    'warning',
    'scripts of a template are not run; its styles, logo and footer are taken',
  ],
  PREPROCESSOR_FAILED: ['error', 'the preprocessor that the command line names failed, or took too long'],
  SEPARATOR_INVALID: ['error', 'a slide separator is not a regular expression, or takes too long to match'],
  THEME_UNKNOWN: [
    'warning',
    'the theme is in none of the places where themes are looked for; the usual one is used',
  ],
  HIGHLIGHT_THEME_UNKNOWN: ['warning', 'highlight.js has no style of this name; the usual one is used'],
  STYLE_NOT_FOUND: ['warning', 'a stylesheet that the deck names can not be read'],
  RESOURCE_BLOCKED: ['warning', 'the page asked for something that is neither in the deck nor an image'],
  RESOURCE_FAILED: ['error', 'a request of the page could not be answered, for a reason nobody foresaw'],
  ACTIVE_CONTENT_IGNORED: [
    'info',
    'a program, a refresh, a base or the target of a form in the deck: nothing of it has any effect',
  ],
  GLYPH_MISSING: ['warning', 'no font has a character of the deck; a box is printed in its place'],
  CANVAS_EMPTY: [
    'warning',
    'a canvas is blank, since nothing but a script would draw it; a card says so in its place',
  ],
  MATH_INVALID: ['warning', 'a formula does not parse; it is printed as it is written'],
  MERMAID_INVALID: ['warning', 'a Mermaid diagram can not be drawn; it is printed as it is written'],
  SLIDE_OVERFLOW: ['info', 'a slide was larger than its page and has been scaled down to fit'],
  SLIDE_CONTINUED: [
    'warning',
    'a slide is too much for one page at a legible size and goes on on a further one',
  ],
  WORDS_HIDDEN: ['warning', 'words of a slide are cut off, or covered by something else'],
  SLIDE_NOT_PLACED: ['error', 'a sheet has no place for a slide'],
  WORDS_NOT_PRINTED: ['error', 'words that a slide shows are missing on its page'],
  SLIDE_TINY: ['warning', 'a slide had to be scaled to less than half its size; it is hard to read'],
  LINK_TARGET_MISSING: [
    'warning',
    'a link points to a slide that is not in the deck, or not in the other deck, or to a file beside it',
  ],
  LINK_LEFT_OUT: ['info', 'a link points to a slide of the deck that this file leaves out'],
  PRESENTATION_FAILED: ['error', 'reveal.js can not start with the deck; the message keeps its reason'],
  PAGE_SCRIPT_ERROR: ['warning', 'a script in the deck threw an error'],
  PAGE_NOT_READY: [
    'warning',
    'fonts, pictures, math, diagrams or charts were not ready before the deadline; the deck is printed without',
  ],
  PAGE_COUNT_MISMATCH: ['error', 'there are more or fewer pages of a file, or slide images, than planned'],
  SLIDE_IMAGE_INCOMPLETE: ['error', 'a slide image does not show its slide, all of it and nothing else'],
  SLIDE_IMAGE_TOO_LARGE: ['error', 'slide images of this --scale would have more pixels than can be taken'],
  PRINT_CHANGED: ['error', 'finishing a printed file changed its pages, links, pictures or text'],
  PDF_NOT_CONFORMING: [
    'warning',
    'a PDF does not conform to PDF/A and PDF/UA, for a reason that is ours, and does not claim to',
  ],
  PICTURE_NOT_DRAWN: [
    'error',
    'a picture that the browser shows is missing from, or outside, its printed page or slide image',
  ],
  HANDOUT_EMPTY: ['info', 'every slide of the deck is left out of the handout, so none was written'],
  SHEET_OVERLAP: ['warning', 'two things on a sheet of the handout are printed over each other'],
  HANDOUT_LINKS_MOVED: [
    'info',
    'a sheet of the handout has no room for all of its links; the rest is listed at the end',
  ],
  FRAGMENTS_NOT_SHOWN: [
    'warning',
    'words or pictures that come and go before the end of their slide are on none of its pages',
  ],
  FRAGMENTS_NOT_ON_PAPER: [
    'info',
    'words or pictures that come and go have pages in the slides, but not in the handout and the cheatsheet',
  ],
  FRAGMENTS_MARK_INVALID: ['warning', 'a slide’s data-fragments is neither final nor steps'],
  HANDOUT_MARK_INVALID: ['warning', 'a slide’s data-handout is none of skip, only and large'],
  CHEATSHEET_EMPTY: ['info', 'nothing in the deck belongs on a cheatsheet, so none was written'],
  CHEATSHEET_FULL: [
    'warning',
    'a block does not fit on the cheatsheet’s pages with legible type; it is there all the same, on a further page',
  ],
  CHEATSHEET_SECTION_UNKNOWN: [
    'warning',
    'a section that the front matter takes for the cheatsheet, or leaves, is not in the deck',
  ],
  BROWSER_CRASHED: ['error', 'the browser or its page crashed or stopped answering'],
  OUTPUT_UNWRITABLE: ['error', 'a result could not be written'],
  IMAGE_OFFLINE: ['warning', 'a remote image is not in the cache and --offline is set'],
  IMAGE_HTTP_STATUS: ['warning', 'a server answered a request for an image with an error'],
  IMAGE_UNREACHABLE: ['warning', 'no connection to the server of a remote image'],
  IMAGE_TIMEOUT: ['warning', 'the server of a remote image did not answer, or not fast enough'],
  IMAGE_TOO_LARGE: ['warning', 'an image has more bytes or pixels than the limit'],
  IMAGE_FORBIDDEN_ADDRESS: [
    'warning',
    'an image URL leads to an address that is not public, or not to the web',
  ],
  IMAGE_TOO_MANY_REDIRECTS: ['warning', 'an image URL redirects too often'],
  IMAGE_NOT_AN_IMAGE: ['warning', 'what came back is not an image'],
  IMAGE_BROKEN: ['warning', 'an image is damaged and can not be decoded'],
  IMAGE_FROM_ARCHIVE: ['warning', 'the address of an image is dead; the configured archive had a copy'],
  IMAGE_STALE: ['info', 'a kept copy of an image is old, and its host could not be asked whether it changed'],
  IMAGE_LOCK_DAMAGED: ['warning', 'a vendored image is missing or not the one in the lock file'],
  LOCK_INVALID: ['error', 'the lock file of vendored images can not be read'],
  STYLE_UNAVAILABLE: ['warning', 'a stylesheet from the web can not be had'],
  FONT_UNAVAILABLE: ['warning', 'a font from the web can not be had'],
  IMAGE_NOT_FOUND: ['warning', 'a local image does not exist or can not be read'],
  FILE_NAME_DIFFERS: [
    'info',
    'a file of the project has another name than the deck writes: other case, another form of accents, a # or ?',
  ],
  IMAGE_OUTSIDE_ROOT: ['warning', 'a local image lies outside the project of its deck'],
  IMAGE_FRAME_INVALID: ['warning', 'an image’s data-frame is neither “last” nor a number from 1'],
  DATE_INVALID: ['warning', 'the front matter’s date is no date: the deck’s last commit or change is used'],
  LANG_INVALID: ['warning', 'the front matter’s lang is no language tag: that of --lang is used'],
  IMAGE_ALT_MISSING: ['warning', 'an HTML image has no alt: nobody who can’t see it knows what it shows'],
  ARCHIVE_NAME_CHANGED: [
    'warning',
    'a file has another name in the archive, since not every system could hold its own',
  ],
  ARCHIVE_NOT_MADE: ['error', 'there is no archive, since the slides PDF that it is about could not be made'],
  ARCHIVE_TOO_LARGE: ['error', 'the archive would be larger than a ZIP file can be'],
  IMAGE_LATE: ['info', 'an image that only the rendered page asked for, not the Markdown'],
} as const satisfies Record<string, readonly [Severity, string]>;

export type DiagnosticCode = keyof typeof DIAGNOSTICS;

/** Where in the sources something was found. */
export interface Place {
  /** Path of the deck as the user named it. */
  readonly deck: string;
  /** Line in the deck's file, or in `file`, from 1. */
  readonly line?: number;
  /** Path of the file that it is about, where that is another one than the deck. */
  readonly file?: string;
  /** Number of the slide as reveal.js shows it: `4.3`. */
  readonly slide?: string;
  readonly url?: string;
  /** The output that an error is about; none where it is about all of the deck. */
  readonly output?: OutputKind;
}

/** Expected trouble, returned beside a value instead of thrown. */
export interface Diagnostic extends Place {
  readonly code: DiagnosticCode;
  readonly severity: Severity;
  readonly message: string;
  /** What to do next. */
  readonly hint?: string;
}

/** A value and the trouble that was met on the way to it. */
export interface Outcome<T> {
  readonly value: T;
  readonly diagnostics: readonly Diagnostic[];
}

/** A diagnostic with the severity that its code has in the table. */
export function diagnostic(code: DiagnosticCode, message: string, place: Place, hint?: string): Diagnostic {
  return { code, severity: DIAGNOSTICS[code][0], message, ...place, ...(hint === undefined ? {} : { hint }) };
}

/** Thrown where a deck can't go on for an expected reason; becomes that deck's diagnostics. */
export class DeckError extends Error {
  readonly diagnostics: readonly Diagnostic[];

  constructor(...diagnostics: readonly Diagnostic[]) {
    super(diagnostics.map((d) => d.message).join('; '));
    this.name = 'DeckError';
    this.diagnostics = diagnostics;
  }
}
