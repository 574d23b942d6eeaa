import { commentAttributes } from '../../../../markup/attributes.ts';
import { CARRIES_ITSELF, cssReferences } from '../../../../markup/css.ts';
import { parseSlide } from '../../../../markup/parsed-slide.ts';
import { PICTURES } from '../../../../markup/picture-attributes.ts';
import {
  elementBefore,
  type SlideElement,
  type SlideNode,
  tracedAttributes,
} from '../../../../markup/slide-dom.ts';
import type { MarkdownFlags } from '../../../../markup/slide-html.ts';
import { originOf, part, spanOf, type Traced, trimmed, untraced } from '../../../../markup/traced.ts';
import { backgroundUrls, shorthandBackgroundUrls, srcsetUrls } from '../../../../markup/url-lists.ts';
import type { Reference } from '../../../../model/model.ts';
import { decodeUriOrKeep } from '../../../../text/decode.ts';
import { lineCounter } from '../../../../text/lines.ts';
import { pictureUrl } from '../../../site/picture-url.ts';
import { ORIGIN } from '../model/addresses.ts';
import type { MarkdownReference, MarkdownSlide } from '../model/markdown-deck.ts';

/** With more ambiguous positions on one slide, they are not resolved. */
const MAX_DOUBTS = 64;

/** A resource that a slide refers to; positions are those in its Markdown. */
interface Found {
  readonly kind: Reference['kind'];
  readonly url: string;
  /** Start of the element that refers to it. */
  readonly origin: number;
  readonly span?: readonly [number, number] | undefined;
}

/** A slide, as far as its text and position matter here. */
type SlideText = Pick<MarkdownSlide, 'markdown' | 'line' | 'number' | 'offset'>;

export interface ReferenceOptions {
  readonly flags?: MarkdownFlags;
  /** Whether the exact position of each URL is needed, for callers that replace them. That takes more time. Default: true. */
  readonly exactPlaces?: boolean | undefined;
}

/**
 * The resources that a slide refers to: the images of its Markdown and HTML, those in its styles, and its linked stylesheets,
 * in order. They come from the parsed slide, so text in a code block that only looks like an image does not count.
 */
export function slideReferences(slide: SlideText, options: ReferenceOptions = {}): MarkdownReference[] {
  const { markdown, number, offset } = slide;
  const { flags, exactPlaces = true } = options;
  // Without either of these characters there is neither a Markdown image nor an HTML element.
  if (!/[!<]/.test(markdown)) return [];
  const lineOf = lineCounter(markdown);
  const asked = findReferences(markdown, flags);
  const found = exactPlaces ? exactlyPlaced(markdown, asked, flags) : asked.map(withoutPlace);
  return found.map(({ kind, url, origin, span }) => ({
    kind,
    url,
    line: slide.line + lineOf(origin) - 1,
    slide: number,
    ...(span ? { span: [offset + span[0], offset + span[1]] as const } : {}),
  }));
}

function withoutPlace({ span: _, ...one }: Found): Found {
  return one;
}

function findReferences(markdown: string, flags: MarkdownFlags): Found[] {
  const { html, nodes } = parseSlide(markdown, flags);
  return nodes.flatMap((node) => {
    const origin = originOf(html, node.sourceCodeLocation?.startOffset ?? 0);
    return referencesOf(node, html)
      .filter(({ url }) => url !== '' && !url.startsWith('#') && !CARRIES_ITSELF.test(url))
      .map((one) => ({ ...one, origin: one.origin ?? origin }));
  });
}

type Named = Omit<Found, 'origin'> & { readonly origin?: number };

function referencesOf(node: SlideNode, html: Traced): Named[] {
  if (node.nodeName === '#comment' && 'data' in node) {
    const start = (node.sourceCodeLocation?.startOffset ?? 0) + '<!--'.length;
    const text = part(html, start, start + node.data.length);
    return commentReferences(node, text.text === node.data ? text : untraced(node.data));
  }
  if (!('attrs' in node)) return [];
  const attributes = new Map(tracedAttributes(node, html).map(({ name, value }) => [name, value]));
  const own = [...attributes].flatMap(([name, value]) => attributeReferences(node, name, value, attributes));
  return node.tagName === 'style' ? [...own, ...styleReferences(node, html)] : own;
}

/**
 * Elements that may embed anything; images in them are shown as such (`draw-embeds.ts`). A drawing may use parts of another
 * file.
 */
const EMBEDS: Readonly<Record<string, readonly string[]>> = {
  embed: ['src'],
  iframe: ['src', 'data-src'],
  object: ['data'],
  use: ['href', 'xlink:href'],
};

