import { readFile } from 'node:fs/promises';
import { createRequire } from 'node:module';
import { dirname, join } from 'node:path';
import { defaultTreeAdapter, parse, serializeOuter, type DefaultTreeAdapterTypes as Tree } from 'parse5';

type Element = Tree.Element;

/** What one slide of it says, when all of its fragments have played. */
export interface DemoSlide {
  readonly words: readonly string[];
  /** Its first heading; empty where it has none. */
  readonly heading: string;
}

export interface RevealDemo {
  readonly markdown: string;
  readonly slides: readonly DemoSlide[];
}

const GONE = /(?:^|\s)(?:notes|fade-out|fade-in-then-out)(?:\s|$)/;

/** The deck that reveal.js shows itself with, as reveal-md would have it: its pictures are `picture`, a file of the deck. */
export async function revealDemo(picture: string): Promise<RevealDemo> {
  const reveal = dirname(createRequire(import.meta.url).resolve('reveal.js'));
  const document = parse(await readFile(join(reveal, '../demo.html'), 'utf8'));
  const [deck] = elements(document).filter((one) => attribute(one, 'class') === 'slides');
  if (!deck) throw new Error('reveal.js’s demo has no slides');
  for (const image of elements(deck).filter(({ tagName }) => tagName === 'img')) {
    image.attrs = image.attrs.filter(({ name }) => !['src', 'data-src'].includes(name));
    image.attrs.push({ name: 'src', value: picture });
  }
  const stacks = sections(deck).map((section) => {
    const inner = sections(section);
    return inner.length > 0 ? inner : [section];
  });
  const shown = stacks.flat().filter((one) => attribute(one, 'data-visibility') !== 'hidden');
  const body = stacks.map((stack) => stack.map(markdownOf).join('\n\n----\n\n')).join('\n\n---\n\n');
  const frontMatter =
    '---\ntitle: reveal.js\nauthor: Hakim El Hattab\nlang: en\nhighlightTheme: monokai\n---\n\n';
  return { markdown: `${frontMatter}${body}\n`, slides: shown.map(slideOf) };
}

function elements(parent: Tree.ParentNode): Element[] {
  return parent.childNodes.flatMap((node) =>
    defaultTreeAdapter.isElementNode(node) ? [node, ...elements(node)] : [],
  );
}

function sections(parent: Element): Element[] {
  return parent.childNodes.filter(
    (node): node is Element => defaultTreeAdapter.isElementNode(node) && node.tagName === 'section',
  );
}

function attribute(element: Element, name: string): string | undefined {
  return element.attrs.find((one) => one.name === name)?.value;
}

/** Each element on a line of its own: blank lines and indents mean something in Markdown. */
function markdownOf(section: Element): string {
  const attributes = section.attrs
    .filter(({ name }) => name !== 'data-markdown')
    .map(({ name, value }) => `${name}="${value.replaceAll('"', '&quot;').replace(/\s+/g, ' ')}"`);
  const marks = attributes.length > 0 ? [`<!-- .slide: ${attributes.join(' ')} -->`] : [];
  const [script] = elements(section).filter(({ tagName }) => tagName === 'script');
  if (attribute(section, 'data-markdown') !== undefined && script)
    return [...marks, dedented(textOf(script))].join('\n\n');
  const parts = section.childNodes.map((node) => {
    if (!defaultTreeAdapter.isElementNode(node))
      return defaultTreeAdapter.isTextNode(node) ? node.value.trim() : '';
    for (const pre of elements(node).concat(node)) if (pre.tagName === 'pre') keepLines(pre);
    return serializeOuter(node)
      .replace(/\s+/g, ' ')
      .replaceAll(LINE, '&#10;')
      .replaceAll(TAB, '&#9;')
      .replaceAll(SPACE, '&#32;');
  });
  return [...marks, ...parts.filter((part) => part !== '')].join('\n\n');
}

const [LINE, TAB, SPACE] = ['\u{f0001}', '\u{f0002}', '\u{f0003}'];

/** White space of code survives being put on one line. */
function keepLines(pre: Element): void {
  for (const element of [pre, ...elements(pre)]) {
    const script = element.childNodes.find(
      (node): node is Element => defaultTreeAdapter.isElementNode(node) && node.tagName === 'script',
    );
    // A template within code is the code.
    if (script) element.childNodes = script.childNodes;
    for (const node of element.childNodes)
      if (defaultTreeAdapter.isTextNode(node))
        node.value = node.value.replaceAll('\n', LINE).replaceAll('\t', TAB).replaceAll(' ', SPACE);
  }
}

function dedented(text: string): string {
  const lines = text.replace(/^\n+|\s+$/g, '').split('\n');
  const depth = Math.min(...lines.filter((line) => line.trim() !== '').map((line) => line.search(/\S/)));
  return lines.map((line) => line.slice(depth)).join('\n');
}

function textOf(node: Tree.ChildNode | Element): string {
  if (defaultTreeAdapter.isTextNode(node)) return node.value;
  if (!defaultTreeAdapter.isElementNode(node) || GONE.test(attribute(node, 'class') ?? '')) return '';
  return node.childNodes.map(textOf).join(' ');
}

function slideOf(section: Element): DemoSlide {
  // Of fences in Markdown nothing is seen.
  const text = textOf(section)
    .replaceAll(/```.*/g, ' ')
    .replaceAll(LINE, ' ')
    .replaceAll(TAB, ' ')
    .replaceAll(SPACE, ' ');
  const [heading] = elements(section).filter(({ tagName }) => /^h[1-6]$/.test(tagName));
  return {
    words: text.toLowerCase().match(/[\p{L}\p{N}]+/gu) ?? [],
    heading: heading ? textOf(heading).trim() : '',
  };
}
