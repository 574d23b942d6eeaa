import { marked, type Token, type Tokens } from 'marked';
import { type DefaultTreeAdapterTypes, parseFragment } from 'parse5';
import type { ImageReference, SourceSlide } from '../pipeline/model.ts';
import { parseAttributes } from './attributes.ts';

/** Attributes of HTML elements that name a picture. A `src` counts only on the elements that show one. */
const PICTURE_ATTRIBUTES = new Set([
  'src',
  'data-src',
  'srcset',
  'data-srcset',
  'poster',
  'href',
  'xlink:href',
]);
const PICTURE_ELEMENTS = new Set(['img', 'source', 'video', 'image', 'input']);
const BACKGROUND_ATTRIBUTES = ['data-background-image', 'data-background', 'data-background-video-poster'];

/**
 * The pictures that a slide's Markdown asks for, each with its line in the file. They come from the parsed Markdown
 * (the parser and major version that reveal.js itself uses), so what only looks like an image in a code block is none.
 */
export function slideImages(slide: SourceSlide): ImageReference[] {
  const found: ImageReference[] = [];
  let cursor = 0;
  const lineAt = (offset: number): number =>
    slide.line + slide.markdown.slice(0, offset).split('\n').length - 1;
  const add = (url: string, offset: number): void => {
    // `#gradient` is a part of the page.
    if (url && !url.startsWith('#')) found.push({ url, line: lineAt(offset), slide: slide.number });
  };
  /** Looks for a token's text inside what encloses it; where the parser has changed it, stays where the search began. */
  const visit = (token: Token, limit: number): void => {
    const [start, end] = locate(slide.markdown, token.raw, cursor, limit) ?? [cursor, limit];
    cursor = start;
    if (token.type === 'image') add((token as Tokens.Image).href, start);
    else if (token.type === 'html')
      for (const { url, offset } of htmlImages(token.raw)) add(url, start + offset);
    else for (const child of children(token)) visit(child, end);
    if (end !== limit) cursor = end;
  };
  for (const token of marked.lexer(slide.markdown)) visit(token, slide.markdown.length);
  return found;
}

/** Where a token's text stands, from and to. The parser takes the marks of quotes and the indentation of lists off it. */
function locate(markdown: string, raw: string, from: number, limit: number): [number, number] | undefined {
  const exact = markdown.indexOf(raw, from);
  if (exact !== -1 && exact + raw.length <= limit) return [exact, exact + raw.length];
  if (!raw.includes('\n')) return undefined;
  const lines = raw.split('\n').map((line) => line.trim().replace(/[\\^$.*+?()[\]{}|]/g, '\\$&'));
  const match = new RegExp(lines.join('[ \\t]*\\n[ \\t>]*')).exec(markdown.slice(from, limit));
  return match ? [from + match.index, from + match.index + match[0].length] : undefined;
}

function children(token: Token): Token[] {
  if (token.type === 'table') {
    const { header, rows } = token as Tokens.Table;
    return [...header, ...rows.flat()].flatMap((cell) => cell.tokens);
  }
  if (token.type === 'list') return (token as Tokens.List).items;
  return 'tokens' in token ? (token.tokens ?? []) : [];
}

interface HtmlImage {
  readonly url: string;
  /** Of the element, in the HTML. */
  readonly offset: number;
}

/** The pictures in a piece of HTML: elements, inline styles, and the attributes in reveal.js's comments. */
function htmlImages(html: string): HtmlImage[] {
  const found: HtmlImage[] = [];
  const visit = (node: DefaultTreeAdapterTypes.ChildNode): void => {
    const offset = node.sourceCodeLocation?.startOffset ?? 0;
    if (node.nodeName === '#comment' && 'data' in node) {
      const comment = /^\s*\.(?:slide|element):([\s\S]*)$/.exec(node.data);
      if (comment) found.push(...commentImages(comment[1] ?? '', offset));
    }
    if ('attrs' in node) found.push(...elementImages(node).map((url) => ({ url, offset })));
    if ('childNodes' in node) for (const child of node.childNodes) visit(child);
  };
  for (const node of parseFragment(html, { sourceCodeLocationInfo: true }).childNodes) visit(node);
  return found;
}

function elementImages(element: DefaultTreeAdapterTypes.Element): string[] {
  return element.attrs.flatMap(({ name, value, prefix }) => {
    const attribute = prefix ? `${prefix}:${name}` : name;
    if (attribute === 'style') return cssUrls(value);
    if (BACKGROUND_ATTRIBUTES.includes(attribute)) return backgroundUrls(attribute, value);
    if (!PICTURE_ELEMENTS.has(element.tagName) || !PICTURE_ATTRIBUTES.has(attribute)) return [];
    if (element.tagName === 'video' && attribute !== 'poster') return [];
    if (element.tagName === 'source' && !attribute.includes('srcset')) return [];
    return attribute.includes('srcset') ? srcsetUrls(value) : [value.trim()];
  });
}

function commentImages(text: string, offset: number): HtmlImage[] {
  const attributes = parseAttributes(text);
  const urls = [
    ...BACKGROUND_ATTRIBUTES.flatMap((name) => backgroundUrls(name, attributes[name] ?? '')),
    ...[attributes.src ?? attributes['data-src'] ?? ''],
    ...cssUrls(attributes.style ?? ''),
  ];
  return urls.filter((url) => url !== '').map((url) => ({ url, offset }));
}

/** `data-background-image` takes a comma list; `data-background` also colours and gradients. */
function backgroundUrls(attribute: string, value: string): string[] {
  if (value.trim().startsWith('data:')) return [];
  const parts = value.split(',').map((part) => part.trim());
  if (attribute !== 'data-background') return parts;
  return parts.filter(
    (part) =>
      /\.(?:png|jpe?g|gif|svg|webp|avif|bmp|tiff?)(?:[?#].*)?$/i.test(part) ||
      /^(?:https?:|\/\/)/i.test(part),
  );
}

/** A URL ends at white space; commas at its end, or behind its size, end the candidate, and others belong to it. */
function srcsetUrls(value: string): string[] {
  const urls: string[] = [];
  let rest = value;
  for (;;) {
    rest = rest.replace(/^[\s,]+/, '');
    const word = /^\S+/.exec(rest)?.[0];
    if (!word) return urls;
    urls.push(word.replace(/,+$/, ''));
    rest = rest.slice(word.length);
    if (!word.endsWith(',')) rest = /,[\s\S]*/.exec(rest)?.[0] ?? '';
  }
}

function cssUrls(style: string): string[] {
  return [...style.matchAll(/url\(\s*(['"]?)(.*?)\1\s*\)/g)].map((match) => match[2] ?? '');
}
