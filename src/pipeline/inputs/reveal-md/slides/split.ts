import { runInNewContext } from 'node:vm';
import type { MarkdownFlags } from '../../../../markup/slide-html.ts';
import { DeckError, diagnostic } from '../../../../model/diagnostics.ts';
import { messageOf } from '../../../../model/errors.ts';
import { lineCounter } from '../../../../text/lines.ts';
import type { MarkdownSlide } from '../model/markdown-deck.ts';
import { innerSections } from './inner-sections.ts';
import { type SlideFacts, slideFacts } from './slide-facts.ts';

/** The defaults of reveal-md: https://github.com/webpro/reveal-md#markdown */
const DEFAULT_SEPARATOR = '\\r?\\n---\\r?\\n';
const DEFAULT_VERTICAL_SEPARATOR = '\\r?\\n----\\r?\\n';

/** A deck of a thousand slides is split in a few milliseconds; if it takes longer than this, the expression is the reason. */
const MATCH_DEADLINE_MS = 2_000;

interface Match {
  readonly start: number;
  readonly end: number;
  readonly horizontal: boolean;
}

/** A slide, with all that its Markdown alone tells about it. */
export interface ReadSlide extends MarkdownSlide, Omit<SlideFacts, 'attributes' | 'ids'> {}

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
  /** Whether references contain the exact positions of their URLs. Default: true. */
  readonly exactPlaces?: boolean | undefined;
  /** Called with the line of the next slide that takes long to read. */
  readonly onSlide?: ((line: number) => void) | undefined;
  /** Prints slides without any character. */
  readonly printsBlank?: boolean | undefined;
  /** Time limit for matching the separators. Default: 2 s. */
  readonly matchTimeoutMs?: number | undefined;
}

/**
 * Splits a deck's Markdown into stacks of slides, exactly as reveal.js's Markdown plugin does (`slidify`): both separators
 * are regular expressions with the flags `mg`, which match anywhere, even in code. A slide that contains HTML `<section>`s is
 * a stack of these. Hidden slides are included without a number of their own, and blank ones with a number.
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
  const placed = ({ text, start, attributes }: Piece): Unnumbered => {
    const first = start + text.length - text.trimStart().length;
    const line = options.bodyLine + lineOf(first) - 1;
    const markdown = text.trim();
    if (markdown.length >= LONG_CHARS) options.onSlide?.(line);
    const facts = slideFacts(markdown, options);
    const visible = visibility(markdown, { ...attributes, ...facts.attributes }, options);
    const own = { markdown, line, offset: options.bodyOffset + first, ...facts };
    return { ...own, ...visible, ...(attributes ? { isInner: true as const } : {}) };
  };
  return number(stacks.map((stack) => takenApart(stack, options).map(placed)));
}

/** Shorter slides are read fast, whatever they contain. */
const LONG_CHARS = 1_000;

interface Piece {
  readonly text: string;
  readonly start: number;
  /** For a section inside a slide. */
  readonly attributes?: Readonly<Record<string, string>>;
}

/** In a stack, a section inside a slide is a part of that slide: reveal.js has no third dimension. */
function takenApart(stack: readonly Piece[], { notesSeparator }: SplitOptions): readonly Piece[] {
  const [only] = stack;
  if (!only || stack.length > 1) return stack;
  const inner = innerSections(only.text, notesSeparator).map(({ from, to, attributes }) => ({
    text: only.text.slice(from, to),
    start: only.start + from,
    attributes,
  }));
  return inner.length > 0 ? inner : stack;
}

type Unnumbered = Pick<MarkdownSlide, 'markdown' | 'line' | 'offset' | 'hidden' | 'onScreen' | 'isInner'> &
  SlideFacts;

function number(stacks: readonly (readonly Unnumbered[])[]): ReadSlide[][] {
  let index = 0;
  let h = 0;
  let last = '';
  return stacks.map((stack) => {
    const counted = stack.filter(({ onScreen }) => onScreen).length;
    const isStack = stack.length > 1 || stack.some(({ isInner }) => isInner);
    // A slide that is only on paper and has a stack of its own belongs to the section before it.
    const section = counted > 0 ? h : Math.max(0, h - 1);
    let v = 0;
    const slides = stack.map((slide) => {
      // reveal.js numbers a slide `h.v` if its section is in a stack, even if it is the only one shown.
      const label = isStack ? `${section + 1}.${v + 1}` : `${section + 1}`;
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

/** A slide without any character, such as one after a separator at the end of the file, is shown on the screen. */
function visibility(
  markdown: string,
  attributes: Readonly<Record<string, string>>,
  { printsBlank = false }: SplitOptions,
): Pick<MarkdownSlide, 'hidden' | 'onScreen'> {
  const onScreen = attributes['data-visibility'] !== 'hidden';
  const isLeftOut = onScreen ? markdown === '' && !printsBlank : attributes['data-handout'] !== 'only';
  return { onScreen, hidden: isLeftOut };
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
  // Our own separators need no context, which takes longer to create than splitting a deck.
  if ([options.separator, options.verticalSeparator, notesSeparator].every((one) => one === undefined))
    return matchSeparators(body, horizontal, vertical);
  try {
    // The expressions come from the deck, which is untrusted: in a context with a deadline, even one that backtracks forever
    // ends (https://nodejs.org/api/vm.html#scriptrunincontextcontextifiedobject-options).
    return runInNewContext(
      `(${matchSeparators})(body, horizontal, vertical, notes)`,
      { body, horizontal, vertical, notes: notesSeparator },
      { timeout: options.matchTimeoutMs ?? MATCH_DEADLINE_MS },
    ) as Match[];
  } catch (error) {
    // Two expressions that are valid alone may be invalid together: two groups with the same name, for instance.
    const isLate = (error as NodeJS.ErrnoException).code === 'ERR_SCRIPT_EXECUTION_TIMEOUT';
    const reason = isLate ? 'take too long to match' : `cannot be used together: ${messageOf(error)}`;
    throw invalidSeparator(`the slide separators ${reason}`, options.deck);
  }
}

/**
 * The text of a deck always has one character at the end of each line. Separators written for reveal-md on Windows contain
 * both: there `\\r\\n` is the end of a line.
 */
function withoutReturns(expression: string): string {
  return expression.replace(/\\r\\n|\r\n|\\[\s\S]/g, (found) =>
    found === '\\r\\n' ? '\\n' : found === '\r\n' ? '\n' : found,
  );
}

/** Also runs in a context of its own, and must stay self-contained. */
function matchSeparators(body: string, horizontal: string, vertical: string, notes?: string): Match[] {
  const either = new RegExp(`${horizontal}|${vertical}`, 'mg');
  const isHorizontal = new RegExp(horizontal);
  const found: Match[] = [];
  for (const match of body.matchAll(either)) {
    if (match[0] === '') continue;
    const start = match.index;
    found.push({ start, end: start + match[0].length, horizontal: isHorizontal.test(match[0]) });
  }
  // reveal.js looks for notes on each slide; here only the time matters.
  if (notes !== undefined) for (const _ of body.matchAll(new RegExp(notes, 'mig')));
  return found;
}

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
