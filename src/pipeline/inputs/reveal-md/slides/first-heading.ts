import { runInNewContext } from 'node:vm';
import { marked } from 'marked';
import { commentAttributes } from '../../../../markup/attributes.ts';
import {
  elementBefore,
  type SlideElement,
  type SlideNode,
  slideNodes,
} from '../../../../markup/slide-dom.ts';
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

/**
 * The first visible heading of a deck, in Markdown or HTML, without its markup.
 *
 * It becomes the title in every file, so it has no words that the handout withholds, and is on no slide that the handout
 * skips. The first slide may be skipped: a deck's title is on every page anyway.
 */
export function firstHeading(
  slides: readonly MarkdownSlide[],
  { notesSeparator = DEFAULT_NOTES_SEPARATOR, hasMath }: HeadingOptions,
): string | undefined {
  for (const [i, { markdown, attributes }] of slides.entries()) {
    if (i > 0 && attributes['data-handout'] === 'skip') continue;
    const seen = withoutNotes(markdown, notesSeparator);
    if (!/^[ >]*#|^[ >]*(?:=+|-+)[ \t]*$|<h[1-6]/im.test(seen)) continue;
    const formulas: string[] = [];
    const plain = hasMath
      ? seen.replace(FORMULA, (found, one, other) =>
          found.startsWith('$') ? standIn(formulas, one ?? other) : found,
        )
      : seen;
    const nodes = [...slideNodes(marked.parse(plain, { async: false }))];
    const withheld = new Set(nodes.flatMap(withheldElement));
    for (const node of nodes) {
      if (!('tagName' in node) || !/^h[1-6]$/.test(node.tagName) || liesInNotes(node)) continue;
      if (ancestors(node).some((one) => withheld.has(one))) continue;
      const text = textOf(node, withheld).replace(
        /\uf8f0(\d+)\uf8f1/g,
        (_, at) => formulas[Number(at)] ?? '',
      );
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
  return ancestors(element).some(({ tagName, attrs }) => {
    const classes = attrs.find(({ name }) => name === 'class')?.value.split(/\s+/) ?? [];
    return tagName === 'aside' && classes.includes('notes');
  });
}

/** An element and those around it. */
function ancestors(element: SlideElement): SlideElement[] {
  const found: SlideElement[] = [];
  for (let at: SlideElement['parentNode'] = element; at && 'attrs' in at; at = at.parentNode) found.push(at);
  return found;
}

/** The element that this node marks as not shown on paper: itself, or for a comment the element before or around it. */
function withheldElement(node: SlideNode): SlideElement[] {
  const isComment = node.nodeName === '#comment' && 'data' in node;
  const attributes = isComment
    ? commentAttributes(node.data).filter(({ owner }) => owner === 'element')
    : 'attrs' in node
      ? node.attrs
      : [];
  const isWithheld = attributes.some(
    ({ name, value }) => name === 'data-handout' && ['skip', 'blank'].includes(value.trim()),
  );
  const element = isComment ? (elementBefore(node) ?? node.parentNode) : node;
  return isWithheld && element && 'attrs' in element ? [element] : [];
}

function textOf(node: SlideNode, withheld: ReadonlySet<SlideNode>): string {
  if (withheld.has(node)) return '';
  if (node.nodeName === '#text' && 'value' in node) return node.value;
  if (node.nodeName === 'br') return ' ';
  if (node.nodeName === 'img' && 'attrs' in node)
    return node.attrs.find(({ name }) => name === 'alt')?.value ?? '';
  return 'childNodes' in node ? node.childNodes.map((child) => textOf(child, withheld)).join('') : '';
}
