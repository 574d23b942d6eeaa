import { type CssNode, generate, List, parse, walk } from 'css-tree';
import { type DefaultTreeAdapterTypes, html as html5, parseFragment, serialize } from 'parse5';

type Element = DefaultTreeAdapterTypes.Element;
type Attribute = Element['attrs'][number];

export interface BorrowedDrawings {
  /** The slides, with each `use` referring to the page itself. */
  readonly html: string;
  /** The hidden drawings with the used parts; empty if there are none. */
  readonly definitions: string;
}

/**
 * Embeds the drawings that slides use parts of: `<use href="signs.svg#anchor">`. A page that is opened from a file cannot use
 * parts of another file, so they become parts of the page, with unique names.
 *
 * @param base absolute URL of the deck's folder.
 * @param drawing returns a safe drawing by its absolute URL; undefined if it is not available.
 */
export async function borrowDrawings(
  html: string,
  base: string,
  drawing: (url: string) => Promise<string | undefined>,
): Promise<BorrowedDrawings> {
  if (!/<use\b/i.test(html)) return { html, definitions: '' };
  const fragment = parseFragment(html);
  const names = new Map<string, string | undefined>();
  const drawings: string[] = [];
  for (const element of elementsIn(fragment)) {
    if (element.tagName !== 'use' || element.namespaceURI !== html5.NS.SVG) continue;
    for (const one of element.attrs.filter(isHref)) {
      const [, file = '', part = ''] = /^\s*([^#]+)#(.+?)\s*$/.exec(one.value) ?? [];
      if (file === '' || !URL.canParse(file, base)) continue;
      const url = new URL(file, base).href;
      if (!names.has(url)) {
        const svg = await drawing(url);
        const name = `deckhand-drawing-${drawings.length + 1}`;
        names.set(url, svg && name);
        if (svg) drawings.push(renamed(svg, name));
      }
      const name = names.get(url);
      if (name) one.value = `#${name}-${part}`;
    }
  }
  if (drawings.length === 0) return { html, definitions: '' };
  const style = 'position: absolute; width: 0; height: 0; overflow: hidden';
  const definitions = `<svg aria-hidden="true" style="${style}">${drawings.join('')}</svg>`;
  return { html: serialize(fragment), definitions };
}

/** With unique names for its parts, and styles that apply to nothing else. */
function renamed(svg: string, name: string): string {
  const fragment = parseFragment(svg.replace(/^\uFEFF?\s*(?:<\?xml[^>]*\?>\s*)?/, ''));
  for (const element of elementsIn(fragment)) {
    element.attrs = element.attrs.map((one) => ({ ...one, value: renamedValue(one, name) }));
    element.attrs.push({ name: `data-${name}`, value: '' });
    if (element.tagName !== 'style') continue;
    for (const node of element.childNodes) if ('value' in node) node.value = scoped(node.value, name);
  }
  return serialize(fragment);
}

function renamedValue(one: Attribute, name: string): string {
  if (one.name === 'id') return `${name}-${one.value}`;
  if (isHref(one)) return one.value.replace(/^\s*#/, `#${name}-`);
  return one.value.replace(/url\(\s*(["']?)#/gi, `url($1#${name}-`);
}

/** Each selector requires the attribute that all elements of the drawing have. */
function scoped(css: string, name: string): string {
  const sheet = parse(css, { parseCustomProperty: true });
  walk(sheet, function enter(node: CssNode) {
    if (node.type === 'IdSelector') node.name = `${name}-${node.name}`;
    if (node.type === 'Url' && node.value.startsWith('#')) node.value = `#${name}-${node.value.slice(1)}`;
    if (node.type !== 'Selector' || /keyframes$/i.test(this.atrule?.name ?? '')) return;
    const children = node.children.toArray();
    const end = children.findIndex(({ type }) => type === 'PseudoElementSelector');
    children.splice(end === -1 ? children.length : end, 0, {
      type: 'AttributeSelector',
      name: { type: 'Identifier', name: `data-${name}` },
      matcher: null,
      value: null,
      flags: null,
    });
    node.children = new List<CssNode>().fromArray(children);
  });
  return generate(sheet);
}

function isHref({ name, prefix }: Attribute): boolean {
  return name === 'href' && (!prefix || prefix === 'xlink');
}

function elementsIn(root: DefaultTreeAdapterTypes.ParentNode): Element[] {
  const found: Element[] = [];
  const open = [...root.childNodes].reverse();
  for (let node = open.pop(); node; node = open.pop()) {
    if (!('tagName' in node)) continue;
    found.push(node);
    open.push(...[...node.childNodes].reverse());
  }
  return found;
}