const PICTURE_FILE = /^[^?#]*\.(?:avif|bmp|gif|jpe?g|png|svg|webp)\s*(?:[?#]|$)/i;

function attributeReferences(
  element: SlideElement,
  name: string,
  value: Traced,
  attributes: ReadonlyMap<string, Traced>,
): Named[] {
  const { tagName } = element;
  const says = (attribute: string, pattern: RegExp): boolean =>
    pattern.test(attributes.get(attribute)?.text ?? '');
  if (name === 'style' || name.startsWith('data-background')) return styledReferences(name, value);
  if (tagName === 'link' && name === 'href' && says('rel', /(?:^|\s)stylesheet(?:\s|$)/i))
    return says('rel', /(?:^|\s)alternate(?:\s|$)/i) ? [] : [named('stylesheet', trimmed(value))];
  if (tagName === 'input' && name === 'src' && says('type', /^image$/i)) return [picture(trimmed(value))];
  if (EMBEDS[tagName]?.includes(name) && PICTURE_FILE.test(value.text)) return [picture(trimmed(value))];
  const form = Object.hasOwn(PICTURES, tagName) ? PICTURES[tagName]?.[name] : undefined;
  if (form === 'srcset') return srcsetUrls(value).map(picture);
  return form === 'url' ? [picture(trimmed(value))] : [];
}

/** Attributes that any element may have, and that comments set on slides. */
function styledReferences(name: string, value: Traced): Named[] {
  if (name === 'data-background-image') return backgroundUrls(value).map(background);
  if (name === 'data-background') return shorthandBackgroundUrls(value).map(background);
  return name === 'style' ? inCss(value, 'declarations') : [];
}

/** Attributes that comments of reveal.js set on slides, or on the element before them. */
function commentReferences(node: SlideNode, comment: Traced): Named[] {
  return commentAttributes(comment.text).flatMap(({ owner, name, value, offset }) => {
    const text = part(comment, offset, offset + value.length);
    if (name === 'style' || name.startsWith('data-background')) return styledReferences(name, text);
    if (owner === 'slide' || isMedia(elementBefore(node))) return [];
    if (name === 'srcset' || name === 'data-srcset') return srcsetUrls(text).map(picture);
    return name === 'src' || name === 'data-src' ? [picture(trimmed(text))] : [];
  });
}

function isMedia(element: SlideElement | undefined): boolean {
  const media = ['audio', 'embed', 'iframe', 'script', 'source', 'track', 'video'];
  return element !== undefined && media.includes(element.tagName);
}

function styleReferences(element: SlideElement, html: Traced): Named[] {
  const type = element.attrs.find(({ name }) => name === 'type')?.value.trim() ?? '';
  if (type !== '' && type.toLowerCase() !== 'text/css') return [];
  return element.childNodes.flatMap((node) => {
    if (node.nodeName !== '#text' || !('value' in node)) return [];
    const { startOffset = 0, endOffset = 0 } = node.sourceCodeLocation ?? {};
    const text = part(html, startOffset, endOffset);
    const found = inCss(text.text === node.value ? text : untraced(node.value), 'stylesheet');
    // A style may be long: each of its images has its own line.
    return found.map((one) => ({ ...one, ...(one.span ? { origin: one.span[0] } : {}) }));
  });
}

function inCss(css: Traced, form: 'stylesheet' | 'declarations'): Named[] {
  return cssReferences(css.text, { form }).map(({ kind, url, from, to }) => ({
    kind,
    url,
    span: spanOf(part(css, from, to)),
  }));
}

function named(kind: Reference['kind'], url: Traced): Named {
  return { kind, url: url.text, span: spanOf(url) };
}

const picture = (url: Traced): Named => named('image', url);

/** reveal.js encodes addresses, sometimes twice. The address that it requests is the one that counts. */
function background(url: Traced): Named {
  const { kind, url: written, span } = named('image', url);
  const asked = encodeURI(decodeUriOrKeep(written))
    .replace(/%5B/g, '[')
    .replace(/%5D/g, ']')
    .replace(/[!'()*]/g, (one) => `%${one.charCodeAt(0).toString(16).toUpperCase()}`);
  const isSame = pictureUrl(asked, ORIGIN) === pictureUrl(written, ORIGIN);
  return { kind, url: isSame ? written : asked, span };
}

/**
 * Keeps the positions of those references that are unambiguous: replacing the URL there changes its own reference, and
 * nothing else.
 */
function exactlyPlaced(markdown: string, found: readonly Found[], flags: MarkdownFlags): Found[] {
  const spans = new Map(found.flatMap(({ span }) => (span ? [[span[0], span]] : [])));
  // The meaning of `data-background` depends on its whole value: one URL in it may be taken for another.
  const isTogether = !markdown.includes('data-background=');
  if (spans.size === 0 || (isTogether && isExact(markdown, found, spans, flags))) return [...found];
  const doubts = spans.size > MAX_DOUBTS ? [] : [...spans];
  const exact = new Map(doubts.filter((one) => isExact(markdown, found, new Map([one]), flags)));
  return found.map(({ span, ...one }) => ({ ...one, span: span && exact.get(span[0]) }));
}

type Spans = ReadonlyMap<number, readonly [number, number]>;

function isExact(markdown: string, found: readonly Found[], spans: Spans, flags: MarkdownFlags): boolean {
  let text = '';
  let end = 0;
  for (const [from, to] of [...spans.values()].sort(([a], [b]) => a - b)) {
    if (from < end) return false;
    text += `${markdown.slice(end, from)}${standIn(from)}`;
    end = to;
  }
  const replaced = findReferences(text + markdown.slice(end), flags);
  return (
    replaced.length === found.length &&
    found.every(({ kind, url, span }, i) => {
      const expected = span && spans.has(span[0]) ? standIn(span[0]) : url;
      return replaced[i]?.kind === kind && replaced[i]?.url === expected;
    })
  );
}

const standIn = (from: number): string => `deckhand-${from}.png`;
