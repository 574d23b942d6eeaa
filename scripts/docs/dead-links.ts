import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { marked, type Token } from 'marked';

/** Documents by their paths from the root of the repository. */
export type Documents = ReadonlyMap<string, string>;

/** Links and images in documents whose file or heading does not exist. Web addresses are not checked. */
export function deadLinks(documents: Documents, root: string): string[] {
  const anchors = new Map([...documents].map(([path, text]) => [path, anchorsOf(text)]));
  return [...documents].flatMap(([path, text]) =>
    linksOf(text).flatMap((href) => {
      const problem = problemOf(href, path, root, anchors);
      return problem === undefined ? [] : [`${path}: ${href} ${problem}`];
    }),
  );
}

function problemOf(
  href: string,
  from: string,
  root: string,
  anchors: ReadonlyMap<string, ReadonlySet<string>>,
): string | undefined {
  if (/^[a-z][a-z+.-]*:/i.test(href)) return undefined;
  const [file = '', anchor] = href.split('#');
  const target = file === '' ? from : join(dirname(from), decodeURIComponent(file));
  if (!anchors.has(target) && !existsSync(join(root, target))) return 'does not exist';
  if (anchor === undefined || !target.endsWith('.md')) return undefined;
  return anchors.get(target)?.has(anchor) ? undefined : 'has no such heading';
}

function linksOf(text: string): string[] {
  const links: string[] = [];
  marked.walkTokens(marked.lexer(text), (token: Token) => {
    if (token.type === 'link' || token.type === 'image') links.push(token.href);
  });
  return links;
}

/** The anchors that GitHub gives to headings. */
function anchorsOf(text: string): Set<string> {
  const anchors = new Set<string>();
  marked.walkTokens(marked.lexer(text), (token: Token) => {
    if (token.type !== 'heading') return;
    const anchor = token.text
      .replaceAll(/[`*]|\]\([^)]*\)|<[^>]*>/g, '')
      .toLowerCase()
      .replaceAll(/[^\p{L}\p{N}\s_-]/gu, '')
      .replaceAll(' ', '-');
    let unique = anchor;
    for (let n = 1; anchors.has(unique); n++) unique = `${anchor}-${n}`;
    anchors.add(unique);
  });
  return anchors;
}
