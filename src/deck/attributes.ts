import { slideNodes } from './slide-dom.ts';
import { slideHtml } from './slide-html.ts';

/** The grammar of reveal.js's Markdown plugin for attributes in comments: `name="value"`, or a bare `data-name`. */
const ATTRIBUTE = /([^"= ]+?)="([^"]+?)"|(data-[^"= ]+?)(?=[" ])/g;
/** Its default `data-element-attributes` and `data-attributes`: the first line with text counts, and no other. */
const ELEMENT_COMMENT = /\.element\s*?(.+?)$/m;
const SLIDE_COMMENT = /\.slide:\s*?(\S.+?)$/m;

/** An attribute that a comment gives to a slide, or to the element before it. */
export interface CommentAttribute {
  readonly owner: 'slide' | 'element';
  readonly name: string;
  readonly value: string;
  /** Where the value begins in the comment. */
  readonly offset: number;
}

/** The attributes that a comment gives away, as reveal.js reads it; entities in it are none. */
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

/** The attributes that a slide's `<!-- .slide: … -->` comments give it. What stands in code is no comment. */
export function slideAttributes(markdown: string): Readonly<Record<string, string>> {
  if (!markdown.includes('.slide:')) return {};
  const comments = [...slideNodes(slideHtml(markdown).text)].map((node) =>
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
  return [...`${text} `.matchAll(ATTRIBUTE)].map(({ 1: name, 2: value = '', 3: bare = '', index }) => ({
    name: name ?? bare,
    value,
    offset: index + (name === undefined ? bare.length : `${name}="`.length),
  }));
}
