import Mustache from 'mustache';
import { type DefaultTreeAdapterTypes, defaultTreeAdapter, parse, serialize } from 'parse5';
import { SLIDES } from '../../../contract/input.ts';
import { type StaticOptions, staticOptions } from './template-options.ts';

type Node = DefaultTreeAdapterTypes.ChildNode;
type Element = DefaultTreeAdapterTypes.Element;

/** What surrounds the slides on a page of reveal-md, except for what reveal.js itself needs. */
export interface TemplatePage {
  /** In document order. */
  readonly styles: readonly PageStyle[];
  /** The body, with {@link SLIDES} in place of the slides. */
  readonly bodyHtml: string;
  /** Attributes of the root and the body, such as classes and direction. */
  readonly htmlAttributes: readonly Attribute[];
  readonly bodyAttributes: readonly Attribute[];
  /** Images next to the slides, as written. */
  readonly pictures: readonly string[];
  /** The options that its scripts pass to reveal.js. */
  readonly reveal: StaticOptions;
  /** Whether its scripts also use the options of decks. */
  readonly takesOptions: boolean;
  /** Scripts that are not reveal-md's own: addresses, or the beginning of inline ones. */
  readonly scripts: readonly string[];
}

export type PageStyle =
  /** The position of the deck's own styles. */
  | { readonly kind: 'theme' | 'highlightTheme' | 'css' }
  /** A theme or highlight style by its name in reveal-md. */
  | {
      readonly kind: 'named-theme' | 'named-highlight';
      readonly name: string;
      readonly href: string;
      readonly media?: string;
    }
  | { readonly kind: 'sheet'; readonly href: string; readonly isOfRevealMd: boolean; readonly media?: string }
  | { readonly kind: 'inline'; readonly css: string; readonly media?: string };

interface Attribute {
  readonly name: string;
  readonly value: string;
}

const [THEME, HIGHLIGHT, CSS, OPTIONS] = ['theme', 'highlight', 'css', 'options'].map(
  (name) => `deckhand-place-of-${name}`,
) as [string, string, string, string];

/** Elements that are not for print, or that must not run or load anything. */
const LEFT_OUT = [
  'script',
  'noscript',
  'template',
  'iframe',
  'object',
  'embed',
  'base',
  'meta',
  'link',
  'style',
  'title',
];

/**
 * Reads a template of reveal-md (https://github.com/webpro/reveal-md#custom-template): Mustache first, as reveal-md does,
 * then HTML. Nothing in it is run.
 *
 * @param values metadata of the deck: pages may show its title or author.
 * @returns undefined if the page has no `.slides`.
 */
export function templatePage(
  template: string,
  values: Readonly<Record<string, unknown>>,
): TemplatePage | undefined {
  const html = Mustache.render(template, {
    // Older templates use them as addresses.
    ...{ theme: 'black', highlightTheme: 'base16/zenburn', ...values },
    ...{ base: '', absoluteUrl: undefined, watch: false, mermaidOptionsStr: undefined },
    ...{ slidifyAttributes: '', markdown: '', scriptPaths: [], cssPaths: [CSS] },
    ...{ themeUrl: THEME, highlightThemeUrl: HIGHLIGHT, revealOptionsStr: OPTIONS },
  });
  const document = parse(html);
  const elements = [...elementsIn(document)];
  const slides = elements.find((one) => hasClass(one, 'slides'));
  const body = elements.find(({ tagName }) => tagName === 'body');
  const root = elements.find(({ tagName }) => tagName === 'html');
  if (!slides || !body || !root) return undefined;
  const inSlides = new Set<Node>(elementsIn(slides));
  const outside = elements.filter((one) => one === slides || !inSlides.has(one));
  const boot: string[] = [];
  const scripts: string[] = [];
  for (const one of outside.filter(({ tagName }) => tagName === 'script')) {
    const source = attribute(one, 'src');
    const text = textIn(one).trim();
    if (source !== undefined) {
      if (!isOfRevealMd(source)) scripts.push(source);
    } else if (text.includes(OPTIONS) || /\bReveal\b[\s\S]*\.initialize\b/.test(text)) boot.push(text);
    else if (text !== '' && isProgram(one)) scripts.push(`“${text.replace(/\s+/g, ' ').slice(0, 30)}…”`);
  }
  const bootScript = boot.join('\n');
  const styles = outside.flatMap(styleOf);
  const pictures = outside.flatMap((one) => (one.tagName === 'img' ? (attribute(one, 'src') ?? []) : []));
  for (const one of outside) clean(one);
  for (const one of outside) if (LEFT_OUT.includes(one.tagName)) defaultTreeAdapter.detachNode(one);
  slides.childNodes = [];
  defaultTreeAdapter.appendChild(slides, defaultTreeAdapter.createCommentNode(SLIDES.slice(4, -3)));
  return {
    styles: styles.some(({ kind }) => kind === 'css') ? styles : [...styles, { kind: 'css' }],
    bodyHtml: serialize(body),
    htmlAttributes: root.attrs.filter(({ name }) => name !== 'lang'),
    bodyAttributes: body.attrs,
    pictures,
    reveal: staticOptions(bootScript.replaceAll(OPTIONS, '{}')),
    takesOptions: bootScript.includes(OPTIONS),
    scripts,
  };
}

