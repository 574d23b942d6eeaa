import { runInNewContext } from 'node:vm';
import { marked } from 'marked';
import { type SlideElement, type SlideNode, slideNodes } from '../../../../markup/slide-dom.ts';
import type { MarkdownSlide } from '../model/markdown-deck.ts';
import { MATH_PATTERNS } from './math.ts';

export interface HeadingOptions {
  /** Undefined: the default of reveal.js. */
  readonly notesSeparator?: string | undefined;
  readonly hasMath: boolean;
}

/** https://github.com/hakimel/reveal.js/blob/master/plugin/markdown/plugin.js */
const DEFAULT_NOTES_SEPARATOR = '^\\s*notes?:';

const MATCH_DEADLINE_MS = 100;

/** An escaped dollar begins no formula. Otherwise the end of an unclosed formula would be searched from each of them. */
const FORMULA = new RegExp(`\\\\[^]|${MATH_PATTERNS.display}|${MATH_PATTERNS.inline}`, 'g');

/** The first visible heading of a deck, in Markdown or HTML, without its markup. */
export function firstHeading(
  slides: readonly MarkdownSlide[],
  { notesSeparator = DEFAULT_NOTES_SEPARATOR, hasMath }: HeadingOptions,
): string | undefined {
  for (const { markdown } of slides) {
    const seen = withoutNotes(markdown, notesSeparator);
    if (!/^[ >]*#|^[ >]*(?:=+|-+)[ \t]*$|<h[1-6]/im.test(seen)) continue;
    const formulas: string[] = [];
    const plain = hasMath
      ? seen.replace(FORMULA, (found, one, other) =>
          found.startsWith('$') ? standIn(formulas, one ?? other) : found,
        )
      : seen;
    const nodes = slideNodes(marked.parse(plain, { async: false }));
    for (const node of nodes) {
      if (!('tagName' in node) || !/^h[1-6]$/.test(node.tagName) || liesInNotes(node)) continue;
      const text = textOf(node).replace(/\uf8f0(\d+)\uf8f1/g, (_, at) => formulas[Number(at)] ?? '');
      const folded = text
        .split('\n')
        .flatMap((line) => line.trim() || [])
        .join(' ');
      if (folded) return folded;
    }
  }
  return undefined;
}

/**
 * The visible part of a slide. The expression comes from the deck, which is untrusted: see `split.ts`. An invalid one hides
 * nothing.
 */
export function withoutNotes(markdown: string, separator = DEFAULT_NOTES_SEPARATOR): string {
  if (separator === DEFAULT_NOTES_SEPARATOR) return markdown.split(/^[^\S\n]*notes?:/im)[0] ?? '';
  try {
    const code = "markdown.split(new RegExp(separator, 'mi'))[0]";
    return String(runInNewContext(code, { markdown, separator }, { timeout: MATCH_DEADLINE_MS }));
  } catch {
    return markdown;
  }
}

/** The content of a formula could look like emphasis. */
function standIn(formulas: string[], formula: string): string {
  return `\uf8f0${formulas.push(formula.trim()) - 1}\uf8f1`;
}

function liesInNotes(element: SlideElement): boolean {
  for (let at: SlideElement['parentNode'] = element; at && 'attrs' in at; at = at.parentNode) {
    const classes = at.attrs.find(({ name }) => name === 'class')?.value.split(/\s+/) ?? [];
    if (at.tagName === 'aside' && classes.includes('notes')) return true;
  }
  return false;
}

function textOf(node: SlideNode): string {
  if (node.nodeName === '#text' && 'value' in node) return node.value;
  if (node.nodeName === 'br') return ' ';
  if (node.nodeName === 'img' && 'attrs' in node)
    return node.attrs.find(({ name }) => name === 'alt')?.value ?? '';
  return 'childNodes' in node ? node.childNodes.map(textOf).join('') : '';
}
