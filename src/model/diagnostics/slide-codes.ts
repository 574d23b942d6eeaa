import type { CodeEntry } from './entry.ts';

/** The presentation in the browser, and what slides look like on their pages. */
export const SLIDE_CODES = {
  PRESENTATION_FAILED: {
    severity: 'error',
    meaning: 'reveal.js cannot start with the deck; the message has its reason',
    cause:
      'Options in `revealOptions` that reveal.js rejects, or HTML in the deck that breaks its structure.',
    remedy: 'Correct `revealOptions`; check for unclosed HTML elements, above all `<section>` and `<div>`.',
  },
  PAGE_SCRIPT_ERROR: {
    severity: 'warning',
    meaning: 'a script of the page threw an error',
    cause: 'Usually an option in `revealOptions` that reveal.js or a plugin does not expect.',
    remedy: 'Correct the option that the message names. If there is none, please report it.',
  },
  PAGE_NOT_READY: {
    severity: 'warning',
    meaning:
      'fonts, images, math, diagrams or charts were not ready in time; the deck is printed without them',
    cause: 'They did not load or finish within `--timeout`.',
    remedy: 'Raise `--timeout`, or simplify what the message names.',
  },
  RESOURCE_BLOCKED: {
    severity: 'warning',
    meaning: 'the page requested something that is neither in the deck nor an image',
    cause: 'For example data that a style loads from elsewhere. The browser has no access to the network.',
    remedy: 'Keep what the deck needs in its project.',
  },
  RESOURCE_FAILED: {
    severity: 'error',
    meaning: 'a request of the page could not be answered because of a bug in Deckhand',
    cause: 'A case that Deckhand does not handle.',
    remedy: 'Please report it, with the deck and `report.json`.',
  },
  ACTIVE_CONTENT_IGNORED: {
    severity: 'info',
    meaning: 'a script, event handler, refresh, base or form target in the deck has no effect',
    cause: 'A deck runs no code and leads nowhere while it is printed: see [SECURITY.md](../SECURITY.md).',
    remedy: 'Nothing, if the pages look right.',
  },
  GLYPH_MISSING: {
    severity: 'warning',
    meaning: 'no font has a character of the deck; a box is printed in its place',
    cause:
      'The bundled fonts cover Latin, Greek, Cyrillic, Hebrew, Arabic, symbols and emoji. Other scripts need a font on the machine.',
    remedy:
      'Install the font package that the hint names, such as `fonts-noto-cjk` for Chinese, Japanese and Korean.',
  },
  CANVAS_EMPTY: {
    severity: 'warning',
    meaning: 'a canvas is blank; a card is printed in its place',
    cause: 'Only a script would draw it, and scripts of a deck are not run.',
    remedy: 'Replace it with an image or an SVG.',
  },
  MATH_INVALID: {
    severity: 'warning',
    meaning: 'a formula cannot be parsed; its source text is printed',
    cause: 'A typing error, or a command that KaTeX does not support.',
    remedy:
      'Correct the formula. For a literal dollar sign write `\\$`, or switch formulas off with `math: false`.',
  },
  MERMAID_INVALID: {
    severity: 'warning',
    meaning: 'a Mermaid diagram cannot be drawn; its source text is printed',
    cause: 'A syntax error in the diagram.',
    remedy: 'Try the diagram at https://mermaid.live, and correct it.',
  },
  SLIDE_OVERFLOW: {
    severity: 'info',
    meaning: 'a slide was larger than its page and was scaled down to fit',
    cause: 'The slide has more content than the screen shows.',
    remedy:
      'Nothing, if it is legible. Otherwise split the slide, or make images smaller: `<!-- .element: width="60%" -->`.',
  },
  SLIDE_TINY: {
    severity: 'warning',
    meaning: 'a slide had to be scaled to less than half its size and is hard to read',
    cause: 'It has far too much content for one page, and could not be split over several.',
    remedy: 'Split the slide.',
  },
  SLIDE_CONTINUED: {
    severity: 'warning',
    meaning: 'a slide is too large for one page at a legible size and continues on another one',
    cause: 'It would have to be scaled below `--min-scale` (half its size).',
    remedy: 'Split the slide. `--min-scale 0` keeps each slide on one page.',
  },
  WORDS_HIDDEN: {
    severity: 'warning',
    meaning: 'words of a slide are cut off or covered by something else',
    cause:
      'A fixed height with hidden overflow, or elements on top of each other; usually also on the screen.',
    remedy: 'Change the style or the position of what the message names.',
  },
  LINK_TARGET_MISSING: {
    severity: 'warning',
    meaning: 'the target of a link does not exist: a slide of this or another deck, or a file',
    cause:
      'The slide was renamed or removed, or a relative link has no known base. It is printed as plain text.',
    remedy: 'Correct the link. For relative links set `url` in the front matter or `--link-base`.',
  },
  LINK_LEFT_OUT: {
    severity: 'info',
    meaning: 'the target of a link is a slide of the deck that this file does not contain',
    cause:
      '`--slides`, `data-handout` or `data-visibility` omit the slide. The link is plain text in this file.',
    remedy: 'Nothing, if that is intended.',
  },
  FRAGMENTS_NOT_SHOWN: {
    severity: 'warning',
    meaning: 'words or images that disappear before the end of their slide are on no page',
    cause: 'Fragments such as `fade-out` or `current-visible`: a page shows the final state of a slide.',
    remedy: 'Use `--fragments steps`, or `data-fragments="steps"` on the slide.',
  },
  FRAGMENTS_NOT_ON_PAPER: {
    severity: 'info',
    meaning: 'words or images that disappear before the end of their slide are only in the slides PDF',
    cause: 'Handout and cheatsheet show the final state of a slide.',
    remedy: 'Nothing, if that is intended.',
  },
  FRAGMENTS_MARK_INVALID: {
    severity: 'warning',
    meaning: 'data-fragments of a slide is neither final nor steps',
    cause: 'A typing error. The attribute has no effect.',
    remedy: 'Write `data-fragments="final"` or `"steps"`.',
  },
  IMAGE_FRAME_INVALID: {
    severity: 'warning',
    meaning: 'data-frame of an image is neither “last” nor a number from 1',
    cause: 'A typing error. The first frame is printed.',
    remedy: 'Write `data-frame="last"`, or a number.',
  },
  IMAGE_ALT_MISSING: {
    severity: 'warning',
    meaning: 'an HTML image has no alternative text, so people who cannot see it do not know what it shows',
    cause: 'An `<img>` without `alt`.',
    remedy: 'Describe it: `alt="a map of the harbor"`. For decoration write `alt=""`.',
  },
} as const satisfies Record<string, CodeEntry>;