function* elementsIn(start: DefaultTreeAdapterTypes.ParentNode): Generator<Element> {
  const open: Node[] = start.childNodes.toReversed();
  for (let node = open.pop(); node; node = open.pop()) {
    if ('tagName' in node) yield node;
    if ('childNodes' in node) open.push(...node.childNodes.toReversed());
  }
}

function attribute({ attrs }: Element, name: string): string | undefined {
  return attrs.find((one) => one.name === name)?.value.trim();
}

function hasClass(element: Element, name: string): boolean {
  return (attribute(element, 'class') ?? '').split(/\s+/).includes(name);
}

function textIn({ childNodes }: Element): string {
  return childNodes.map((node) => ('value' in node ? node.value : '')).join('');
}

/** Scripts may also contain JSON and templates of other libraries. */
function isProgram(script: Element): boolean {
  return /^(?:|module|(?:text|application)\/javascript)$/i.test(attribute(script, 'type') ?? '');
}

/** Files of reveal.js, highlight.js and Mermaid that reveal-md serves, or did before version 4. */
function isOfRevealMd(address: string): boolean {
  return /^(?:\.?\/)?(?:(?:dist|plugin|mermaid|lib)\/|css\/(?:reveal|print|highlight|theme|layout)\b|js\/reveal\b)/.test(
    address,
  );
}

function styleOf(element: Element): PageStyle[] {
  const { tagName } = element;
  const condition = attribute(element, 'media');
  const media = condition === undefined || condition === '' ? {} : { media: condition };
  if (tagName === 'style') return [{ kind: 'inline', css: textIn(element), ...media }];
  const isSheet = tagName === 'link' && /\bstylesheet\b/i.test(attribute(element, 'rel') ?? '');
  const href = isSheet ? (attribute(element, 'href') ?? '') : '';
  if (href === '') return [];
  // Older templates have a prefix: `/{{{.}}}`.
  if (href.endsWith(THEME)) return [{ kind: 'theme' }];
  if (href.endsWith(HIGHLIGHT)) return [{ kind: 'highlightTheme' }];
  if (href.endsWith(CSS)) return [{ kind: 'css' }];
  const [, theme] = /^(?:\.?\/)?(?:dist|css)\/theme\/([\w-]+)\.css$/.exec(href) ?? [];
  if (theme !== undefined) return [{ kind: 'named-theme', name: theme, href, ...media }];
  const [, style] = /^(?:\.?\/)?css\/highlight\/([\w/.-]+)\.css$/.exec(href) ?? [];
  if (style !== undefined) return [{ kind: 'named-highlight', name: style, href, ...media }];
  return [{ kind: 'sheet', href, isOfRevealMd: isOfRevealMd(href), ...media }];
}

/** Nothing in it runs, neither here nor in the browser. */
function clean(element: Element): void {
  element.attrs = element.attrs.filter(({ name }) => !/^on/i.test(name));
}
