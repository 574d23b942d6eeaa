import {
  type DefaultTreeAdapterTypes,
  defaultTreeAdapter,
  html as html5,
  parseFragment,
  serialize,
} from 'parse5';
import { PICTURES } from '../../../markup/picture-attributes.ts';
import { traced } from '../../../markup/traced.ts';
import { backgroundUrls, shorthandBackgroundUrls, srcsetUrls } from '../../../markup/url-lists.ts';
import { isSiteUrl } from '../../../model/urls.ts';
import { decodeOrKeep } from '../../../text/decode.ts';
import { escapeHtml } from '../../../text/html.ts';
import { pictureUrl } from '../../site/picture-url.ts';
import { type StandIns, standAlone, wholeSheet } from './styles.ts';

type Element = DefaultTreeAdapterTypes.Element;
type Node = DefaultTreeAdapterTypes.ChildNode;

export interface SlidesHtmlOptions {
  /** Absolute URL of the deck's folder. */
  readonly base: string;
  /** Address of the deck on the web, for relative links; undefined if unknown. */
  readonly linkBase?: string | undefined;
  /** The slides to keep, by their stamped index. */
  readonly keeps: (index: string) => boolean;
}

/** Elements that are removed: they run, load or send something, or describe the page. */
const REMOVED = new Set([
  ...['script', 'noscript', 'template', 'base', 'meta', 'link', 'frame', 'frameset', 'portal', 'applet'],
]);

/** In a drawing their text may contain elements, which serializing would turn into real ones. */
const RAW = new Set(['iframe', 'noembed', 'noframes', 'plaintext', 'xmp']);

/** Descriptions of media that cannot be played without a network. */
const EMBEDS: Readonly<Record<string, string>> = {
  audio: 'Sound',
  canvas: 'Drawing by a script',
  embed: 'Embedded object',
  iframe: 'Embedded page',
  object: 'Embedded object',
  video: 'Film',
};

/** Attributes that run, load or send something, or that are only used by the plugins. */
const DROPPED =
  /^(?:on.*|srcdoc|action|formaction|ping|autofocus|data-preview-(?:link|video)|data-background-(?:video|iframe).*|data-markdown.*|data-separator.*|data-deckhand-slide)$/i;

/** Allowed schemes of links. Scripts are addresses, too. */
const LINKED = /^(?:https?|mailto|tel|ftp):/i;

/**
 * The slides of a presentation that needs no network, from the HTML that the plugins of reveal.js made of a deck.
 *
 * Readers need not trust the author of an archive: nothing in the deck can run. Embedded pages become links, and resources
 * come from the archive. The policy of the page enforces the same in the browser.
 */
export async function presentationSlides(
  html: string,
  standIns: StandIns,
  options: SlidesHtmlOptions,
): Promise<string> {
  const fragment = parseFragment(html);
  const open: Element[] = fragment.childNodes.filter(isElement).reverse();
  for (let element = open.pop(); element; element = open.pop()) {
    const kept = await finished(element, standIns, options);
    if (kept) open.push(...kept.childNodes.filter(isElement).reverse());
  }
  return serialize(fragment);
}

/** The element that is kept, in its place; undefined if it was removed, or is finished. */
async function finished(
  element: Element,
  standIns: StandIns,
  options: SlidesHtmlOptions,
): Promise<Element | undefined> {
  const { tagName } = element;
  const isHtml = element.namespaceURI === html5.NS.HTML;
  const index = attribute(element, 'data-deckhand-slide');
  if (index !== undefined && !options.keeps(index)) return remove(element);
  if (tagName === 'link' && /(?:^|\s)stylesheet(?:\s|$)/i.test(attribute(element, 'rel') ?? ''))
    return replaceBySheet(element, standIns, options);
  if (!isHtml && RAW.has(tagName)) return remove(element);
  if (REMOVED.has(tagName) || attribute(element, 'data-template') !== undefined) return remove(element);
  const embed = isHtml && Object.hasOwn(EMBEDS, tagName) ? EMBEDS[tagName] : undefined;
  if (embed) return replaceByCard(element, embed, standIns, options);
  if (isHtml && tagName === 'img' && isLost(element, standIns, options.base))
    return replaceByCard(element, 'Picture', standIns, options);
  if (tagName === 'style') await finishStyle(element, standIns, options.base);
  element.attrs = element.attrs.flatMap((one) => {
    const name = one.prefix ? `${one.prefix}:${one.name}` : one.name;
    const value = DROPPED.test(name) ? undefined : finishedValue(element, name, one.value, standIns, options);
    return value === undefined ? [] : [{ ...one, value }];
  });
  return element;
}

