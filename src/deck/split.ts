import { runInNewContext } from 'node:vm';
import { DeckError, diagnostic } from '../diagnostics.ts';
import { messageOf } from '../errors.ts';
import type { SourceSlide } from '../pipeline/model.ts';
import { lineCounter } from './lines.ts';
import { type SlideFacts, slideFacts } from './slide-facts.ts';
import type { MarkdownFlags } from './slide-html.ts';

/** The defaults of reveal-md: https://github.com/webpro/reveal-md#markdown */
const DEFAULT_SEPARATOR = '\\r?\\n---\\r?\\n';
const DEFAULT_VERTICAL_SEPARATOR = '\\r?\\n----\\r?\\n';

/** A deck of a thousand slides splits in a few milliseconds; past this, the expression itself is the trouble. */
const MATCH_DEADLINE_MS = 2_000;

interface Match {
  readonly start: number;
  readonly end: number;
  readonly horizontal: boolean;
}

/** A slide, and what is known of it by its Markdown alone. */
export interface ReadSlide extends SourceSlide, Omit<SlideFacts, 'attributes' | 'ids'> {}

export interface SplitOptions {
  readonly separator?: string | undefined;
  readonly verticalSeparator?: string | undefined;
  readonly notesSeparator?: string | undefined;
  /** Line of the body's first character in the file, from 1. */
  readonly bodyLine: number;
  /** Where the body begins in the deck's text, in UTF-16 units. */
  readonly bodyOffset: number;
  readonly deck: string;
  readonly flags?: MarkdownFlags;
  /** Whether references shall say where their URLs stand, exactly. Default: true. */
  readonly exactPlaces?: boolean | undefined;
  /** Hears where the next slide begins that takes a while to read. */
  readonly onSlide?: ((line: number) => void) | undefined;
  /** How long the separators may take to match. Default: 2 s. */
  readonly matchTimeoutMs?: number | undefined;
}

/**
 * Splits a deck's Markdown into stacks of slides, exactly as reveal.js's Markdown plugin does (`slidify`): both
 * separators are regular expressions with the flags `mg`, matched anywhere, even in code. Hidden and empty slides
 * stay in, without a place of their own in the numbering.
 *
 * @throws DeckError with `SEPARATOR_INVALID`.
 */
export function splitSlides(body: string, options: SplitOptions): ReadSlide[][] {
  const matches = findSeparators(body, options);
  const stacks: { text: string; start: number }[][] = [[]];
  let from = 0;
  const take = (end: number): void => {
    stacks.at(-1)?.push({ text: body.slice(from, end), start: from });
  };
  for (const match of matches) {
    take(match.start);
    if (match.horizontal) stacks.push([]);
    from = match.end;
  }
  take(body.length);
  const lineOf = lineCounter(body);
  return number(
    stacks.map((stack) =>
      stack.map(({ text, start }) => {
        const first = start + text.length - text.trimStart().length;
        const line = options.bodyLine + lineOf(first) - 1;
        const markdown = text.trim();
        if (markdown.length >= LONG_CHARS) options.onSlide?.(line);
        return { markdown, line, offset: options.bodyOffset + first, ...slideFacts(markdown, options) };
      }),
    ),
  );
}

/** Whatever a shorter slide holds, it is read at once. */
const LONG_CHARS = 1_000;

type Unnumbered = Pick<SourceSlide, 'markdown' | 'line' | 'offset'> & SlideFacts;

function number(stacks: readonly (readonly Unnumbered[])[]): ReadSlide[][] {
  let index = 0;
  let h = 0;
  let last = '';
  return stacks.map((stack) => {
    const marked = stack.map((slide) => ({ ...slide, ...visibility(slide) }));
    const counted = marked.filter(({ onScreen }) => onScreen).length;
    // What is on paper only, in a stack of its own, goes with the section before it.
    const section = counted > 0 ? h : Math.max(0, h - 1);
    let v = 0;
    const slides = marked.map((slide) => {
      // reveal.js numbers a slide `h.v` wherever its section lies in a stack, even when it is the only one shown.
      const label = stack.length > 1 ? `${section + 1}.${v + 1}` : `${section + 1}`;
      if (slide.onScreen) last = label;
      const numbered = {
        ...slide,
        ...{ index: index++, h: section, v, number: slide.onScreen || slide.hidden ? label : `${last}+` },
      };
      if (slide.onScreen) v += 1;
      return numbered;
    });
    if (counted > 0) h += 1;
    return slides;
  });
}

/** A slide without a character, as a separator at the end of the file leaves one, would be a blank page. */
function visibility({
  markdown,
  attributes,
}: Pick<SourceSlide, 'markdown' | 'attributes'>): Pick<SourceSlide, 'hidden' | 'onScreen'> {
  const onScreen = markdown !== '' && attributes['data-visibility'] !== 'hidden';
  return { onScreen, hidden: !onScreen && attributes['data-handout'] !== 'only' };
}

function findSeparators(body: string, options: SplitOptions): Match[] {
  const horizontal = withoutReturns(options.separator ?? DEFAULT_SEPARATOR);
  const vertical = withoutReturns(options.verticalSeparator ?? DEFAULT_VERTICAL_SEPARATOR);
  const { notesSeparator } = options;
  const all = {
    separator: horizontal,
    verticalSeparator: vertical,
    ...(notesSeparator ? { notesSeparator } : {}),
  };
  for (const [key, expression] of Object.entries(all)) {
    try {
      new RegExp(expression, 'mg');
    } catch (error) {
      throw invalidSeparator(`${key} is not a regular expression: ${(error as Error).message}`, options.deck);
    }
  }
  try {
    // The expressions come from the deck, which is untrusted: in a context with a deadline even one that
    // backtracks for ever ends (https://nodejs.org/api/vm.html#scriptrunincontextcontextifiedobject-options).
    return runInNewContext(
      FIND_SEPARATORS,
      { body, horizontal, vertical, notes: notesSeparator ?? '(?!)' },
      { timeout: options.matchTimeoutMs ?? MATCH_DEADLINE_MS },
    ) as Match[];
  } catch (error) {
    // Two that are right alone may be wrong together: two groups of one name, for instance.
    const isLate = (error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
    const reason = isLate ? 'take too long to match' : `can not be used together: ${messageOf(error)}`;
    throw invalidSeparator(`the slide separators ${reason}`, options.deck);
  }
}

/**
 * A deck is read with one character at the end of each line, whatever its file has. Who writes on Windows has to say both
 * to reveal-md: there `\\r\\n` is the end of a line.
 */
function withoutReturns(expression: string): string {
  return expression.replace(/\\r\\n|\r\n|\\[\s\S]/g, (found) =>
    found === '\\r\\n' ? '\\n' : found === '\r\n' ? '\n' : found,
  );
}

const FIND_SEPARATORS = `
  const either = new RegExp(horizontal + '|' + vertical, 'mg');
  const isHorizontal = new RegExp(horizontal);
  const found = [];
  for (const match of body.matchAll(either)) {
    if (match[0] === '') continue;
    const start = match.index;
    found.push({ start, end: start + match[0].length, horizontal: isHorizontal.test(match[0]) });
  }
  // reveal.js looks for notes on each slide; here it only counts that there is an end to it.
  for (const _ of body.matchAll(new RegExp(notes, 'mig')));
  found;
`;

function invalidSeparator(message: string, deck: string): DeckError {
  return new DeckError(
    diagnostic(
      'SEPARATOR_INVALID',
      message,
      { deck, line: 1 },
      'separators are JavaScript regular expressions, e.g. separator: <!--s-->',
    ),
  );
}
