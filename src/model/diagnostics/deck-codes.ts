import type { CodeEntry } from './entry.ts';

/** Decks as files: finding them, reading them, and what they and their configuration say. */
export const DECK_CODES = {
  DECK_NOT_FOUND: {
    severity: 'error',
    meaning: 'a deck named on the command line does not exist',
    cause: 'The path or pattern is misspelled, or is relative to another folder.',
    remedy: 'Check the path. Quote patterns with `*`, so that the shell does not change them.',
  },
  DECK_UNREADABLE: {
    severity: 'error',
    meaning: 'a deck, or a folder of decks, cannot be read',
    cause: 'The file is not readable, is not a regular file, is larger than 64 MiB, or is not UTF-8 text.',
    remedy: 'Check the permissions. Convert other encodings to UTF-8 with the command that the hint shows.',
  },
  DECK_TOO_COMPLEX: {
    severity: 'error',
    meaning: 'reading a deck takes more time or memory than a deck may have',
    cause:
      'Markdown, YAML or CSS that takes a parser very long, such as thousands of nested brackets, or very large stylesheets. The other decks are built.',
    remedy: 'Simplify the place that the message names. If the deck is legitimate, raise `--timeout`.',
  },
  DECK_EMPTY: {
    severity: 'error',
    meaning: 'a deck has no slide to show',
    cause: 'The file is empty, all slides are hidden or blank, or `--slides` selects none of them.',
    remedy:
      'Check `--slides`, `data-visibility` and `data-handout="only"`; use `--blank-slides` for blank slides.',
  },
  SLIDES_UNKNOWN: {
    severity: 'warning',
    meaning: 'a deck has no slide that --slides names',
    cause: 'The number or id does not exist in this deck. The other slides are built.',
    remedy: 'Use the numbers that reveal.js shows: `4.2` is the second slide of the fourth stack.',
  },
  DECK_LEFT_OUT: {
    severity: 'info',
    meaning: 'a README.md or similar file in a folder of decks looks like a deck',
    cause: 'README.md, CHANGELOG.md, CONTRIBUTING.md and LICENSE.md in a folder are not built.',
    remedy: 'To build it, name the file on the command line or in `decks`.',
  },
  DECK_OUTPUT_CLASH: {
    severity: 'error',
    meaning: 'two decks would write the same file',
    cause: 'Two decks with the same name from different folders were named together.',
    remedy: 'Rename one of them, or build them with different `--output` folders.',
  },
  DECK_FAILED: {
    severity: 'error',
    meaning: 'a deck failed because of a bug in Deckhand; the message has the stack trace',
    cause: 'A case that Deckhand does not handle. The other decks are built.',
    remedy: 'Please report it, with the deck and `report.json`.',
  },
  OUTPUT_FAILED: {
    severity: 'error',
    meaning: 'one output of a deck failed because of a bug in Deckhand; the message has the stack trace',
    cause: 'A case that Deckhand does not handle. The other outputs are written.',
    remedy: 'Please report it, with the deck and `report.json`.',
  },
  FRONT_MATTER_INVALID: {
    severity: 'error',
    meaning: 'the front matter is not valid YAML, or a value has the wrong form',
    cause:
      'A typing error in the block between the `---` lines at the top of the deck. It is only a warning where the deck can be read anyway, for example without the value.',
    remedy: 'Correct the line that is named. Quote values that contain `:`, `#`, `{` or `[`.',
  },
  FRONT_MATTER_UNKNOWN_KEY: {
    severity: 'warning',
    meaning: 'a key in the front matter or in reveal-md.json is misspelled or at the wrong level',
    cause:
      'Neither reveal-md nor Deckhand knows the key here, so it has no effect. Keys that do not change printed pages are one note together.',
    remedy: 'Use the spelling that is suggested, or move options of reveal.js below `revealOptions`.',
  },
  FRONT_MATTER_IGNORED_KEY: {
    severity: 'warning',
    meaning: 'a key names a program or page of the project, which is not run',
    cause: '`preprocessor` and `scripts` would run code. Deckhand runs no code that a deck names.',
    remedy:
      'If you trust a preprocessor, name it on the command line with `--preprocessor`. What scripts change on slides has to be written in the Markdown.',
  },
  REVEAL_MD_CONFIG_INVALID: {
    severity: 'error',
    meaning: 'reveal-md.json or reveal.json cannot be read, or a value in it has the wrong form',
    cause: 'A syntax error in the file, or a text where a number belongs. A wrong value alone is a warning.',
    remedy: 'Correct the line that is named.',
  },
  TEMPLATE_UNUSABLE: {
    severity: 'warning',
    meaning: 'the template of a deck cannot be used, so that of reveal-md is used instead',
    cause: 'The file is not in the project, cannot be parsed, or has no place for slides (`{{{slides}}}`).',
    remedy: 'Check the path of `template`, and that the file has an element with the class `slides`.',
  },
  TEMPLATE_SCRIPTS_LEFT_OUT: {
    severity: 'warning',
    meaning: 'scripts of a template are not run; its styles, logo and footer are used',
    cause: 'Deckhand runs no code that a deck names.',
    remedy: 'Nothing, if the pages look right. Put options of reveal.js into `reveal.json`.',
  },
  PREPROCESSOR_FAILED: {
    severity: 'error',
    meaning: 'the preprocessor that the command line names failed or took too long',
    cause: 'It threw an error, returned no text, or exceeded 30 seconds or 512 MiB.',
    remedy: 'Read the message of the program in the diagnostic, and correct the program.',
  },
  SEPARATOR_INVALID: {
    severity: 'error',
    meaning: 'a slide separator is not a regular expression, or takes too long to match',
    cause: '`separator`, `verticalSeparator` and `notesSeparator` are JavaScript regular expressions.',
    remedy: 'Correct the expression, e.g. `separator: <!--s-->`. Avoid nested repetitions such as `(a+)+`.',
  },
  THEME_UNKNOWN: {
    severity: 'warning',
    meaning: 'a theme was not found; the default theme is used',
    cause: 'The name is misspelled, or the file is in a folder where themes are not looked for.',
    remedy: 'See [Themes](decks.md#themes) for the folders; the hint lists the names that exist.',
  },
  HIGHLIGHT_THEME_UNKNOWN: {
    severity: 'warning',
    meaning: 'a highlight style was not found; the default style is used',
    cause: 'highlight.js has no style with this name, and there is no such file.',
    remedy: 'Use a name from highlight.js, such as `github` or `base16/zenburn`.',
  },
  STYLE_NOT_FOUND: {
    severity: 'warning',
    meaning: 'a stylesheet that the deck names cannot be read',
    cause: 'The file does not exist in the project. The deck is built without it.',
    remedy: 'Check the path; it is relative to the deck or to a folder above it.',
  },
  DATE_INVALID: {
    severity: 'warning',
    meaning: 'the date in the front matter is not a date; the date of the last commit or change is used',
    cause: 'Only dates such as `2026-03-14` are unambiguous.',
    remedy: 'Write the date as YEAR-MONTH-DAY.',
  },
  LANG_INVALID: {
    severity: 'warning',
    meaning: 'lang in the front matter is not a language tag; the value of --lang is used',
    cause: 'The value is a name such as “English”, not a tag.',
    remedy: 'Write a tag such as `en`, `de` or `pt-BR`.',
  },
  FILE_NAME_DIFFERS: {
    severity: 'info',
    meaning: 'a file was found under a slightly different name than the deck uses',
    cause:
      'Upper and lower case, the encoding of accents, or a `#` or `?` in the name differ. The file is used.',
    remedy: 'Use the exact name: on other systems and on web servers the file will not be found.',
  },
} as const satisfies Record<string, CodeEntry>;
