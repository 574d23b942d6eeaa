import type { MarkdownSlide, MathSettings } from '../model/markdown-deck.ts';

/**
 * The content between two dollars, as in Pandoc: no space after the first one, none before the last one and no digit after
 * it, so that `$5 and $10` is no formula (https://pandoc.org/MANUAL.html#math). A backslash escapes the next character. A
 * backtick begins code, with dollars of its own.
 */
const CLOSE = String.raw`(?![\s$])(?:\\[^]|[^\\$\x60])*?(?:\\[^]|[^\\$\x60\s])`;
/**
 * MathJax also allows spaces next to the dollars. On one line, and only if it does not look like a price: it contains a
 * command, `_`, `^` or `=`.
 */
const SPACED = String.raw`(?![$\d])(?=[^$\x60\n]*?(?:\\[A-Za-z]|[_^=]))(?:\\[^\n]|[^\\$\x60\n])+`;
const INLINE = String.raw`\$(${CLOSE}|${SPACED})\$(?!\d)`;
/** Between double dollars anything else is allowed: text in a formula may contain formulas. */
const DISPLAY = String.raw`\$\$((?:\\[^]|[^\\$]|\$(?!\$))+?)\$\$`;
/** LaTeX delimiters. In Markdown their backslashes are doubled. */
const BRACKETS = String.raw`\\\(([^]+?)\\\)|\\\[([^]+?)\\\]`;

/**
 * Environments that are formulas by themselves: https://docs.mathjax.org/en/latest/basic/mathematics.html#tex-and-latex-input
 */
const NAMES = String.raw`(?:equation|align|alignat|flalign|gather|multline|eqnarray|CD)\*?`;
const ENVIRONMENT = String.raw`(\\begin\{(?<environment>${NAMES})\}[^]+?\\end\{\k<environment>\})`;

/** Regular expressions that find formulas. */
export const MATH_PATTERNS = {
  inline: INLINE,
  display: DISPLAY,
  brackets: BRACKETS,
  environment: ENVIRONMENT,
} as const;

const BEGIN = new RegExp(String.raw`\\begin\{(${NAMES})\}`, 'g');
const DOLLARS = new RegExp(INLINE);

const PAIRS = [
  ['$$', '$$'],
  ['\\(', '\\)'],
  ['\\[', '\\]'],
] as const;

/** Whether a slide may contain a formula; may be true for code that only looks like one. */
export function mayHoldMath({ markdown, hidden }: MarkdownSlide): boolean {
  return (
    !hidden &&
    (DOLLARS.test(markdown) || PAIRS.some((pair) => holdsPair(markdown, pair)) || holdsEnvironment(markdown))
  );
}

/**
 * Searches for both ends separately: an expression for both would read to the end of the text from each unclosed beginning.
 */
function holdsPair(markdown: string, [opening, closing]: readonly [string, string]): boolean {
  const begin = markdown.indexOf(opening);
  return begin !== -1 && markdown.lastIndexOf(closing) > begin + opening.length;
}

function holdsEnvironment(markdown: string): boolean {
  const begun = new Map<string, number>();
  for (const { 1: name = '', index } of markdown.matchAll(BEGIN))
    if (!begun.has(name)) begun.set(name, index);
  return [...begun].some(([name, begin]) => {
    return markdown.lastIndexOf(`\\end{${name}}`) > begin + `\\begin{${name}}`.length;
  });
}

type Options = Readonly<Record<string, unknown>>;

/** An author's settings for math: `math` in the front matter, or those of one of reveal.js's math plugins. */
export function mathSettings(math: unknown, revealOptions: Options): MathSettings {
  if ([math, revealOptions.math, revealOptions.katex].includes(false)) return false;
  const sources = [
    inside(revealOptions, 'katex', 'macros'),
    inside(revealOptions, 'math', 'TeX', 'Macros'),
    ...['mathjax2', 'mathjax3', 'mathjax4'].flatMap((plugin) => [
      inside(revealOptions, plugin, 'TeX', 'Macros'),
      inside(revealOptions, plugin, 'tex', 'macros'),
    ]),
  ];
  return { macros: Object.fromEntries(sources.flatMap((macros) => Object.entries(macros).flatMap(macro))) };
}

function inside(options: Options, ...keys: readonly string[]): Options {
  let value: unknown = options;
  for (const key of keys) value = isOptions(value) ? value[key] : undefined;
  return isOptions(value) ? value : {};
}

function isOptions(value: unknown): value is Options {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** MathJax names them without the backslash, and uses a list for macros with arguments. */
function macro([name, value]: readonly [string, unknown]): (readonly [string, string])[] {
  const tex: unknown = Array.isArray(value) ? value[0] : value;
  if (typeof tex !== 'string') return [];
  return [[/^[a-z]+$/i.test(name) ? `\\${name}` : name, tex]];
}
