import { marked } from 'marked';

/** The grammar of reveal.js's Markdown plugin for attributes in comments: `name="value"`, or a bare `data-name`. */
const ATTRIBUTE = /([^"= ]+?)="([^"]+?)"|(data-[^"= ]+?)(?=[" ])/g;
const SLIDE_COMMENT = /<!--\s*\.slide:\s*([\s\S]*?)-->/g;

/** The attributes that a slide's `<!-- .slide: … -->` comments give it. What stands in code is no comment. */
export function slideAttributes(markdown: string): Readonly<Record<string, string>> {
  const comments: string[] = [];
  if (!markdown.includes('.slide:')) return {};
  marked.walkTokens(marked.lexer(markdown), (token) => {
    if (token.type !== 'html') return;
    for (const match of token.raw.matchAll(SLIDE_COMMENT)) comments.push(match[1] ?? '');
  });
  return Object.fromEntries(comments.flatMap((comment) => Object.entries(parseAttributes(comment))));
}

/** The attributes in the text of one comment. */
export function parseAttributes(comment: string): Readonly<Record<string, string>> {
  const pairs = [...`${comment} `.matchAll(ATTRIBUTE)];
  return Object.fromEntries(pairs.map((match) => [match[1] ?? match[3] ?? '', match[2] ?? '']));
}
