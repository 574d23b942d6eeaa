/** The grammar of reveal.js's Markdown plugin for attributes in comments: `name="value"`, or a bare `data-name`. */
const ATTRIBUTE = /([^"= ]+?)="([^"]+?)"|(data-[^"= ]+?)(?=[" ])/g;
const SLIDE_COMMENT = /<!--\s*\.slide:\s*([\s\S]*?)-->/g;

/** The attributes that a slide's `<!-- .slide: … -->` comments give it, ignoring those in code fences. */
export function slideAttributes(markdown: string): Readonly<Record<string, string>> {
  const prose = markdown.replace(/^( {0,3})(`{3,}|~{3,})[\s\S]*?^ {0,3}\2/gm, '');
  return Object.assign(
    {},
    ...[...prose.matchAll(SLIDE_COMMENT)].map((match) => parseAttributes(match[1] ?? '')),
  );
}

/** The attributes in the text of one comment. */
export function parseAttributes(comment: string): Readonly<Record<string, string>> {
  const pairs = [...`${comment} `.matchAll(ATTRIBUTE)];
  return Object.fromEntries(pairs.map((match) => [match[1] ?? match[3] ?? '', match[2] ?? '']));
}
