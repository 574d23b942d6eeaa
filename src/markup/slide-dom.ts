import { type DefaultTreeAdapterTypes, defaultTreeAdapter, html as html5, parseFragment } from 'parse5';
import { mapped, part, type Traced, untraced } from './traced.ts';

export type SlideNode = DefaultTreeAdapterTypes.ChildNode;
export type SlideElement = DefaultTreeAdapterTypes.Element;

/**
 * The content of a slide, in order, as the browser reads its HTML inside of a section. The content of templates is skipped.
 */
export function* slideNodes(html: string): Generator<SlideNode> {
  const section = defaultTreeAdapter.createElement('section', html5.NS.HTML, []);
  const { childNodes } = parseFragment(section, html, { sourceCodeLocationInfo: true });
  // Not recursive: the slides of a hostile deck may be nested deeper than the stack.
  const open = childNodes.toReversed();
  for (let node = open.pop(); node; node = open.pop()) {
    yield node;
    if ('childNodes' in node) open.push(...node.childNodes.toReversed());
  }
}

/** The element that a comment of reveal.js applies to. */
export function elementBefore(node: SlideNode): SlideElement | undefined {
  const siblings = node.parentNode?.childNodes ?? [];
  for (let at = siblings.indexOf(node) - 1; at >= 0; at--) {
    const sibling = siblings[at];
    if (sibling && 'attrs' in sibling && sibling.nodeName !== 'br') return sibling;
  }
  return undefined;
}

export interface TracedAttribute {
  /** With its prefix: `xlink:href`. */
  readonly name: string;
  readonly value: Traced;
}

/** The attributes of an element, each with the position of its value in the HTML. */
export function tracedAttributes(element: SlideElement, html: Traced): TracedAttribute[] {
  return element.attrs.map(({ prefix, name, value }) => {
    const fullName = prefix ? `${prefix}:${name}` : name;
    const location = element.sourceCodeLocation?.attrs?.[fullName.toLowerCase()];
    if (!location) return { name: fullName, value: untraced(value) };
    const written = writtenValue(part(html, location.startOffset, location.endOffset));
    return { name: fullName, value: decoded(written, value) };
  });
}

/** The value in `name = "value"`, as it is written. */
function writtenValue(attribute: Traced): Traced {
  const opening = /^[^\s=][^\s=]*\s*=\s*/.exec(attribute.text)?.[0] ?? '';
  const value = part(attribute, opening.length);
  const isQuoted = /^(["'])[\s\S]*\1$/.test(value.text);
  return isQuoted ? part(value, 1, value.text.length - 1) : value;
}

/** What may be an entity: with a semicolon, or an old HTML entity that needs none. */
const ENTITY = /&(?:#[xX][\da-fA-F]+|#\d+|[A-Za-z][A-Za-z\d]*)(?:;|=?)/g;

function decoded(written: Traced, value: string): Traced {
  if (written.text === value) return written;
  const result = mapped(written, ENTITY, decodedEntity);
  return result.text === value ? result : untraced(value);
}

function decodedEntity(entity: string): string {
  const { childNodes } = parseFragment(`<a b="${entity}">`);
  const [element] = childNodes;
  return element && 'attrs' in element ? (element.attrs[0]?.value ?? entity) : entity;
}
