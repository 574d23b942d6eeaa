import type { CodeEntry } from './entry.ts';

const REPORT = 'Please report it, with the deck and `report.json`.';

/** Making and checking the files. */
export const OUTPUT_CODES = {
  SLIDE_NOT_PLACED: {
    severity: 'error',
    meaning: 'a sheet of the handout has no place for a slide',
    cause: 'A bug in Deckhand, which it noticed while checking the finished file.',
    remedy: REPORT,
  },
  SHEET_OVERLAP: {
    severity: 'warning',
    meaning: 'two things on a sheet of the handout are printed over each other',
    cause:
      'A bug in Deckhand, or a stylesheet of your own, which it noticed while checking the finished file. The file is written.',
    remedy: `Check the sheet, and leave out \`--handout-css\` if you use it. ${REPORT}`,
  },
  WORDS_NOT_PRINTED: {
    severity: 'error',
    meaning: 'words that a slide shows are missing on its page',
    cause: 'The page was compared with what the browser showed. The file is written and marked incomplete.',
    remedy: `Check the page. ${REPORT}`,
  },
  PICTURE_NOT_DRAWN: {
    severity: 'error',
    meaning: 'an image that the browser shows is missing on, or outside, its printed page or slide image',
    cause: 'The page was compared with what the browser showed. The file is written and marked incomplete.',
    remedy: `Check the page. ${REPORT}`,
  },
  PAGE_COUNT_MISMATCH: {
    severity: 'error',
    meaning: 'a file has more or fewer pages, or slide images, than planned',
    cause: 'A bug in Deckhand, which it noticed while checking the finished file. The file is withheld.',
    remedy: REPORT,
  },
  PRINT_CHANGED: {
    severity: 'error',
    meaning: 'finishing a printed file changed its pages, links, images or text',
    cause: 'A bug in Deckhand, which it noticed while checking the finished file. The file is withheld.',
    remedy: REPORT,
  },
  PDF_NOT_CONFORMING: {
    severity: 'warning',
    meaning: 'a PDF does not conform to PDF/A and PDF/UA, and does not claim to',
    cause: 'A bug in Deckhand or an unusual construct in the deck. The file looks right and is complete.',
    remedy: `Use the file where conformance does not matter. ${REPORT}`,
  },
  SLIDE_IMAGE_INCOMPLETE: {
    severity: 'error',
    meaning: 'a slide image does not show exactly its slide',
    cause: 'A bug in Deckhand, which it noticed while checking the image.',
    remedy: REPORT,
  },
  SLIDE_IMAGE_TOO_LARGE: {
    severity: 'error',
    meaning: 'slide images of this --scale would have too many pixels',
    cause: 'The browser cannot take pictures of that size.',
    remedy: 'Use a smaller `--scale`.',
  },
  HANDOUT_EMPTY: {
    severity: 'info',
    meaning: 'all slides are omitted from the handout, so there is none',
    cause: 'Every slide has `data-handout="skip"`.',
    remedy: 'Nothing, if that is intended.',
  },
  HANDOUT_NO_LINES: {
    severity: 'warning',
    meaning: '`--notes lines` was asked for, and the slides of the handout leave no room for lines',
    cause: 'So many slides per page that their sizes take all of it.',
    remedy: 'Use `--per-page 3`, which has lines beside the slides, or fewer slides per page.',
  },
  HANDOUT_BLANK_PAGES: {
    severity: 'info',
    meaning: 'pages of the handout have no slide, so that sections begin on right-hand pages',
    cause: '`--section-start right`.',
    remedy: 'Nothing, or use `--section-start page`.',
  },
  STAMP_FIELD_EMPTY: {
    severity: 'warning',
    meaning: 'the stamp names something that the deck does not have',
    cause: '`{commit}` in `--stamp`, for a deck that is not committed as it is.',
    remedy: 'Commit the deck, or use `{date}`.',
  },
  HANDOUT_LINKS_MOVED: {
    severity: 'info',
    meaning: 'a sheet of the handout has no room for all of its links; the rest is listed at the end',
    cause: 'Many links on the slides of one sheet.',
    remedy: 'Nothing, or use fewer slides per page (`--per-page`).',
  },
  HANDOUT_MARK_INVALID: {
    severity: 'warning',
    meaning: 'data-handout is not one of skip, blank and only, or for a slide large',
    cause: 'A typing error. The attribute has no effect.',
    remedy:
      'Write `data-handout="skip"`, `"blank"` or `"only"`: see [Handouts](handouts.md#parts-of-a-slide).',
  },
  HANDOUT_MARK_NARROW: {
    severity: 'warning',
    meaning: 'a comment with data-handout at the end of a line only applies to the last element of that line',
    cause:
      'An `.element` comment applies to the last element before it: in a sentence with `code` or **bold** words, to these.',
    remedy:
      'Put what is meant, the line or these words, into `<span data-handout="…">`, or the comment of a paragraph on the next line: see [Handouts](handouts.md#parts-of-a-slide).',
  },
  SOURCE_NOT_ATTACHED: {
    severity: 'info',
    meaning: 'a handout or cheatsheet has no source attached, though `--attach-source` asks for it',
    cause: 'The deck contains `data-handout="skip"` or `"blank"`. The source contains what the file omits.',
    remedy: 'Nothing. The slides PDF has the source attached.',
  },
  CHEATSHEET_EMPTY: {
    severity: 'warning',
    meaning: 'too little of the deck belongs on a cheatsheet, so there is none',
    cause:
      'What was found, even among blocks of a low score, fills less than a third of a page, and nothing is marked.',
    remedy:
      'Mark slides or elements with `data-cheatsheet="keep"`, or leave the cheatsheet out with `--only`: see [Cheatsheets](cheatsheets.md).',
  },
  CHEATSHEET_MARK_INVALID: {
    severity: 'warning',
    meaning: 'a `data-cheatsheet` of a slide or an element is none of keep, skip and only',
    cause: 'A misspelled value.',
    remedy: 'Write `keep`, `skip` or `only`: see [Cheatsheets](cheatsheets.md).',
  },
  CHEATSHEET_FULL: {
    severity: 'warning',
    meaning:
      'a block does not fit on the pages of the cheatsheet at a legible size; it is on a further page, or on none if it is taller than a column',
    cause: 'More content than `--cheatsheet-pages` can hold at the smallest type size.',
    remedy: 'Allow more pages, or exclude sections: see [Cheatsheets](cheatsheets.md).',
  },
  CHEATSHEET_SECTION_UNKNOWN: {
    severity: 'warning',
    meaning: 'a section that the front matter includes or excludes for the cheatsheet is not in the deck',
    cause: 'The title in `cheatsheet: { take, leave }` is misspelled, or the section was renamed.',
    remedy: 'Use the title exactly as it is on the slide.',
  },
  BROWSER_CRASHED: {
    severity: 'error',
    meaning: 'the browser or its page crashed or stopped responding',
    cause:
      'The deck needs more memory than a page may have, the system is short of memory, or a page does not respond within `--timeout`. Deckhand tried the deck a second time.',
    remedy: 'Divide the deck or simplify its largest slide, use `--jobs 1`, or raise `--timeout`.',
  },
  ARCHIVE_NAME_CHANGED: {
    severity: 'warning',
    meaning: 'a file has another name in the archive, because its own name is not valid on every system',
    cause: 'Windows does not allow some names, such as `con.png`, or characters, such as `:`.',
    remedy: 'Rename the file in the project, if the name matters.',
  },
  ARCHIVE_NOT_MADE: {
    severity: 'error',
    meaning: 'there is no archive, because the slides PDF could not be created',
    cause: 'See the error of the slides PDF.',
    remedy: 'Fix that error first.',
  },
  ARCHIVE_TOO_LARGE: {
    severity: 'error',
    meaning: 'the archive would be larger than a ZIP file can be',
    cause: 'More than 4 GB, or more than 65,535 files.',
    remedy: 'Make the images smaller, or divide the deck.',
  },
} as const satisfies Record<string, CodeEntry>;
