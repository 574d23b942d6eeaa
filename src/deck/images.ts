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
  /** Moves to a token's text; where the parser has changed it (in a quote, say), stays on the line of what encloses it. */
  const advance = (raw: string): number => {
    const at = slide.markdown.indexOf(raw, cursor);
    if (at !== -1) cursor = at;
    return cursor;
  };
  const add = (urls: readonly string[], offset: number): void => {
    for (const url of urls) if (url) found.push({ url, line: lineAt(offset), slide: slide.number });
  };
  const visit = (token: Token): void => {
    const start = advance(token.raw);
    if (token.type === 'image') add([(token as Tokens.Image).href], start);
    if (token.type === 'html')
      for (const { url, offset } of htmlImages(token.raw)) add([url], start + offset);
    if (token.type === 'code' || token.type === 'codespan' || token.type === 'html') {
      if (slide.markdown.startsWith(token.raw, start)) cursor = start + token.raw.length;
      return;
    }
    for (const child of children(token)) visit(child);
  };
  for (const token of marked.lexer(slide.markdown)) visit(token);
  return found;
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
    if (BACKGROUND_ATTRIBUTES.includes(attribute)) return backgroundUrls(value);
    if (!PICTURE_ELEMENTS.has(element.tagName) || !PICTURE_ATTRIBUTES.has(attribute)) return [];
    if (element.tagName === 'video' && attribute !== 'poster') return [];
    if (element.tagName === 'source' && !attribute.includes('srcset')) return [];
    return attribute.includes('srcset') ? srcsetUrls(value) : [value.trim()];
  });
}

function commentImages(text: string, offset: number): HtmlImage[] {
  const attributes = parseAttributes(text);
  const urls = [
    ...BACKGROUND_ATTRIBUTES.flatMap((name) => backgroundUrls(attributes[name] ?? '')),
    ...[attributes.src ?? attributes['data-src'] ?? ''],
    ...cssUrls(attributes.style ?? ''),
  ];
  return urls.filter((url) => url !== '').map((url) => ({ url, offset }));
}

/** `data-background-image` takes a comma list; `data-background` also colours and gradients. */
function backgroundUrls(value: string): string[] {
  if (value.trim() === '' || value.startsWith('data:')) return [];
  return value
    .split(',')
    .map((part) => part.trim())
    .filter(
      (part) =>
        /\.(?:png|jpe?g|gif|svg|webp|avif|bmp|tiff?)(?:[?#].*)?$/i.test(part) || /^https?:/i.test(part),
    );
}

function srcsetUrls(value: string): string[] {
  return value.split(/,\s+/).map((candidate) => candidate.trim().split(/\s+/)[0] ?? '');
}

function cssUrls(style: string): string[] {
  return [...style.matchAll(/url\(\s*(['"]?)(.*?)\1\s*\)/g)].map((match) => match[2] ?? '');
}
