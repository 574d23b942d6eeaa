import { parseSlide } from './parsed-slide.ts';
import type { MarkdownFlags } from './slide-html.ts';

/**
 * The grammar of reveal.js's Markdown plugin for attributes in comments is `([^"= ]+?)="([^"]+?)"|(data-[^"= ]+?)(?=[" ])`.
 * That takes quadratic time for long names; these expressions are linear.
 */
const NAME = /[^"= ]+/g;
const VALUE = /="([^"]+)"/y;
/** Its default `data-element-attributes` and `data-attributes`: only the first line with text counts. */
const ELEMENT_COMMENT = /\.element\s*?(.+?)$/m;
const SLIDE_COMMENT = /\.slide:\s*?(\S.+?)$/m;

/** An attribute that a comment sets on a slide, or on the element before it. */
export interface CommentAttribute {
  readonly owner: 'slide' | 'element';
  readonly name: string;
  readonly value: string;
  /** Where the value begins in the comment. */
  readonly offset: number;
}

/** The attributes that a comment sets, as reveal.js reads it; entities are not decoded. */
export function commentAttributes(comment: string): CommentAttribute[] {
  const element = ELEMENT_COMMENT.exec(comment);
  const match = element ?? SLIDE_COMMENT.exec(comment);
  const text = match?.[1];
  if (!match || text === undefined) return [];
  const start = match.index + match[0].length - text.length;
  return attributesIn(text).map(({ offset, ...attribute }) => ({
    owner: element ? 'element' : 'slide',
    ...attribute,
    offset: start + offset,
  }));
}

/** The attributes that a slide's `<!-- .slide: … -->` comments set. Text in code is not a comment. */
export function slideAttributes(markdown: string, flags?: MarkdownFlags): Readonly<Record<string, string>> {
  if (!markdown.includes('.slide:')) return {};
  const comments = parseSlide(markdown, flags).nodes.map((node) =>
    node.nodeName === '#comment' && 'data' in node ? node.data : '',
  );
  const own = comments.flatMap(commentAttributes).filter(({ owner }) => owner === 'slide');
  return Object.fromEntries(own.map(({ name, value }) => [name, value]));
}

/** The attributes in the text of one comment. */
export function parseAttributes(text: string): Readonly<Record<string, string>> {
  return Object.fromEntries(attributesIn(text).map(({ name, value }) => [name, value]));
}

function attributesIn(text: string): Pick<CommentAttribute, 'name' | 'value' | 'offset'>[] {
  const found: Pick<CommentAttribute, 'name' | 'value' | 'offset'>[] = [];
  const whole = `${text} `;
  const names = new RegExp(NAME);
  for (let match = names.exec(whole); match; match = names.exec(whole)) {
    const [name] = match;
    const end = match.index + name.length;
    const value = valueAt(whole, end);
    if (value !== undefined) {
      found.push({ name, value, offset: end + '="'.length });
      names.lastIndex = end + `="${value}"`.length;
      continue;
    }
    const bare = name.indexOf('data-');
    if (bare !== -1 && name.length > bare + 'data-'.length && whole[end] !== '=')
      found.push({ name: name.slice(bare), value: '', offset: end });
  }
  return found;
}

function valueAt(text: string, index: number): string | undefined {
  const pattern = new RegExp(VALUE);
  pattern.lastIndex = index;
  return pattern.exec(text)?.[1];
}