/** Undefined: the attribute is removed. */
function finishedValue(
  { tagName }: Element,
  name: string,
  value: string,
  standIns: StandIns,
  { base, linkBase }: SlidesHtmlOptions,
): string | undefined {
  const picture = (url: string): string | undefined => pictureIn(url, standIns, base);
  if (name === 'style') return standAlone(value, base, standIns, { form: 'declarations' });
  if (name === 'data-background-image') {
    if (/^\s*data:/.test(value)) return value;
    return listOf(backgroundUrls(traced(value)).map(({ text }) => picture(text)));
  }
  if (name === 'data-background') {
    const pictures = shorthandBackgroundUrls(traced(value));
    const isList =
      pictures.length > 0 &&
      pictures.map(({ text }) => text).join() === value.replace(/\s*,\s*/g, ',').trim();
    if (isList) return listOf(pictures.map(({ text }) => picture(text)));
    return standAlone(value, base, standIns, { form: 'value' });
  }
  const form = Object.hasOwn(PICTURES, tagName) ? PICTURES[tagName]?.[name] : undefined;
  if (form === 'url' || (tagName === 'input' && name === 'src')) return picture(value);
  // Without an address it refers to the image itself.
  if (name === 'data-preview-image' && value !== '') return picture(value);
  if (form === 'srcset') return srcset(value, picture);
  if (name === 'href' || name === 'xlink:href') return link(tagName, value, picture, base, linkBase);
  // Any other attribute that would load something, for existing or future elements.
  return /^(?:src|srcset|data|poster|background|data-src|data-srcset|codebase|cite|longdesc|manifest)$/i.test(
    name,
  )
    ? undefined
    : value;
}

function listOf(urls: readonly (string | undefined)[]): string | undefined {
  const found = urls.filter((url) => url !== undefined);
  return found.length > 0 ? found.join(', ') : undefined;
}

/** With the sizes after the addresses. */
function srcset(value: string, picture: (url: string) => string | undefined): string | undefined {
  const urls = srcsetUrls(traced(value));
  const candidates = urls.map(({ text, to }, i) => {
    const found = picture(text);
    const next = urls[i + 1]?.from[0] ?? value.length;
    const size = value
      .slice(to.at(-1) ?? 0, next)
      .replace(/,\s*$/, '')
      .trim();
    return found === undefined ? undefined : `${found} ${size}`.trim();
  });
  return listOf(candidates);
}

function link(
  tagName: string,
  value: string,
  picture: (url: string) => string | undefined,
  base: string,
  linkBase: string | undefined,
): string | undefined {
  if (value.startsWith('#')) return value;
  if (tagName !== 'a' && tagName !== 'area') return undefined;
  if (!URL.canParse(value, base)) return undefined;
  const url = new URL(value, base);
  if (!isSiteUrl(url.href)) return LINKED.test(url.href) ? url.href : undefined;
  const inArchive = picture(value);
  if (inArchive !== undefined) return inArchive;
  return linkBase !== undefined && URL.canParse(value, linkBase) ? new URL(value, linkBase).href : undefined;
}

function pictureIn(written: string, standIns: StandIns, base: string): string | undefined {
  const url = written.trim();
  if (/^data:image\//i.test(url) || (url.startsWith('#') && url.length > 1)) return url;
  const target = pictureUrl(url, base);
  const found = target && standIns.picture(target);
  return found ? found + (/#.*$/.exec(url)?.[0] ?? '') : undefined;
}

/** None of its possible sources is in the archive. */
function isLost(image: Element, standIns: StandIns, base: string): boolean {
  const own = ['src', 'data-src'].flatMap((name) => attribute(image, name) ?? []);
  const lists = ['srcset', 'data-srcset'].flatMap((name) => attribute(image, name) ?? []);
  const urls = [...own, ...lists.flatMap((value) => srcsetUrls(traced(value)).map(({ text }) => text))];
  const isChoice = image.parentNode?.nodeName === 'picture';
  return !isChoice && urls.every((url) => pictureIn(url, standIns, base) === undefined);
}

async function finishStyle(style: Element, standIns: StandIns, base: string): Promise<void> {
  const css = style.childNodes.map((node) => ('value' in node ? node.value : '')).join('');
  setText(style, await wholeSheet(css, base, standIns));
}

async function replaceBySheet(
  link: Element,
  standIns: StandIns,
  { base }: SlidesHtmlOptions,
): Promise<undefined> {
  const target = pictureUrl(attribute(link, 'href') ?? '', base);
  const css = target && (await standIns.sheet(target));
  if (!css || !target) return remove(link);
  const style = defaultTreeAdapter.createElement('style', html5.NS.HTML, []);
  setText(style, await wholeSheet(css, target, standIns));
  replace(link, style);
  return undefined;
}

function setText(style: Element, css: string): void {
  style.childNodes = [];
  defaultTreeAdapter.insertText(style, withoutEndTag(css));
}

/** Text that is written into a `<style>` unchanged. */
export function withoutEndTag(css: string): string {
  return css.replace(/<\/(?=style)/gi, '<\\/');
}

/** A description with a link; for a video with its poster image, if it has one. */
function replaceByCard(
  element: Element,
  what: string,
  standIns: StandIns,
  { base }: SlidesHtmlOptions,
): undefined {
  const address = addressOf(element, base);
  const written = ['alt', 'title', 'aria-label'].flatMap((name) => attribute(element, name)?.trim() || []);
  const title = written[0] ?? what;
  const poster = pictureIn(attribute(element, 'poster') ?? '', standIns, base);
  const words = [title, ...(address ? [address.replace(/[?#].*$/, '')] : [])];
  const inside = poster
    ? `<img src="${escapeHtml(poster)}" alt="${escapeHtml(title)}">`
    : words.map((text) => `<span>${escapeHtml(text)}</span>`).join('');
  const isLink = address !== undefined && LINKED.test(address) && !hasAncestor(element, 'a');
  const tag = isLink ? 'a' : 'span';
  const sides = ['width', 'height'].flatMap((side) => {
    const px = /^\s*(\d+(?:\.\d+)?)\s*(?:px)?\s*$/.exec(attribute(element, side) ?? '')?.[1];
    return px === undefined ? [] : [`${side}:${px}px`];
  });
  const style = [
    ...sides,
    standAlone(attribute(element, 'style') ?? '', base, standIns, { form: 'declarations' }),
  ];
  const attributes = {
    ...(isLink ? { href: address } : {}),
    class: ['deckhand-embed', attribute(element, 'class')].filter(Boolean).join(' '),
    ...Object.fromEntries(
      ['id', 'data-fragment-index', 'data-id'].flatMap((name) => {
        const value = attribute(element, name);
        return value === undefined ? [] : [[name, value]];
      }),
    ),
    ...(style.some(Boolean) ? { style: style.filter(Boolean).join(';') } : {}),
  };
  const text = Object.entries(attributes).map(([name, value]) => ` ${name}="${escapeHtml(value)}"`);
  const [card] = parseFragment(`<${tag}${text.join('')}>${inside}</${tag}>`).childNodes;
  if (card) replace(element, card);
  return undefined;
}

/** Absolute, or the path of a file of the project; undefined if there is none. */
function addressOf(element: Element, base: string): string | undefined {
  const sources = element.childNodes.filter(isElement).filter(({ tagName }) => tagName === 'source');
  const written = [element, ...sources].flatMap((one) =>
    ['src', 'data-src', 'data'].flatMap((name) => attribute(one, name)?.trim() || []),
  );
  const [first] = written;
  if (first === undefined || /^(?:data|blob|javascript|about):/i.test(first) || !URL.canParse(first, base))
    return undefined;
  const url = new URL(first, base);
  url.username = '';
  url.password = '';
  return isSiteUrl(url.href) ? decodeOrKeep(url.pathname.slice(1)) : url.href;
}

function hasAncestor(element: Element, tagName: string): boolean {
  for (let at = element.parentNode; at && 'tagName' in at; at = at.parentNode)
    if (at.tagName === tagName) return true;
  return false;
}

function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((one) => one.name === name)?.value;
}

/** Also removes a stack that is empty now. */
function remove(element: Element): undefined {
  const parent = element.parentNode;
  defaultTreeAdapter.detachNode(element);
  const isEmptyStack =
    parent &&
    isElement(parent as Node) &&
    (parent as Element).tagName === 'section' &&
    element.tagName === 'section';
  if (isEmptyStack && !parent.childNodes.some(isElement)) defaultTreeAdapter.detachNode(parent as Element);
  return undefined;
}

function replace(element: Element, by: Node): void {
  const parent = element.parentNode;
  if (!parent) return;
  defaultTreeAdapter.insertBefore(parent, by as Element, element);
  defaultTreeAdapter.detachNode(element);
}

function isElement(node: DefaultTreeAdapterTypes.Node): node is Element {
  return 'tagName' in node;
}
